"""The mailbox of a demo: mails become files in a folder, and can be read back for a page.

Files appear whole (written aside, then renamed), named so that the newest sort last.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as ReadMessage
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

NAME = re.compile(r"[0-9]{19}-[0-9a-f]{8}\.eml")
SHOWN = 200


class FolderBackend(BaseEmailBackend):
    """One file per message in EMAIL_FILE_PATH; nothing leaves the machine."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = Path(settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            name = f"{time.time_ns():019d}-{uuid4().hex[:8]}.eml"
            draft = self.folder / f"{name}.part"
            draft.write_bytes(message.message().as_bytes())
            draft.replace(self.folder / name)
        return len(email_messages)


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail of the folder. `html` has its pictures inside as data addresses."""

    name: str
    to: str
    subject: str
    sent: datetime | None
    size: int
    text: str
    html: str
    headers: tuple[tuple[str, str], ...]


def letter_names() -> list[str]:
    """Newest first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    found = [path.name for path in folder.glob("*.eml")] if folder.is_dir() else []
    return sorted((name for name in found if NAME.fullmatch(name)), reverse=True)[:SHOWN]


def read_letter(name: str) -> Letter | None:
    """None when there is no such mail."""
    path = Path(settings.EMAIL_FILE_PATH) / name
    if not NAME.fullmatch(name) or not path.is_file():
        return None
    raw = path.read_bytes()
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, ReadMessage)
    return Letter(
        name=name,
        to=str(mail["To"] or ""),
        subject=str(mail["Subject"] or ""),
        sent=moment(mail),
        size=len(raw),
        text=body(mail, "plain"),
        html=with_pictures(mail, body(mail, "html")),
        headers=tuple((key, str(value)) for key, value in mail.items()),
    )


def moment(mail: ReadMessage) -> datetime | None:
    """When it was written; Django writes "-0000", which the parser takes for a time of no zone: it is UTC."""
    written: datetime | None = mail["Date"].datetime if mail["Date"] else None
    return written.replace(tzinfo=UTC) if written and written.tzinfo is None else written


def body(mail: ReadMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    return str(part.get_content()) if part else ""


def with_pictures(mail: ReadMessage, html: str) -> str:
    """cid: references become data: addresses, so that a browser shows the mail as a mail program does."""
    for part in mail.walk():
        if part.get_content_maintype() == "image" and part["Content-ID"]:
            data = "".join(str(part.get_payload()).split())
            name = str(part["Content-ID"]).strip("<> ")
            html = html.replace(f"cid:{name}", f"data:{part.get_content_type()};base64,{data}")
    return html
