"""Who is asking, and how often? One address, as far as it can be believed, and its share of a minute."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from redis.exceptions import RedisError

WINDOW = 60  # seconds
SHARED, OWN = "limits", "default"  # caches: of all processes, and of this one while the shared one is away
Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Share:
    """What is left of a client's minute. `allowed` 0 means that nothing is counted."""

    allowed: int
    used: int
    resets: int  # in seconds

    @property
    def exceeded(self) -> bool:
        return 0 < self.allowed < self.used

    def announce(self, response: HttpResponse) -> None:
        """The two `RateLimit` fields of the IETF's draft, and when to come again."""
        if not self.allowed:
            return
        response["RateLimit-Policy"] = f'"minute";q={self.allowed};w={WINDOW}'
        response["RateLimit"] = f'"minute";r={max(0, self.allowed - self.used)};t={self.resets}'
        if self.exceeded:
            response["Retry-After"] = str(self.resets)


def take_share(request: HttpRequest) -> Share:
    """Count this request. The count is kept beside the broker; without it, by this process alone."""
    allowed: int = settings.OPENGAP_API_RATE
    now = int(time.time())
    if not allowed:
        return Share(0, 0, 0)
    key = f"api-{client_of(request)}-{now // WINDOW}"
    try:
        used = counted(SHARED, key)
    except (RedisError, OSError):
        used = counted(OWN, key)
    return Share(allowed, used, WINDOW - now % WINDOW)


def counted(cache: str, key: str) -> int:
    caches[cache].add(key, 0, timeout=2 * WINDOW)
    try:
        return caches[cache].incr(key)
    except ValueError:  # it was dropped in between
        return 1


def client_of(request: HttpRequest) -> str:
    """The nearest address that is no proxy of ours; of IPv6 the /64, which is what one household has.

    X-Forwarded-For counts only as far as trusted proxies wrote it: read from the right, until the first address
    that is not one. Whatever a client put in front is never reached.
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


def is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def is_in(text: str, networks: Iterable[Network]) -> bool:
    return is_address(text) and any(ip_address(text) in network for network in networks)


def household(text: str) -> str:
    if not is_address(text):
        return "unknown"  # a server on a unix socket gives no address: all its clients share one minute
    address = ip_address(text)
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(IPv6Network((address, 64), strict=False))
    return str(address)
