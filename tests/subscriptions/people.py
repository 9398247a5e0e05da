"""Invented subscribers."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from models_catalog.models import Subscriber
from models_catalog.subscriptions.addresses import read_address
from models_catalog.vocabulary import Standing


def confirmed(address: str = "reader@example.org", **fields: Any) -> Subscriber:
    read = read_address(address)
    now = timezone.now()
    return Subscriber.objects.create(
        **{
            "address": read.text,
            "address_hash": read.hash,
            "standing": Standing.ACTIVE,
            "asked_at": now,
            "confirmed_at": now,
        }
        | fields
    )
