"""Epoch AI's notes on access: free text, of which only a line that is a licence and nothing else is taken, or one
that names a licence beside the weights' own page on the Hub.

The notes also speak of code, data and conditions ("Apache 2.0 for code", "Apache 2.0, but the instruct version
is non-commercial"). Only names of licences that are the same for any work are looked for: what a restricted
licence allows is in Epoch's own word of access.
"""

from __future__ import annotations

import re

NAME = r"Apache(?:[- ]v?2(?:[. ]0)?)?|MIT|BSD(?:[- ][23][- ]Clause)?"
LICENCE = re.compile(
    rf"(?P<licence>{NAME})"
    r"(?: licen[cs]ed?)?"
    r"(?:,? (?:for )?(?:the )?(?:weights|code (?:and|\+) weights|code/weights|weights and code|models? and code))?"
    r"[.:]?(?:\s*https?://\S+)?",
    re.ASCII | re.IGNORECASE,
)
BESIDE = re.compile(rf"\b({NAME})\b", re.ASCII | re.IGNORECASE)
OTHERWISE = re.compile(r"\b(code|data\w*|non|modified|though|except|instruct)\b", re.ASCII | re.IGNORECASE)
LINK = re.compile(r"https?://\S+")


def licence_in(notes: str) -> str | None:
    """The licence that a line of the notes names and says no more about, in their words; None if two differ."""
    named = (licence_of_line(" ".join(line.split())) for line in notes.splitlines())
    found = {name.casefold(): name for name in named if name}
    return next(iter(found.values())) if len(found) == 1 else None


def licence_of_line(line: str) -> str | None:
    if match := LICENCE.fullmatch(line):
        return match["licence"]
    words = LINK.sub("", line)
    if "huggingface.co/" not in line or OTHERWISE.search(words):
        return None
    beside = BESIDE.findall(words)
    return beside[0] if len(beside) == 1 else None
