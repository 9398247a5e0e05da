"""A model's name for readers, from the display name of its best source."""

from __future__ import annotations

import re

from models_catalog.normalise.datednames import take_date
from models_catalog.normalise.names import (
    CONTEXT,
    MARK,
    MOVING,
    SUFFIX_LAST,
    VARIANT_PHRASES,
    VARIANT_WORDS,
    words_of,
)
from models_catalog.normalise.sightings import Sighting

REMARK = re.compile(r"\s*[(（]([^()（）]*)[)）]")
VENDOR = re.compile(r"^[^:(/]{2,40}:\s+")
CJK = re.compile(r"[\u3000-\u9fff]")
LAST_WORD = re.compile(r"[\s_-]+([A-Za-z]+)$")
QUIET = {
    *VARIANT_WORDS,
    *("thinking", "think", "reasoning", "reasoner", "chat", "fast"),
    *SUFFIX_LAST,
    *MOVING,
    *(word for phrase in VARIANT_PHRASES for word in phrase),
}


def title_of(sighting: Sighting) -> str:
    """ "OpenAI: GPT-4o (2024-08-06)" -> "GPT-4o". Remarks about date and variant go, everything else stays."""
    claim = sighting.claim
    text = sighting.title.whole.raw if claim.name.strip() else claim.model
    text = (
        VENDOR.sub("", " ".join(text.split())).rsplit("/", 1)[-1] if " " not in text else VENDOR.sub("", text)
    )
    text = REMARK.sub(lambda match: "" if is_remark(match[1]) else match[0], " ".join(text.split()))
    if sighting.dated:
        text = without_date(text)
    return without_last_words(text, sighting).strip(" -_") or claim.name or claim.model


def is_remark(text: str) -> bool:
    """Does a bracket say nothing but when or how: "Jun 2025", "32k thinking", "free"?"""
    if not re.search(r"[A-Za-z0-9]{2}", text) or CJK.search(text):
        return True
    if text.lower().startswith("hosted "):
        return True
    _, rest = take_date(text.lower())
    words = words_of(f"({rest.strip()})")
    return all(word in QUIET or word[0] == MARK or CONTEXT.fullmatch(word) for word in words)


def without_date(text: str) -> str:
    """The text up to the date it ends with; a date in the middle stays."""
    lowered = text.lower()
    found, rest = take_date(lowered)
    kept = rest.rstrip()
    return text[: len(kept)] if found and lowered.startswith(kept) else text


def without_last_words(text: str, sighting: Sighting) -> str:
    """Take off last words the stem does not have: "Preview", "Instruct"."""
    while (match := LAST_WORD.search(text)) and match[1].lower() in QUIET | {"instruct", "it"}:
        if match[1].lower() in sighting.words:
            break
        text = text[: match.start()]
    return text
