"""Only a link to a repository's own page names a repository."""

from __future__ import annotations

import pytest

from models_catalog.sources.links import hub_repository


@pytest.mark.parametrize(
    "text",
    [
        "https://huggingface.co/heron-labs/Heron-70B",
        "https://heron-labs.example/blog\n\nhttps://huggingface.co/heron-labs/Heron-70B?ref=blog",
        "https://arxiv.org/abs/2501.00001, https://huggingface.co/heron-labs/Heron-70B/",
        "https://huggingface.co/heron-labs/Heron-70B https://huggingface.co/heron-labs/Heron-70B",
    ],
)
def test_one_repository_among_other_links_is_found(text: str) -> None:
    assert hub_repository(text) == "heron-labs/Heron-70B"


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "https://huggingface.co/heron-labs",
        "https://huggingface.co/spaces/heron-labs/demo",
        "https://huggingface.co/blog/heron",
        "https://huggingface.co/datasets/heron-labs",
        "https://huggingface.co/heron-labs/Heron-70B/blob/main/paper.pdf",
        "https://huggingface.co/heron-labs/Heron-70Bhttps://news.example/heron",
        "https://huggingface.co/heron-labs/Heron-70B\nhttps://huggingface.co/heron-labs/Heron-9B",
        "https://nothuggingface.co/heron-labs/Heron-70B",
        "javascript:alert('https://huggingface.co/heron-labs/Heron-70B')",
    ],
)
def test_anything_else_names_none(text: str | None) -> None:
    assert hub_repository(text) is None
