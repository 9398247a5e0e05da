"""Senders killed with SIGKILL at the two moments that matter, against a real mail host: none twice, none lost."""

from __future__ import annotations

import os
import signal
from datetime import timedelta
from threading import Event

import pytest
from django.core.mail import get_connection
from django.db import connection
from django.utils import timezone

from models_catalog.digests import queue
from models_catalog.digests.progress import uncertain
from models_catalog.digests.sending import Sender
from models_catalog.embedded import places
from models_catalog.models import Delivery
from models_catalog.vocabulary import DeliveryState
from tests.digests.editions import planned, stored_edition
from tests.digests.mortal import Mortal, mortal
from tests.digests.post_office import PostOffice

READERS = 12


class Executioner:
    """Kills the sender under way, when the mail host is at a mail it was told of."""

    def __init__(self) -> None:
        self.victim, self.known = 0, Event()

    def reply(self, strikes: bool) -> str:
        if strikes:
            assert self.known.wait(60)
            os.kill(self.victim, signal.SIGKILL)
        return "250 OK"

    def watch_one(self, senders: Mortal) -> int:
        """One sender from birth to death: how it ended."""
        self.known.clear()
        self.victim = senders.begin()
        self.known.set()
        return senders.read()


def child_environment(office: PostOffice) -> dict[str, str]:
    """The settings of a process of its own on this test's database and mail host."""
    name = connection.settings_dict
    host = f"?host={name['HOST']}" if str(name["HOST"]).startswith("/") else ""
    place = "" if host else f"{name['HOST']}:{name['PORT'] or 5432}"
    return {
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "DATABASE_URL": f"postgres://{name['USER']}:{name['PASSWORD']}@{place}/{name['NAME']}{host}",
        "EMAIL_URL": f"smtp://127.0.0.1:{office.port}",
        "OPENGAP_MAIL_PER_SECOND": "10000",
        "LOG_LEVEL": "ERROR",
        "PYTHONPATH": str(places.CHECKOUT),
    }


@pytest.mark.django_db(transaction=True)
def test_senders_killed_before_and_after_the_message_send_none_twice_and_lose_none(
    office: PostOffice,
) -> None:
    planned(stored_edition(), READERS)
    executioner = Executioner()
    office.data = lambda number, _address: executioner.reply(
        number == 4
    )  # the host has it all, and says so to nobody
    office.rcpt = lambda number, _address: executioner.reply(number == 8)  # of the second sender: not begun
    with mortal(child_environment(office)) as senders:
        endings = []
        for _ in range(3):
            endings.append(executioner.watch_one(senders))
            queue.recover(timezone.now() + timedelta(hours=1))  # the lease of a dead sender is over
    assert endings == [-signal.SIGKILL, -signal.SIGKILL, 0]
    assert Sender(get_connection()).work(20) == {}
    rows = Delivery.objects.values_list("subscriber__address", "state")
    doubtful = {address for address, state in rows if state == DeliveryState.UNCERTAIN}
    assert {state for _, state in rows} == {DeliveryState.SENT, DeliveryState.UNCERTAIN}
    assert set(office.times.values()) == {1}
    assert set(office.times) | doubtful == {address for address, _ in rows}
    assert len(office.times) == READERS
    assert [mail.reply for mail in uncertain()] == ["the sender ended before the mail host's answer was kept"]
