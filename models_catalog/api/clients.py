"""Who is asking, and how often? One address, as far as it can be believed, and its share of a minute."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from redis.exceptions import RedisError

from models_catalog.subscriptions.network import client_of

WINDOW = 60  # seconds
SHARED, OWN = "limits", "default"  # caches: of all processes, and of this one while the shared one is away


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
