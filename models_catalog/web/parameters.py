"""What addresses may ask for: short texts, known words, whole pages."""

from __future__ import annotations

LONGEST = 100


def short(text: str) -> str:
    """A parameter's text: no NUL (Postgres refuses it), no surrounding blanks, at most 100 characters."""
    return text.replace("\x00", "").strip()[:LONGEST]


def page_number(text: str) -> int:
    """A page from 1; anything else is the first."""
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 8 else 1
