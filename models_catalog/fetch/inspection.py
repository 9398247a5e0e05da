"""Is this body what the board serves? Content type, first and last bytes, and pages made for browsers.

Deep questions (structure, columns, values) belong to the source's parser and the gate.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from models_catalog.sources.contract import Board, Challenge, EmptyPayload, Truncated, WrongShape

HEAD = 4096
BLANKS = b" \t\r\n\xef\xbb\xbf"
HTML_START = re.compile(rb"(?:<!--.*?-->\s*)?<(?:!doctype html|html)[\s>]", re.IGNORECASE | re.DOTALL)
EMPTY_JSON = (b"[]", b"{}", b"null", b'""')
HTML_TYPES = ("text/html", "application/xhtml+xml")
ARCHIVES = ("tar", "zip")
ZIP_TYPES = ("application/zip", "application/x-zip-compressed")
NEVER_TEXT = ("image/", "audio/", "video/", "font/", "application/pdf", "application/zip")

CHALLENGE_HEADERS = {
    "cf-mitigated": "challenge",
    "x-vercel-mitigated": "challenge",
    "x-amzn-waf-action": "",  # any value: challenge or captcha
}
# Wording of the pages themselves. Guards put scripts of theirs (/cdn-cgi/challenge-platform/,
# /_Incapsula_Resource) into ordinary pages too, so a script's address alone proves nothing.
CHALLENGE_WORDS = re.compile(
    rb"<title>\s*(?:just a moment|attention required! \| cloudflare|vercel security checkpoint"
    rb"|making sure you(?:'|&#39;|&#x27;)re not a bot|human verification|verify you are (?:a )?human"
    rb"|access denied|ddos-guard|security check)"
    rb"|_cf_chl_opt|captcha-delivery\.com|px-captcha|window\.gokuprops"
    rb"|id=[\"']main-iframe[\"'] src=[\"']/_incapsula_resource"
    rb"|enable javascript and cookies to continue|sucuri website firewall",
    re.IGNORECASE,
)


def challenge(headers: Mapping[str, str], body: bytes) -> bool:
    """Is this a page that wants to see a browser or a human, whatever its status says?"""
    for name, value in CHALLENGE_HEADERS.items():
        if name in headers and value in headers[name].lower():
            return True
    return bool(CHALLENGE_WORDS.search(body[: 16 * HEAD]))


def inspect(body: bytes, board: Board, headers: Mapping[str, str], subject: str) -> None:
    """Raise what is wrong with a body that arrived whole; nothing when it may be parsed.

    Errors: EmptyPayload, Challenge, WrongShape, Truncated.
    """
    start = body[:HEAD].lstrip(BLANKS)
    if not body.strip(BLANKS):
        raise EmptyPayload(f"{subject} is empty")
    looks_html = bool(HTML_START.match(start))
    if (looks_html or board.media == "html") and challenge(headers, body):
        raise Challenge(f"{subject} is a page made for browsers (a challenge), not data")
    check_type(headers.get("content-type", ""), board.media, subject)
    if b"\0" in start and board.media not in ARCHIVES:
        raise WrongShape(f"{subject} is binary, not {board.media}")
    if looks_html and board.media != "html":
        raise WrongShape(f"{subject} is an HTML page where {board.media} is due")
    if board.media == "html" and b"<" not in body:
        raise WrongShape(f"{subject} has no HTML tag in it")
    if board.media == "json":
        check_json(body, board, subject)


def check_type(content_type: str, media: str, subject: str) -> None:
    """Refuse a stated type that cannot hold the media. Data is often sent as text/plain: that is fine."""
    kind = content_type.partition(";")[0].strip().lower()
    if media == "html":
        wrong = bool(kind) and kind not in HTML_TYPES
    elif media == "zip" and kind in ZIP_TYPES:
        wrong = False
    else:
        wrong = kind in HTML_TYPES or kind.startswith(NEVER_TEXT)
    if wrong:
        raise WrongShape(f"{subject} calls itself {kind[:60]!r} where {media} is due")


def check_json(body: bytes, board: Board, subject: str) -> None:
    text = body.strip(BLANKS)
    if board.complete and board.min_rows and text in EMPTY_JSON:
        raise EmptyPayload(f"{subject} is an empty list")
    if text[:1] not in (b"{", b"["):
        raise WrongShape(f"{subject} does not begin like JSON")
    if text[-1:] not in (b"}", b"]"):
        raise Truncated(f"{subject} stops in the middle: it does not end like JSON")
