"""From a host name to a connection: resolve, refuse what is not the public Internet, connect to exactly that.

The address that was checked is the address that is connected to; the name is never resolved a second time,
so a name that changes its answer between check and use (DNS rebinding) gains nothing. TLS still sees the
host name, because only the socket is made here.
"""

from __future__ import annotations

import errno
import ipaddress
import queue
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from models_catalog.fetch.errors import ForbiddenAddress, HostUnresolved, NoAnswer, Refused, Unreachable
from models_catalog.sources.contract import TransportError

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Protocol assignments: Python before 3.12.4 calls parts of it global.
SPECIAL_V4 = ipaddress.ip_network("192.0.0.0/24")
ADDRESSES_PER_FAMILY = 2  # tried per connection
SILENT_RESOLVER_PAUSE = 30.0

Resolve = Callable[[str, int], Sequence[str]]


def system_addresses(host: str, port: int) -> list[str]:
    """All addresses the system's resolver knows, best first. OSError or UnicodeError if none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(slots=True)
class Outside:
    """What the door needs of the world: names, connections, waiting. Tests route these to local sockets.

    One instance per process remembers that the name service is silent, so that a machine without network
    waits for it once and not once per source.
    """

    resolve: Resolve = system_addresses
    endpoint: Callable[[str, int], tuple[str, int]] = lambda address, port: (address, port)
    pause: Callable[[float], None] = time.sleep
    silent_until: float = field(default=0.0, init=False)

    def addresses(self, host: str, port: int, seconds: float) -> list[str]:
        """The host's addresses within `seconds`. HostUnresolved when there are none."""
        if is_address(host):
            return [host]
        if time.monotonic() < self.silent_until:
            raise HostUnresolved(
                f"{host} cannot be resolved: the name service was silent a moment ago, no network?"
            )
        try:
            return self._ask(host, port, seconds)
        except queue.Empty:
            self.silent_until = time.monotonic() + SILENT_RESOLVER_PAUSE
            raise HostUnresolved(
                f"{host} cannot be resolved: the name service was silent for {seconds:g} s, no network?"
            ) from None
        except (OSError, UnicodeError) as error:
            raise HostUnresolved(f"{host} cannot be resolved: no network? ({reason_of(error)})") from error

    def _ask(self, host: str, port: int, seconds: float) -> list[str]:
        """The system's resolver takes no timeout, so it is asked in a thread that may be left behind."""
        answers: queue.SimpleQueue[list[str] | OSError | UnicodeError] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(list(self.resolve(host, port)))
            except (OSError, UnicodeError) as error:
                answers.put(error)

        threading.Thread(target=ask, name=f"resolve {host}", daemon=True).start()
        answer = answers.get(timeout=seconds)
        if isinstance(answer, list):
            if answer:
                return answer
            raise OSError("the name has no address")
        raise answer


def is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def reason_of(error: OSError | UnicodeError) -> str:
    return (error.strerror if isinstance(error, OSError) else "not a host name") or str(error)


def refusal(address: str, *, local: bool = False) -> str:
    """Why nobody may connect to this address; "" when it is fine.

    `local` is true for a mirror the operator configured: loopback and private addresses are then allowed.
    Addresses that carry a v4 address inside (mapped, 6to4, NAT64) are judged by that one too.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "not an address"
    inner = inner_v4(parsed)
    if inner is not None:
        return refusal(str(inner), local=local)
    if parsed.is_link_local or parsed.is_multicast or parsed.is_unspecified:
        return "link-local, multicast or unspecified"
    if local and (parsed.is_loopback or parsed.is_private):
        return ""
    return "" if is_public(parsed) else "not a public address"


def inner_v4(address: IPAddress) -> ipaddress.IPv4Address | None:
    """The v4 address a v6 address stands for, if it does."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def is_public(address: IPAddress) -> bool:
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and address not in SPECIAL_V4
    return address.is_global and address in GLOBAL_UNICAST


def checked(host: str, addresses: Sequence[str], *, local: bool) -> Sequence[str]:
    """The addresses, if every one of them may be connected to. One bad address condemns the name."""
    for address in addresses:
        if reason := refusal(address, local=local):
            raise ForbiddenAddress(f"{host} resolves to {address}: {reason}; not connected")
    return addresses


def connect(
    outside: Outside, host: str, port: int, *, resolve: float, seconds: float, local: bool
) -> socket.socket:
    """A socket connected to a checked address of the host.

    At most `seconds` over all addresses; each gets an even share of what is left, so that one dead address
    does not use up the time of the next.
    """
    found = shortlist(checked(host, outside.addresses(host, port, resolve), local=local))
    ends = time.monotonic() + seconds
    for number, address in enumerate(found):
        share = max(ends - time.monotonic(), 0.001) / (len(found) - number)
        try:
            return socket.create_connection(outside.endpoint(address, port), timeout=share)
        except OSError as error:
            failure = named(error, host, seconds)
    raise failure


def shortlist(addresses: Sequence[str]) -> list[str]:
    """The first few of each family, in the resolver's order: many v6 addresses must not crowd out v4."""
    v6 = [address for address in addresses if ":" in address][:ADDRESSES_PER_FAMILY]
    v4 = [address for address in addresses if ":" not in address][:ADDRESSES_PER_FAMILY]
    return [address for address in addresses if address in v6 or address in v4]


def named(error: OSError, host: str, seconds: float) -> TransportError:
    """A failed connection attempt by its name."""
    if isinstance(error, TimeoutError):
        return NoAnswer(f"{host} did not answer within {seconds:g} s (connect)")
    if error.errno == errno.ECONNREFUSED:
        return Refused(f"{host} refused the connection")
    return Unreachable(f"{host} cannot be reached: no network? ({error.strerror or error})")
