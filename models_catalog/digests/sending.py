"""Sending what waits in the outbox: claim a few rows, send them one by one, keep how each ended.

Any number of senders may run; each row is held by one of them, and every answer is kept before the next mail.
"""

from __future__ import annotations

import smtplib
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from anymail.exceptions import AnymailError
from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from models_catalog.digests import queue
from models_catalog.digests.mail import compose_message, wanted_by
from models_catalog.digests.replies import Answer, Meaning, read_error
from models_catalog.digests.smtp import WatchedBackend
from models_catalog.digests.stopping import check_edition, note_post_trouble, note_post_well
from models_catalog.models import Delivery
from models_catalog.subscriptions.asking import suppressed
from models_catalog.subscriptions.leaving import suppress
from models_catalog.vocabulary import DeliveryState, Suppressed

BATCH = 20


class MustNotLeave(Exception):
    """Raised before the first byte: the row is not ours any more, or the reader does not want the mail."""


@dataclass
class Sender:
    """One sender and its connection. `tally` counts how its mails ended."""

    backend: BaseEmailBackend
    identity: UUID = field(default_factory=uuid4)
    tally: Counter[str] = field(default_factory=Counter)

    def work(self, seconds: float) -> Counter[str]:
        """Send until nothing is waiting or the time is over."""
        deadline = time.monotonic() + seconds
        try:
            while time.monotonic() < deadline and self.send_some():
                pass
        finally:
            self.hang_up()
        return self.tally

    def send_some(self) -> bool:
        """One batch. False: nothing waits, or the mail host is left alone for now."""
        rows, start = queue.claim(self.identity, BATCH)
        wait_until(start)
        sent = self.tally[DeliveryState.SENT]
        for place, row in enumerate(rows):
            if not self.send(row):
                queue.give_back(self.identity, rows[place + 1 :])
                return False
        if self.tally[DeliveryState.SENT] > sent:
            note_post_well()
        for edition in {row.edition for row in rows if row.edition}:
            check_edition(edition)
        return bool(rows)

    def send(self, row: Delivery) -> bool:
        """One mail, to its end. False: the mail host is in trouble, and nothing more should be tried now."""
        if why := unwanted(row):
            return self.ended(row, DeliveryState.SKIPPED, why)
        try:
            self.hand_over(row)
        except MustNotLeave:
            self.leave_alone(row)
        except (OSError, smtplib.SMTPException, AnymailError) as error:
            row.refresh_from_db(fields=["data_at", "state"])
            return self.failed(row, read_error(error, begun=row.data_at is not None))
        else:
            self.ended(row, DeliveryState.SENT, "taken by the mail host")
        return True

    def hand_over(self, row: Delivery) -> None:
        message = compose_message(row, self.backend)
        if isinstance(self.backend, WatchedBackend):
            self.backend.watch(lambda: begin(row))
        else:
            begin(row)
        self.backend.send_messages([message])

    def leave_alone(self, row: Delivery) -> None:
        """It must not leave: say why, if the row is still ours."""
        if isinstance(self.backend, WatchedBackend):
            self.backend.give_up()
        why = unwanted(row)
        if why:
            self.ended(row, DeliveryState.SKIPPED, why)
        else:
            queue.give_back(self.identity, [row])

    def failed(self, row: Delivery, answer: Answer) -> bool:
        match answer.meaning:
            case Meaning.UNCERTAIN:
                self.ended(row, DeliveryState.UNCERTAIN, answer.said)
            case Meaning.REFUSED:
                self.refused(row, answer)
            case Meaning.LATER:
                queue.try_later(row, answer.said)
                self.tally["later"] += 1
            case Meaning.TROUBLE:
                queue.give_back(self.identity, [row])
        if answer.host_down:
            self.hang_up()
            queue.pause_post(settings.OPENGAP_MAIL_PAUSE, answer.said)
            note_post_trouble(answer.said)
        return not answer.host_down

    def refused(self, row: Delivery, answer: Answer) -> None:
        self.ended(row, DeliveryState.FAILED, answer.said)
        if answer.dead_address and row.subscriber:
            suppress(row.subscriber.address_hash, Suppressed.BOUNCED)

    def ended(self, row: Delivery, state: DeliveryState, reply: str) -> bool:
        queue.end(row, state, reply)
        self.tally[state.value] += 1
        return True

    def hang_up(self) -> None:
        try:
            self.backend.close()
        except (OSError, smtplib.SMTPException):
            if isinstance(self.backend, WatchedBackend):
                self.backend.connection = None


def open_sender() -> Sender:
    return Sender(get_connection())


def begin(row: Delivery) -> None:
    """Commit that the bytes leave now, or raise MustNotLeave."""
    if not queue.begin_data(row):
        raise MustNotLeave


def unwanted(row: Delivery) -> str:
    """Why this mail must not be sent, asked afresh; "" when it may."""
    fresh = Delivery.objects.select_related("subscriber", "edition").get(pk=row.pk)
    person = fresh.subscriber
    if person is None:
        return "the subscriber asked to be forgotten"
    if suppressed(person.address_hash):
        return "the address is suppressed"
    willing = type(person).objects.filter(pk=person.pk).filter(queue.willing(row.kind, timezone.now()))
    if not willing.exists():
        return "the subscriber no longer wants it"
    return "" if wanted_by(fresh, person) else "nothing the subscriber chose has changed"


def wait_until(moment: datetime) -> None:
    """The shared rate: sleep until our slot."""
    time.sleep(max(0.0, (moment - timezone.now()).total_seconds()))
