"""One GET over one checked connection: no redirects, no cookies, no proxies, no retries, nothing decoded.

Built on requests' adapter, not on its Session: a Session reads the whole body of a redirect, and decodes it
without limit, even when told not to follow it (300 MB of zeros in a 302 took 600 MB of memory). Every read,
of headers as well as of the body, is bounded by the read time-out and by the wall clock of the exchange.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
import urllib3.exceptions
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.util.ssl_ import create_urllib3_context

from models_catalog.fetch.address import Outside, connect
from models_catalog.fetch.errors import (
    BrokenAnswer,
    CertificateRefused,
    CutShort,
    ForbiddenRedirect,
    NoAnswer,
    Silence,
    TooSlow,
)
from models_catalog.fetch.limits import DoorSettings, Limits
from models_catalog.sources.contract import TransportError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from requests import PreparedRequest
    from urllib3.response import HTTPResponse

CHUNK = 64 * 1024


class WallClock:
    """When the running exchange must be over. Every socket of a transport asks it before each read."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.ends = 0.0

    def start(self) -> None:
        self.ends = time.monotonic() + self.limits.wall_clock

    def extend(self, seconds: float) -> None:
        """Waiting for our turn does not count as the host's time."""
        self.ends += seconds

    @property
    def over(self) -> bool:
        return time.monotonic() >= self.ends

    def allowance(self) -> float:
        """Seconds the next read may take. TooSlow when there are none left."""
        if self.over:
            raise TooSlow("the time of the exchange is up")  # whose it was is said where the host is known
        return min(self.limits.read, self.ends - time.monotonic())

    def silence(self, host: str) -> TransportError:
        """What a read that timed out is called."""
        if self.over:
            return TooSlow(f"{host} was still sending after {self.limits.wall_clock:g} s")
        return Silence(f"{host} sent nothing for {self.limits.read:g} s (read)")


class BoundedSocket(socket.socket):
    clock: WallClock | None = None

    def recv_into(self, buffer: WriteableBuffer, nbytes: int = 0, flags: int = 0) -> int:
        if self.clock is not None:
            self.settimeout(self.clock.allowance())
        return super().recv_into(buffer, nbytes, flags)


class BoundedTLSSocket(ssl.SSLSocket):
    clock: WallClock | None = None

    def recv_into(self, buffer: WriteableBuffer, nbytes: int | None = None, flags: int = 0) -> int:
        if self.clock is not None:
            self.settimeout(self.clock.allowance())
        return super().recv_into(buffer, nbytes, flags)


@dataclass(frozen=True, slots=True)
class Reach:
    """How connections of one transport are made, and the clock they share."""

    outside: Outside
    limits: Limits
    local: bool
    clock: WallClock

    def socket_to(self, host: str, port: int) -> BoundedSocket:
        plain = connect(
            self.outside,
            host,
            port,
            resolve=self.limits.resolve,
            seconds=self.limits.connect,
            local=self.local,
        )
        bounded = BoundedSocket(plain.family, plain.type, plain.proto, fileno=plain.detach())
        bounded.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        bounded.settimeout(self.limits.connect)  # holds for the TLS handshake as a whole
        bounded.clock = self.clock
        return bounded


class PinnedConnection(HTTPConnection):
    def __init__(self, *args: Any, reach: Reach, **options: Any) -> None:
        super().__init__(*args, **options)
        self.reach = reach

    def _new_conn(self) -> socket.socket:
        return self.reach.socket_to(self._dns_host, self.port)


