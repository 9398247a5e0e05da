"""What a mail that came back says: please unsubscribe, could not be delivered, or the reader complained.

Pure reading of hostile bytes. Bounces are delivery status notifications (RFC 3464), complaints are feedback reports
(RFC 5965); both are believed only by the Message-ID of ours they carry, which nobody can guess.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string, policy
from email.message import EmailMessage, Message
from typing import Any

from models_catalog.digests.replies import is_dead

WISH = re.compile(r"unsubscribe\s+([0-9a-f]{32}\.\d{1,9}:[\w-]{1,20}:[\w-]{20,80})(?![\w-])", re.ASCII)
CODE = re.compile(r"\b([45]\d\d)\b")
LONGEST_BODY = 20_000
UNREADABLE = (
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    RecursionError,
)  # as Python's parser fails on junk


@dataclass(frozen=True, slots=True)
class Returned:
    """`kind` is "unsubscribed", "bounced", "complained", or "" for any other mail; `identity` names the mail.

    `about` is what stands before the @ of the Message-ID of the mail of ours that came back.
    """

    identity: str
    kind: str = ""
    token: str = ""
    about: str = ""
    hard: bool = False
    said: str = ""


def read_returned(raw: bytes) -> Returned:
    """Never raises: what cannot be read is a mail of no kind."""
    identity = hashlib.sha256(raw).hexdigest()
    try:
        mail = message_from_bytes(raw, policy=policy.default)
        if own := str(mail["Message-ID"] or "").strip():
            identity = hashlib.sha256(own.encode("utf-8", "replace")).hexdigest()
        return report(mail, identity) or wish(mail, identity) or Returned(identity)
    except UNREADABLE:
        return Returned(identity)


def wish(mail: EmailMessage, identity: str) -> Returned | None:
    """The subject our List-Unsubscribe header names; some mail programs put it into the text."""
    part = mail.get_body(("plain",))
    text = str(part.get_content())[:LONGEST_BODY] if part else ""
    found = WISH.search(str(mail["Subject"] or "")) or WISH.search(text)
    return Returned(identity, "unsubscribed", token=found[1]) if found else None


def report(mail: EmailMessage, identity: str) -> Returned | None:
    """A report about a mail of ours, for the machine to read."""
    if mail.get_content_type() != "multipart/report":
        return None
    about = original(mail)
    for part in mail.walk():
        if part.get_content_type() == "message/feedback-report":
            return complaint(part, identity, about)
        if part.get_content_type() == "message/delivery-status":
            return bounce(part, identity, about)
    return None


def complaint(part: Message, identity: str, about: str) -> Returned:
    """Only abuse is a complaint: "not-spam" and others are none."""
    kind = field(next(blocks(part), None), "Feedback-Type").lower()
    return Returned(identity, "complained" if kind == "abuse" else "", about=about, hard=True, said=kind)


def bounce(part: Message, identity: str, about: str) -> Returned:
    """Of the recipients (ours have one) the first that failed; a mail that is only late is no bounce."""
    for block in blocks(part):
        if field(block, "Action").lower() == "failed":
            status, said = field(block, "Status"), field(block, "Diagnostic-Code")
            return Returned(
                identity, "bounced", about=about, hard=is_hard(status, said), said=f"{status} {said}"[:300]
            )
    return Returned(identity, about=about)


def is_hard(status: str, said: str) -> bool:
    """Is the mailbox not there? By the enhanced code; where that says nothing (5.0.0), by the host's own reply."""
    if not status.startswith("5"):
        return False
    if status != "5.0.0":
        return is_dead(0, status)
    code = CODE.search(said)
    return is_dead(int(code[1]), said) if code else False


def blocks(part: Message) -> Iterator[Any]:
    """The groups of fields in a message/… part."""
    payload = part.get_payload()
    yield from payload if isinstance(payload, list) else [message_from_string(str(payload))]


def field(block: Any, name: str) -> str:
    return " ".join(str(block[name] or "").split()) if block is not None else ""


def original(mail: EmailMessage) -> str:
    """Of the returned mail, or its headers alone, what stands before the @ of its Message-ID."""
    for part in mail.walk():
        if part.get_content_type() == "text/rfc822-headers":
            inner: Any = message_from_string(str(part.get_content()))
        elif part.get_content_type() == "message/rfc822":
            inner = next(blocks(part), None)
        else:
            continue
        return field(inner, "Message-ID").strip("<> ").rpartition("@")[0]
    return ""
