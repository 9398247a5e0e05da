"""The Gemini API's list of models: a block per model, label and value on lines of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from models_catalog.sources.cells import quotable
from models_catalog.sources.contract import EmptyPayload, Parsed, ReleaseSeen, Truncated
from models_catalog.sources.tables_markdown import HEADING
from models_catalog.vocabulary import DateKind

ID = re.compile(r"(?:gemini|gemma|imagen|veo|learnlm)-[\w.-]*\w", re.ASCII)
CODE = re.compile(r".*model code", re.IGNORECASE)
LABELS = {"inputs": "modalities_in", "output": "modalities_out", "input token limit": "context_tokens"}
NUMBER = re.compile(r"[\d,]+")


def parse(lines: Iterable[str]) -> Iterator[Parsed]:
    """Releases: each model code with the heading above it, its modalities and its input limit."""
    found: dict[str, ReleaseSeen] = {}
    title, current, previous = "", list[str](), ""
    for line in lines:
        word = previous.strip("*").lower()
        if heading := HEADING.fullmatch(line):
            title = heading[2].strip() if len(heading[1]) == 2 else title
        elif CODE.fullmatch(previous):
            current = [model for model in ID.findall(line) if model not in found]
            found |= {model: release(model, title, line) for model in current}
        elif word in LABELS:
            for model in current:
                found[model] = said(found[model], LABELS[word], line)
        previous = line
    if not found:
        raise EmptyPayload("the Gemini models page names no model code")
    *_, last = found.values()
    if last.context_tokens is None:
        raise Truncated(f"the Gemini models page stops inside the description of {last.model}")
    yield from found.values()


def release(model: str, title: str, line: str) -> ReleaseSeen:
    return ReleaseSeen(
        model=model,
        name=title if "-".join(title.lower().split()) == model else model,
        quote=quotable(line),
        organization="Google",
        date_kind=DateKind.LISTING,
    )


def said(seen: ReleaseSeen, field: str, line: str) -> ReleaseSeen:
    if field == "context_tokens":
        return replace(seen, context_tokens=int(line.replace(",", ""))) if NUMBER.fullmatch(line) else seen
    words = tuple(re.split(r",? and |, ", line.lower()))
    return (
        replace(seen, modalities_in=words)
        if field == "modalities_in"
        else replace(seen, modalities_out=words)
    )