class PinnedTLSConnection(HTTPSConnection):
    def __init__(self, *args: Any, reach: Reach, **options: Any) -> None:
        super().__init__(*args, **options)
        self.reach = reach

    def _new_conn(self) -> socket.socket:
        return self.reach.socket_to(self._dns_host, self.port)

    def connect(self) -> None:
        try:
            super().connect()
        except TimeoutError as error:
            seconds = self.reach.limits.connect
            raise NoAnswer(f"{self.host} did not finish the TLS handshake within {seconds:g} s") from error
        except ssl.SSLCertVerificationError as error:
            raise CertificateRefused(
                f"the certificate of {self.host} is not valid: {error.verify_message}"
            ) from error
        except ssl.SSLError as error:
            raise CertificateRefused(
                f"{self.host} does not speak TLS as it should: {error.reason}"
            ) from error
        if isinstance(self.sock, BoundedTLSSocket):
            self.sock.clock = self.reach.clock


class PinnedAdapter(HTTPAdapter):
    """requests' adapter whose connections go to checked addresses, and nowhere else."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        super().__init__(max_retries=0)

    def init_poolmanager(
        self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any
    ) -> None:
        context = create_urllib3_context()
        context.sslsocket_class = BoundedTLSSocket
        super().init_poolmanager(connections, maxsize, block, ssl_context=context, **pool_kwargs)

    def get_connection_with_tls_context(self, *args: Any, **options: Any) -> HTTPConnectionPool:
        pool = super().get_connection_with_tls_context(*args, **options)
        assert isinstance(pool, HTTPConnectionPool)
        pool.ConnectionCls = PinnedTLSConnection if pool.scheme == "https" else PinnedConnection
        pool.conn_kw["reach"] = self.reach
        return pool


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and headers have arrived; the body is still on the wire. Close it in any case."""

    url: str
    host: str
    status: int
    headers: Mapping[str, str]  # case-insensitive
    raw: HTTPResponse
    clock: WallClock

    def chunks(self) -> Iterator[bytes]:
        """The body as it was sent (not decoded), in pieces of up to 64 KiB."""
        try:
            while chunk := self.raw.read(CHUNK, decode_content=False):
                yield chunk
        except (urllib3.exceptions.ReadTimeoutError, TooSlow) as error:
            raise self.clock.silence(self.host) from error
        except urllib3.exceptions.HTTPError as error:
            raise CutShort(f"{self.host} broke off in the middle of the body: {cause(error)}") from error

    def close(self) -> None:
        self.raw.close()


class Transport:
    """Makes single GETs; keeps connections of one run alive. Not to be shared between threads."""

    def __init__(self, settings: DoorSettings, outside: Outside, *, local: bool) -> None:
        self.clock = WallClock(settings.limits)
        self.adapter = PinnedAdapter(Reach(outside, settings.limits, local, self.clock))
        self.verify = str(settings.ca_bundle) if settings.ca_bundle else True
        self.timeouts = (settings.limits.connect, settings.limits.read)

    def get(self, url: str, headers: Mapping[str, str]) -> Answer:
        """The answer to one GET, whatever its status. The wall clock must have been started."""
        host = urlsplit(url).hostname or ""
        prepared = prepare(url, headers)
        try:
            response = self.adapter.send(prepared, stream=True, timeout=self.timeouts, verify=self.verify)
        except (requests.exceptions.ReadTimeout, TooSlow) as error:
            raise self.clock.silence(host) from error
        except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError) as error:
            raise BrokenAnswer(f"{host} gave no readable answer: {cause(error)}") from error
        return Answer(url, host, response.status_code, response.headers, response.raw, self.clock)

    def close(self) -> None:
        self.adapter.close()


def prepare(url: str, headers: Mapping[str, str]) -> PreparedRequest:
    try:
        return requests.Request("GET", url, headers=dict(headers)).prepare()
    except (requests.exceptions.RequestException, ValueError) as error:
        raise ForbiddenRedirect(f"{url[:200]!r} is not an address that can be fetched") from error


def cause(error: BaseException) -> str:
    """The innermost reason, without the libraries' wrapping; at most 200 characters."""
    while True:
        inner = [arg for arg in error.args if isinstance(arg, BaseException)]
        reason = getattr(error, "reason", None)
        if isinstance(reason, BaseException):
            inner.append(reason)
        if not inner:
            return (str(error) or type(error).__name__)[:200]
        error = inner[-1]
