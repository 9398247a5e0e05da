"""Which network is asking, as far as it can be believed? For limits: of the forms' mails and of the API's minutes."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

from models_catalog.subscriptions.addresses import keyed_hash

Network = IPv4Network | IPv6Network


def client_of(request: HttpRequest) -> str:
    """The nearest address that is no proxy of ours; of IPv6 the /64, which is what one household has.

    X-Forwarded-For counts only as far as the proxies of OPENGAP_TRUSTED_PROXIES wrote it: read from the right, until
    the first address that is not one. Whatever a client put in front is never reached.
    """
    proxies = [ip_network(text) for text in settings.OPENGAP_TRUSTED_PROXIES]
    believed = str(request.META.get("REMOTE_ADDR", ""))
    hops = [hop.strip() for hop in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
    while hops and is_in(believed, proxies):
        candidate = hops.pop()
        if not is_address(candidate):
            break
        believed = candidate
    return household(believed)


def network_hash(client: str) -> str:
    """What is kept of a network for a day: keyed, so that nobody can try addresses against it."""
    return keyed_hash("network", client)


def household(text: str) -> str:
    """The IPv4 address, or the IPv6 /64: a household's whole network, however many addresses."""
    if not is_address(text):
        return "unknown"  # a server on a unix socket gives no address: all its clients count as one
    address = ip_address(text.split("%", 1)[0])
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(IPv6Network((address, 64), strict=False))
    return str(address)


def is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def is_in(text: str, networks: Iterable[Network]) -> bool:
    return is_address(text) and any(ip_address(text) in network for network in networks)
