"""Tests never reach the network: a connection or a look-up that would leave this machine raises."""

import ipaddress
import socket
import sys


class NetworkRefusedError(AssertionError):
    """A test tried to leave this machine. Not an error of the network, lest code handle it away."""


def refuse_network() -> None:
    """From now on, for this process. Sockets of libraries in C (Postgres's) are not seen."""
    sys.addaudithook(watch)


def watch(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect":
        connection, address = arguments
        if isinstance(connection, socket.socket) and connection.family in {socket.AF_INET, socket.AF_INET6}:
            host = address[0] if isinstance(address, tuple) else address
            refuse_unless_here(host)
    elif event == "socket.getaddrinfo":
        refuse_unless_here(arguments[0])


def refuse_unless_here(host: object) -> None:
    """Raise unless the host is this machine; .invalid exists nowhere, and gets the resolver's answer."""
    name = host.decode() if isinstance(host, bytes) else host
    if name is None or name in {"", "localhost"}:
        return
    if str(name).endswith(".invalid"):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    if not is_loopback(str(name)):
        raise NetworkRefusedError(f"a test tried to reach {name}")


def is_loopback(name: str) -> bool:
    try:
        return ipaddress.ip_address(name.split("%", 1)[0]).is_loopback
    except ValueError:
        return False
