"""Text from outside, made safe to look at: nothing invisible, nothing that turns a line, not too long.

Stored text stays as it came; only what is shown is changed. HTML escaping is the template's affair.
"""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

LONGEST = 200


def visible(text: str, longest: int = LONGEST) -> str:
    """Control, format (bidi, zero-width), private and unassigned characters as code points: "\\u202e"."""
    if len(text) <= longest and text.isascii() and text.isprintable():
        return text
    shown = "".join(
        character if is_plain(character) else escaped(character) for character in text[: longest + 1]
    )
    return shown if len(text) <= longest and len(shown) <= longest else f"{shown[: longest - 1]}…"


def is_plain(character: str) -> bool:
    return character in " \u202f\u2009\u00a0" or not unicodedata.category(character).startswith(("C", "Z"))


def escaped(character: str) -> str:
    """The code point in words a developer knows; line breaks and tabs become a space."""
    if character in "\n\r\t":
        return " "
    return f"\\u{ord(character):04x}"


def https_link(link: str) -> str:
    """The link when it is a plain https address, else "" (javascript:, data:, with credentials …)."""
    if any(not is_plain(character) or character == " " for character in link):
        return ""
    try:
        parts = urlsplit(link)
        host, user = parts.hostname, parts.username
    except ValueError:
        return ""
    return link if parts.scheme == "https" and host and user is None else ""
