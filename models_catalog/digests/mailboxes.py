"""The mailbox that mail to us comes into: a maildir on this machine, or a folder of an IMAP host.

What was dealt with is marked as read and stays; only unread mail is looked at.
"""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Protocol

LONGEST = 1_000_000  # bytes of one mail that are read
AT_ONCE = 500
SECONDS = 30


class MailboxTrouble(Exception):
    """The mailbox cannot be read: one sentence, without the password."""


class Box(Protocol):
    def unread(self) -> Iterator[tuple[str, bytes]]: ...

    def mark(self, name: str) -> None: ...


class Maildir:
    """New mail lies in `new`; what was read is renamed into `cur` with the flag S."""

    def __init__(self, path: str) -> None:
        self.path = Path(path)
        if not (self.path / "new").is_dir():
            raise MailboxTrouble(f"{path} is no maildir: it has no folder named new.")
        (self.path / "cur").mkdir(exist_ok=True)

    def unread(self) -> Iterator[tuple[str, bytes]]:
        for path in sorted((self.path / "new").iterdir())[:AT_ONCE]:
            with suppress(FileNotFoundError), path.open("rb") as file:  # another reader was faster
                yield path.name, file.read(LONGEST)

    def mark(self, name: str) -> None:
        with suppress(FileNotFoundError):
            (self.path / "new" / name).rename(self.path / "cur" / f"{name.partition(':')[0]}:2,S")


class Imap:
    """One folder of an IMAP host, by UIDs; read mails carry the flag \\Seen."""

    def __init__(self, host: imaplib.IMAP4, folder: str) -> None:
        self.host = host
        asked(self.host.select(f'"{folder}"'))

    def unread(self) -> Iterator[tuple[str, bytes]]:
        [found] = asked(self.host.uid("SEARCH", "UNSEEN"))
        for uid in (found or b"").split()[:AT_ONCE]:
            answer = asked(self.host.uid("FETCH", uid.decode(), f"(BODY.PEEK[]<0.{LONGEST}>)"))
            for part in answer:
                if isinstance(part, tuple):
                    yield uid.decode(), part[1]

    def mark(self, name: str) -> None:
        asked(self.host.uid("STORE", name, "+FLAGS.SILENT", r"(\Seen)"))


def asked(answer: tuple[str, list[Any]]) -> list[Any]:
    """The data of an answer that is OK: bytes, None, or pairs of bytes."""
    verdict, data = answer
    if verdict != "OK":
        raise MailboxTrouble(f"The mailbox answered {verdict}: {data!r:.200}")
    return data


@contextmanager
def opened(where: Mapping[str, str]) -> Iterator[Box]:
    """The mailbox of OPENGAP_INBOX, as tracker.environment read it. Raises MailboxTrouble."""
    try:
        if where["scheme"] == "maildir":
            yield Maildir(where["path"])
            return
        with connected(where) as host:
            yield Imap(host, where["folder"])
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxTrouble(f"The mailbox cannot be read: {type(error).__name__}: {error}"[:300]) from error


@contextmanager
def connected(where: Mapping[str, str]) -> Iterator[imaplib.IMAP4]:
    """Logged in, over TLS unless the host is this machine; the connection is closed in any case."""
    name, port, context = where["host"], int(where["port"]), ssl.create_default_context()
    host: imaplib.IMAP4
    if where["scheme"] == "imaps":
        host = imaplib.IMAP4_SSL(name, port, ssl_context=context, timeout=SECONDS)
    else:
        host = imaplib.IMAP4(name, port, timeout=SECONDS)
    with host:  # logs out
        if where["scheme"] == "imap" and "STARTTLS" in host.capabilities:
            host.starttls(context)
        elif where["scheme"] == "imap" and not is_here(name):
            raise MailboxTrouble(f"{name} offers no TLS: no password is sent to it.")
        host.login(where["user"], where["password"])
        yield host


def is_here(name: str) -> bool:
    with suppress(ValueError):
        return ip_address(name).is_loopback
    return name == "localhost"
