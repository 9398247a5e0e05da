"""Epoch AI's notes on access: free text, of which only a line that is a licence and nothing else is taken.

The notes also speak of code, data and conditions ("Apache 2.0 for code", "Apache 2.0, but the instruct version
is non-commercial"). Only names of licences that are the same for any work are looked for: what a restricted
licence allows is in Epoch's own word of access.
"""

from __future__ import annotations

import re

LICENCE = re.compile(
    r"(?P<licence>Apache(?:[- ]v?2(?:[. ]0)?)?|MIT|BSD(?:[- ][23][- ]Clause)?)"
    r"(?: licen[cs]ed?)?"
    r"(?:,? (?:for )?(?:the )?(?:weights|code (?:and|\+) weights|code/weights|weights and code|models? and code))?"
    r"[.:]?(?:\s*https?://\S+)?",
    re.ASCII | re.IGNORECASE,
)


def licence_in(notes: str) -> str | None:
    """The licence that a line of the notes names and says no more about, in their words; None if two differ."""
    lines = (" ".join(line.split()) for line in notes.splitlines())
    found = {
        match["licence"].casefold(): match["licence"] for line in lines if (match := LICENCE.fullmatch(line))
    }
    return next(iter(found.values())) if len(found) == 1 else None
