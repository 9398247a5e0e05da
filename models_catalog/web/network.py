"""Where a request comes from, for limits by network."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def remote_address(request: HttpRequest) -> str:
    """The client's address as far as it can be trusted.

    X-Forwarded-For is believed only for the OPENGAP_PROXIES proxies of this installation, counted from the
    right: what a client writes into it stands further left.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    proxies: int = settings.OPENGAP_PROXIES
    hops = [
        hop.strip() for hop in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",") if hop.strip()
    ]
    return hops[-proxies] if 0 < proxies <= len(hops) else direct
