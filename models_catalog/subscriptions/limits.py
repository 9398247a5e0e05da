"""Against mail bombing: how many mails may be asked for through forms, by network, by address, and in all."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from models_catalog.models import Ask

PER_NETWORK_HOUR = 5
PER_ADDRESS_DAY = 1
PER_HOUR = 200
KEPT = timedelta(days=1)
LOCK = 0x0D16E57  # of the advisory lock under which asks are counted


class TooMany(Exception):
    """This network, or all together, asked too often: says nothing about any address."""


def count_ask(address_hash: str, network: str, now: datetime | None = None) -> bool:
    """Note one ask, inside the caller's transaction. False: this address had its mail of the day.

    Raises TooMany when the network or the whole installation has used up its hour.
    """
    moment = now or timezone.now()
    with connection.cursor() as cursor:  # one at a time, or two could both be the last of the hour
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    hour = Ask.objects.filter(at__gt=moment - timedelta(hours=1))
    if hour.filter(network_hash=network).count() >= PER_NETWORK_HOUR or hour.count() >= PER_HOUR:
        raise TooMany
    of_address = Ask.objects.filter(address_hash=address_hash, at__gt=moment - KEPT)
    asked = of_address.count() >= PER_ADDRESS_DAY
    # An ask that sends nothing still counts against its network: the answer is the same, and so is the work.
    Ask.objects.create(at=moment, network_hash=network, address_hash="" if asked else address_hash)
    return not asked


def forget_old_asks(now: datetime) -> int:
    return Ask.objects.filter(at__lt=now - KEPT).delete()[0]
