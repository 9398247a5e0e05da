"""A small web server that does exactly what a test tells it to, byte by byte."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Request:
    path: str
    headers: Mapping[str, str]  # names in lower case


@dataclass(frozen=True)
class Connection:
    """One accepted connection, as a reply sees it."""

    socket: socket.socket
    stopping: threading.Event

    def send(self, content: bytes) -> None:
        self.socket.sendall(content)

    def drip(self, content: bytes, every: float) -> None:
        """One byte at a time, until the client has had enough."""
        for byte in content:
            self.send(bytes([byte]))
            if self.stopping.wait(every):
                return


Reply = Callable[[Connection, Request], bool]
"""Answers one request; True keeps the connection open for the next."""


def response(
    body: bytes = b"",
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    *,
    length: int | None = None,
) -> Reply:
    """A well-formed answer, unless `length` says something else than the truth: then it is closed."""
    stated = {
        "Content-Type": "application/json",
        "Content-Length": str(len(body) if length is None else length),
    }
    lines = [f"HTTP/1.1 {status} Whatever", *(f"{k}: {v}" for k, v in (stated | dict(headers or {})).items())]
    head = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"

    def reply(connection: Connection, request: Request) -> bool:
        connection.send(head + body)
        return length is None

    return reply


def raw(content: bytes) -> Reply:
    """These bytes, then the connection is closed."""

    def reply(connection: Connection, request: Request) -> bool:
        connection.send(content)
        return False

    return reply


def silence(connection: Connection, request: Request) -> bool:
    connection.stopping.wait(30)
    return False


def dripping(head: bytes, content: bytes, every: float = 0.02) -> Reply:
    def reply(connection: Connection, request: Request) -> bool:
        connection.send(head)
        connection.drip(content, every)
        return False

    return reply


def redirect(
    location: str, status: int = 302, body: bytes = b"", headers: Mapping[str, str] | None = None
) -> Reply:
    return response(body, status, {"Location": location} | dict(headers or {}))


@dataclass
class FaultServer:
    """Serves on a loopback port. `replies` maps a path (without query) to replies; the last one repeats."""

    certificate: Path | None = None
    greeting: bytes = b""  # sent before anything is read
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)  # that clients asked for in TLS (SNI)
    connections: int = 0
    answered: dict[str, int] = field(default_factory=dict)
    stopping: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)
    accepted: list[socket.socket] = field(default_factory=list)
    listener: socket.socket = field(init=False)

    def __enter__(self) -> Self:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(0.2)
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopping.set()
        for open_socket in (self.listener, *self.accepted):
            with contextlib.suppress(OSError):
                open_socket.shutdown(socket.SHUT_RDWR)
        for thread in self.threads:
            thread.join(5)
        self.listener.close()

    @property
    def port(self) -> int:
        return int(self.listener.getsockname()[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def on(self, path: str, *replies: Reply) -> None:
        self.replies[path] = list(replies)

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self.threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self.stopping.is_set():
            try:
                accepted, _ = self.listener.accept()
            except TimeoutError:
                continue
            except OSError:  # shut down
                return
            accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.accepted.append(accepted)
            self.connections += 1
            self._start(lambda accepted=accepted: self._serve(accepted))  # type: ignore[misc]  # bound now

    def _serve(self, accepted: socket.socket) -> None:
        with contextlib.suppress(OSError), accepted, self._secured(accepted) as secured:
            connection = Connection(secured, self.stopping)
            while (request := self._read_request(secured)) is not None:
                self.requests.append(request)
                if not self._reply_to(request)(connection, request):
                    return

    def _secured(self, accepted: socket.socket) -> socket.socket:
        accepted.sendall(self.greeting)
        if self.certificate is None:
            return accepted
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate)
        context.sni_callback = lambda _socket, host, _context: self.names.append(host)
        secured = context.wrap_socket(accepted, server_side=True)
        self.accepted.append(secured)
        return secured

    def _read_request(self, connection: socket.socket) -> Request | None:
        head = b""
        while b"\r\n\r\n" not in head:
            piece = connection.recv(4096)
            if not piece:
                return None
            head += piece
        first, *lines = head.decode("latin-1").rstrip().split("\r\n")
        pairs = (line.partition(": ") for line in lines)
        return Request(first.split(" ")[1], {key.lower(): value for key, _, value in pairs})

    def _reply_to(self, request: Request) -> Reply:
        path = request.path.partition("?")[0]
        replies = self.replies.get(path, [response(b"not here", 404)])
        number = self.answered.get(path, 0)
        self.answered[path] = number + 1
        return replies[min(number, len(replies) - 1)]
