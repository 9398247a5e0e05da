"""Exactly once, against a real mail host that puts off, refuses, hangs up, and dies."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.mail import get_connection
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from pytest_django import Settings

from models_catalog.digests import queue
from models_catalog.digests.sending import Sender, open_sender
from models_catalog.digests.stopping import release
from models_catalog.digests.tick import send
from models_catalog.models import Delivery, Edition, HostState, Incident, Subscriber, Suppression
from models_catalog.subscriptions import leaving
from models_catalog.subscriptions.addresses import read_address
from models_catalog.subscriptions.asking import ask
from models_catalog.vocabulary import DeliveryState, Standing, Suppressed
from tests.digests.editions import last_week, planned, readers, stored_edition
from tests.digests.post_office import PostOffice

pytestmark = pytest.mark.django_db


def work() -> Counter[str]:
    HostState.objects.update(held_until=None)
    return Sender(get_connection()).work(60)


def states() -> Counter[str]:
    return Counter(Delivery.objects.values_list("state", flat=True))


def later() -> None:
    """What was put off is due."""
    Delivery.objects.filter(state=DeliveryState.PENDING).update(not_before=timezone.now())


def test_everybody_gets_it_once(office: PostOffice, edition: Edition) -> None:
    planned(edition, 45)
    assert work() == {"sent": 45}
    assert queue.plan(edition) == 0
    assert work() == {}
    assert set(office.times.values()) == {1}
    assert len(office.times) == 45


def test_the_database_refuses_a_second_row(edition: Edition) -> None:
    row = planned(edition, 1)[0]
    again = Delivery(kind=row.kind, edition=edition, subscriber=row.subscriber, message_id="another")
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_a_421_in_the_middle_stops_all_and_loses_none(office: PostOffice, edition: Edition) -> None:
    office.rcpt = lambda number, _address: "421 closing" if number == 7 else "250 OK"
    planned(edition, 12)
    assert work() == {"sent": 6, "later": 1}
    assert HostState.objects.get(host=queue.POST).held_until
    assert "421 closing" in Incident.objects.get(closed_at=None).detail
    assert open_sender().work(5) == {}  # the host is left alone
    later()
    assert work() == {"sent": 6}
    assert set(office.times.values()) == {1}
    assert states() == {"sent": 12}
    assert not Incident.objects.filter(closed_at=None).exists()


def test_a_host_that_dies_after_the_message_leaves_it_uncertain_and_never_sends_it_again(
    office: PostOffice, edition: Edition
) -> None:
    office.data = lambda number, _address: None if number == 3 else "250 OK"
    planned(edition, 5)
    assert work() == {"sent": 2, "uncertain": 1}
    for _ in range(3):
        later()
        work()
        queue.recover(timezone.now() + timedelta(hours=1))
    assert states() == {"sent": 4, "uncertain": 1}
    assert set(office.times.values()) == {1}
    assert len(office.times) == 5


def test_a_host_that_hangs_up_before_the_message_is_asked_again(office: PostOffice, edition: Edition) -> None:
    office.rcpt = lambda number, _address: None if number == 3 else "250 OK"
    planned(edition, 5)
    assert work()["sent"] == 2
    later()
    work()
    assert states() == {"sent": 5}
    assert set(office.times.values()) == {1}


def test_no_mail_host_at_all_costs_no_attempt(
    settings: Settings, office: PostOffice, edition: Edition
) -> None:
    settings.EMAIL_PORT = 1
    planned(edition, 3)
    for _ in range(9):
        assert work() == {}
    assert states() == {"pending": 3}
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {0}
    settings.EMAIL_PORT = office.port
    assert work() == {"sent": 3}


def test_a_mail_that_is_put_off_comes_later_and_fails_in_the_end(
    office: PostOffice, edition: Edition
) -> None:
    office.rcpt = lambda _number, _address: "450 4.2.0 greylisted"
    planned(edition, 1)
    assert work() == {"later": 1}
    row = Delivery.objects.get()
    assert (row.state, row.not_before > timezone.now()) == (DeliveryState.PENDING, True)
    for _ in range(6):
        later()
        work()
    assert states() == {"failed": 1}
    assert Delivery.objects.get().reply.startswith("put off 7 times: 450")
    assert not Suppression.objects.exists()


@pytest.mark.parametrize(
    ("reply", "suppressed"),
    [
        ("550 5.1.1 no such user", True),
        ("550 unknown", True),
        ("550 5.7.1 we think it is spam", False),
        ("554 no", False),
    ],
)
def test_a_dead_mailbox_is_never_written_to_again_a_dislike_is_no_death(
    office: PostOffice, edition: Edition, reply: str, suppressed: bool
) -> None:
    office.rcpt = lambda _number, _address: reply
    planned(edition, 1)
    assert work() == {"failed": 1}
    assert Suppression.objects.filter(reason=Suppressed.BOUNCED).exists() is suppressed


def test_a_killed_sender_loses_nothing_and_doubts_only_what_had_begun(
    office: PostOffice, edition: Edition
) -> None:
    planned(edition, 4)
    rows, _ = queue.claim(Sender(get_connection()).identity, 4)
    assert queue.begin_data(rows[0])
    assert work() == {}  # all are held by the dead
    assert queue.recover(timezone.now() + timedelta(minutes=5)) == (3, 1)
    assert work() == {"sent": 3}
    assert states() == {"sent": 3, "uncertain": 1}


def test_an_answer_that_comes_late_beats_uncertain(edition: Edition) -> None:
    planned(edition, 1)
    [row], _ = queue.claim(Sender(get_connection()).identity, 1)
    queue.begin_data(row)
    queue.recover(timezone.now() + timedelta(minutes=5))
    queue.end(row, DeliveryState.SENT, "taken")
    assert states() == {"sent": 1}


def test_a_sender_that_slept_too_long_must_not_begin(edition: Edition) -> None:
    planned(edition, 1)
    [row], _ = queue.claim(Sender(get_connection()).identity, 1)
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        assert not queue.begin_data(row)
    queue.recover(timezone.now() + timedelta(minutes=5))
    assert not queue.begin_data(row)


@pytest.mark.parametrize("leave", ["unsubscribe", "pause", "suppress", "erase"])
def test_who_leaves_while_the_mail_is_on_its_way_gets_none(
    office: PostOffice, edition: Edition, leave: str
) -> None:
    planned(edition, 3)
    gone = Subscriber.objects.get(address="reader2@example.org")

    acts: dict[str, Callable[[], object]] = {
        "unsubscribe": lambda: leaving.unsubscribe(gone),
        "pause": lambda: leaving.pause(gone, timezone.now().date() + timedelta(days=14)),
        "suppress": lambda: leaving.suppress(gone.address_hash, Suppressed.COMPLAINED),
        "erase": lambda: leaving.erase(gone),
    }
    rows, _ = queue.claim(Sender(get_connection()).identity, 10)
    acts[leave]()
    assert [queue.begin_data(row) for row in rows] == [True, True, False]


def test_consent_is_asked_for_again_at_the_last_moment(office: PostOffice, edition: Edition) -> None:
    planned(edition, 2)
    Subscriber.objects.filter(address="reader1@example.org").update(standing=Standing.ENDED)
    assert work() == {"sent": 1, "skipped": 1}
    assert "no longer wants" in Delivery.objects.get(state=DeliveryState.SKIPPED).reply


def test_too_many_bounces_stop_an_edition_with_an_incident(office: PostOffice, edition: Edition) -> None:
    office.rcpt = lambda number, _address: "550 5.1.1 no" if number in (3, 5) else "250 OK"
    planned(edition, 30)
    assert work() == {"sent": 18, "failed": 2}
    held = Edition.objects.get()
    assert held.held_reason == "2 of 20 mails bounced: more than 5 %"
    assert Incident.objects.get(source="digest", board=edition.week, closed_at=None).cause == "stopped"
    assert work() == {}
    release(held)
    assert work() == {"sent": 10}
    assert not Incident.objects.filter(closed_at=None).exists()


def test_mails_to_confirm_come_before_editions(office: PostOffice, edition: Edition) -> None:
    planned(edition, 3)
    ask(read_address("new@example.org"), "network")
    work()
    assert next(iter(office.times)) == "new@example.org"


def test_the_rate_is_shared(settings: Settings, edition: Edition) -> None:
    settings.OPENGAP_MAIL_PER_SECOND = 10
    planned(edition, 40)
    starts = [queue.claim(Sender(get_connection()).identity, 20)[1] for _ in range(2)]
    assert timedelta(seconds=1.9) < starts[1] - starts[0] < timedelta(seconds=2.1)


def test_the_tick_plans_sends_and_lets_others_be(office: PostOffice, edition: Edition) -> None:
    readers(2)
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=True):
        assert send(20) == {"sent": 2}
        assert send(20) == {}


def test_nobody_is_planned_twice_and_the_paused_not_at_all(edition: Edition) -> None:
    people = readers(3)
    leaving.pause(people[0], timezone.now().date() + timedelta(days=7))
    leaving.unsubscribe(people[1])
    assert (queue.plan(edition), queue.plan(edition)) == (1, 0)


def test_an_old_edition_is_not_planned_any_more(db: None) -> None:
    readers(1)
    assert queue.plan(stored_edition("2020-W10")) == 0


@pytest.mark.django_db(transaction=True)
def test_four_senders_at_once_send_each_mail_once(office: PostOffice) -> None:
    planned(stored_edition(last_week()), 60)
    tallies = list[Counter[str]]()

    def one() -> None:
        try:
            tallies.append(Sender(get_connection()).work(60))
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(tallies, Counter()) == {"sent": 60}
    assert (len(office.times), set(office.times.values())) == (60, {1})
