"""Links that name a repository on the Hugging Face Hub."""

from __future__ import annotations

import re

REPOSITORY = re.compile(r"https?://(?:www\.)?huggingface\.co/([\w.-]+)/([\w.-]+)/?(?:\?[^\s#]*)?", re.ASCII)
NOT_AN_OWNER = {
    "api",
    "blog",
    "collections",
    "datasets",
    "docs",
    "learn",
    "models",
    "organizations",
    "papers",
    "posts",
    "spaces",
}


def hub_repository(text: str | None) -> str | None:
    """Which model repository does a cell of links name? None unless it is exactly one.

    Only a link to the repository's own page counts: a file inside one (a paper, often shared by several
    models), an owner's page, a space or a blog post says nothing about which weights are meant.
    """
    found = set()
    for word in re.split(r"[\s,;]+", text or ""):
        match = REPOSITORY.fullmatch(word)
        if match and match[1].lower() not in NOT_AN_OWNER:
            found.add(f"{match[1]}/{match[2]}")
    return found.pop() if len(found) == 1 else None
