"""A real SMTP server on loopback that can misbehave: it counts what it took, per address."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Lock
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

Reply = str | None  # None: hang up without a word


@dataclass
class PostOffice:
    """`taken` are the bytes of every message that was taken, `times` how often per address.

    Set `rcpt` or `data` to a function of the running number (from 1) that gives the reply instead of 250, or None
    to hang up. A message whose `data` reply is None counts as taken: the server had it all and died after.
    """

    keep: bool = True
    rcpt: Callable[[int, str], Reply] = lambda _number, _address: "250 OK"
    data: Callable[[int, str], Reply] = lambda _number, _address: "250 OK"
    times: Counter[str] = field(default_factory=Counter)
    taken: list[bytes] = field(default_factory=list)
    asked: int = 0
    begun: int = 0
    lock: Lock = field(default_factory=Lock)
    controller: Controller | None = None

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's names
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.asked += 1
        reply = self.rcpt(self.asked, address)
        if reply is None:
            return hung_up(server)
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.begun += 1
        address = envelope.rcpt_tos[0]
        reply = self.data(self.begun, address)
        if reply is None or reply.startswith("250"):
            self.take(address, envelope.content)
        return hung_up(server) if reply is None else reply

    def take(self, address: str, content: Any) -> None:
        with self.lock:
            self.times[address] += 1
            if self.keep:
                self.taken.append(bytes(content))

    @property
    def port(self) -> int:
        assert self.controller is not None
        return port_of(self.controller)

    @property
    def letters(self) -> list[EmailMessage]:
        return [read(raw) for raw in self.taken]

    def __enter__(self) -> PostOffice:
        self.controller = AnyPort(self, hostname="127.0.0.1", port=0)
        self.controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        assert self.controller is not None
        self.controller.stop()


class AnyPort(Controller):
    """On a free port: the one it got is asked for afterwards, so nobody can take it in between."""

    def _trigger_server(self) -> None:
        """aiosmtpd greets itself at the port it was told, which is 0; here, at the one it got."""
        with socket.create_connection(("127.0.0.1", port_of(self)), timeout=60) as greeting:
            greeting.recv(100)


def port_of(controller: Controller) -> int:
    assert isinstance(controller.server, asyncio.Server)
    return int(controller.server.sockets[0].getsockname()[1])


def hung_up(server: SMTP) -> str:
    """The connection is gone before any reply."""
    transport = server.transport
    if isinstance(transport, asyncio.WriteTransport):
        transport.abort()
    return "421 gone"


def read(raw: bytes) -> EmailMessage:
    found = message_from_bytes(raw, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found
