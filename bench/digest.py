"""Sending ten thousand mails while everything breaks: does any address get two, is any lost, what is uncertain?

    .venv/bin/python -m bench.digest [--readers 10000] [--senders 4] [--kills 20]

Real senders (`manage.py digest_send`) on a Postgres of their own send one edition to a real SMTP server on
loopback. On the way senders are killed with SIGKILL and started anew, the server answers 421 once, dies once after
taking a message, and readers unsubscribe. Exit 1 when an address got two mails, or one that should have it has none
and is not listed as uncertain, or one who left before the mail began got it.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console
from rich.table import Table

from models_catalog.embedded import places
from tests.digests.post_office import PostOffice
from tests.services import running_postgres, temporary_folder

LEASE = 5
LEAVING = 200
PATIENCE = 1800.0


@dataclass
class Senders:
    """The sending processes; those that end because nothing waits or the host is left alone are started anew."""

    wanted: int
    environment: dict[str, str]
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    killed: int = 0

    def keep_up(self) -> None:
        self.running = [child for child in self.running if child.poll() is None]
        while len(self.running) < self.wanted:
            command = [sys.executable, "manage.py", "digest_send", "--keep", "--seconds", "3600"]
            child = subprocess.Popen(  # noqa: S603 - our own command
                command, cwd=places.CHECKOUT, env=self.environment, stdout=subprocess.DEVNULL
            )
            self.running.append(child)

    def kill_one(self, chance: random.Random) -> None:
        child = chance.choice(self.running)
        child.send_signal(signal.SIGKILL)
        child.wait()
        self.killed += 1

    def stop(self) -> None:
        for child in self.running:
            child.kill()
            child.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--readers", type=int, default=10_000)
    parser.add_argument("--senders", type=int, default=4)
    parser.add_argument("--kills", type=int, default=20)
    wishes = parser.parse_args()
    with installation() as (office, environment):
        found = battery(wishes, office, environment)
    show(found)
    sys.exit(int(bool(found["addresses with two"] or found["lost"] or found["sent after leaving"])))


@contextmanager
def installation() -> Iterator[tuple[PostOffice, dict[str, str]]]:
    """Postgres with our tables, Django set up on it, and a mail host."""
    with temporary_folder() as folder, running_postgres(folder) as database, PostOffice(keep=False) as office:
        variables = {
            "DATABASE_URL": database,
            "BROKER_URL": "redis://127.0.0.1:1/0",
            "SECRET_KEY": "for tests",
            "DJANGO_SETTINGS_MODULE": "tracker.settings",
            "OPENGAP_DATA": str(folder / "data"),
            "OPENGAP_MAIL_LEASE_SECONDS": str(LEASE),
            "OPENGAP_MAIL_PAUSE_SECONDS": "5",
            "OPENGAP_MAIL_PER_SECOND": "2000",
            "EMAIL_URL": f"smtp://127.0.0.1:{office.port}",
            "LOG_LEVEL": "WARNING",
        }
        os.environ.update(variables)
        set_up()
        yield office, dict(os.environ)


def set_up() -> None:
    import logging

    import django
    from django.core.management import call_command

    django.setup()
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    call_command("migrate", verbosity=0)


def battery(wishes: argparse.Namespace, office: PostOffice, environment: dict[str, str]) -> dict[str, Any]:
    """Plan, hurt, wait until nothing is pending; then count."""
    from tests.digests.editions import planned, stored_edition

    planned(stored_edition(), wishes.readers)
    troubles(wishes, office)
    senders, chance, left = Senders(wishes.senders, environment), random.Random(46), dict[str, int]()  # noqa: S311 - when to kill, not a secret
    begin = time.monotonic()
    try:
        while open_rows() and time.monotonic() < begin + PATIENCE:
            senders.keep_up()
            time.sleep(0.2)
            share = office.begun / wishes.readers
            if senders.killed < wishes.kills and share > (senders.killed + 1) / (wishes.kills + 2):
                senders.kill_one(chance)
            if not left and share > 0.5:
                left = leave(office, wishes.readers)
    finally:
        senders.stop()
    return counted(wishes, office, senders, left) | {"seconds": round(time.monotonic() - begin, 1)}


def troubles(wishes: argparse.Namespace, office: PostOffice) -> None:
    """One 421 at a third of the way; one death after DATA at two thirds."""
    third = wishes.readers // 3
    office.rcpt = lambda number, _address: "421 4.3.2 closing" if number == third else "250 OK"
    office.data = lambda number, _address: None if number == 2 * third else "250 OK"


def open_rows() -> bool:
    from models_catalog.models import Delivery

    return Delivery.objects.filter(state__in=("pending", "sending")).exists()


def leave(office: PostOffice, readers: int) -> dict[str, int]:
    """The last readers in the queue unsubscribe: address -> mails it had got by then."""
    from models_catalog.models import Subscriber
    from models_catalog.subscriptions.leaving import unsubscribe

    gone = dict[str, int]()
    for person in Subscriber.objects.order_by("-pk")[: min(LEAVING, readers // 10)]:
        unsubscribe(person)
        gone[person.address] = office.times[person.address]
    return gone


def counted(
    wishes: argparse.Namespace, office: PostOffice, senders: Senders, left: dict[str, int]
) -> dict[str, Any]:
    from models_catalog.models import Delivery

    rows = {
        address: (state, reply)
        for address, state, reply in Delivery.objects.values_list("subscriber__address", "state", "reply")
    }
    arrived = office.times
    uncertain = [address for address, (state, _) in rows.items() if state == "uncertain"]
    accounted = set(arrived) | set(uncertain) | set(left)
    return {
        "readers": wishes.readers,
        "senders": wishes.senders,
        "kill -9": senders.killed,
        "addresses with one mail": sum(number == 1 for number in arrived.values()),
        "addresses with two": sum(number > 1 for number in arrived.values()),
        "lost": len([address for address in rows if address not in accounted]),
        "uncertain": len(uncertain),
        "of those arrived": sum(address in arrived for address in uncertain),
        "unsubscribed on the way": len(left),
        "sent after leaving": sum(arrived[address] > number for address, number in left.items()),
        "states": dict(Counter(state for state, _ in rows.values())),
        "uncertain because": dict(Counter(rows[address][1] for address in uncertain)),
    }


def show(found: dict[str, Any]) -> None:
    table = Table("sending one edition", "measured")
    for name, value in found.items():
        table.add_row(name, str(value))
    Console(width=None if sys.stdout.isatty() else 140).print(table)


if __name__ == "__main__":
    main()
