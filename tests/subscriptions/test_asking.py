"""Asking is the same for every address; limits hold; consent, pause, erasure leave the right rows behind."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from models_catalog.models import Ask, Consent, Delivery, Subscriber, Suppression
from models_catalog.subscriptions import leaving, limits
from models_catalog.subscriptions.addresses import read_address
from models_catalog.subscriptions.asking import ask, confirm, suppressed
from models_catalog.subscriptions.limits import TooMany
from models_catalog.subscriptions.wishes import Wishes, read_wishes, save_wishes
from models_catalog.vocabulary import DeliveryState, DigestTopic, MailKind, Often, Standing, Suppressed

pytestmark = pytest.mark.django_db
ADDRESS = read_address("reader@example.org")
MakeReader = Callable[..., Subscriber]


def test_asking_writes_one_pending_subscriber_one_consent_and_one_mail() -> None:
    ask(ADDRESS, "network")
    found = Subscriber.objects.get()
    assert (found.address, found.standing) == ("reader@example.org", Standing.PENDING)
    assert [step.step for step in found.consents.all()] == ["asked"]
    assert [(row.kind, row.state) for row in Delivery.objects.all()] == [("confirm", "pending")]


def test_who_reads_already_gets_a_reminder_and_stays_a_reader(reader: MakeReader) -> None:
    reader()
    ask(ADDRESS, "network")
    assert Subscriber.objects.get().standing == Standing.ACTIVE
    assert Delivery.objects.get().kind == MailKind.REMIND


def test_known_unknown_and_suppressed_addresses_cost_the_same_statements(reader: MakeReader) -> None:
    reader("known@example.org")
    leaving.suppress(read_address("suppressed@example.org").hash, Suppressed.COMPLAINED)
    said = dict[str, list[str]]()
    for name in ("known", "unknown", "suppressed", "unknown"):  # the last: asked for a second time
        with CaptureQueriesContext(connection) as queries:
            ask(read_address(f"{name}@example.org"), name)
        said[name] = [shape(query["sql"]) for query in queries]
    assert said["known"] == said["unknown"] == said["suppressed"]
    assert len(said["known"]) > 6


VERBS = {"SELECT", "INSERT", "UPDATE", "DELETE", "SAVEPOINT", "RELEASE"}


def shape(sql: str) -> str:
    """Verb and tables, without values."""
    return " ".join(word for word in sql.split() if word in VERBS or word.startswith('"models_catalog_'))[:60]


def test_one_address_gets_one_mail_a_day_and_the_asker_learns_nothing() -> None:
    for number in range(3):
        ask(ADDRESS, f"network {number}")
    assert [row.state for row in Delivery.objects.order_by("id")] == ["pending", "skipped", "skipped"]
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        ask(ADDRESS, "network")
    assert Delivery.objects.filter(state=DeliveryState.PENDING).count() == 2


def test_a_network_may_ask_five_times_an_hour() -> None:
    for number in range(limits.PER_NETWORK_HOUR):
        ask(read_address(f"reader{number}@example.org"), "network")
    with pytest.raises(TooMany):
        ask(read_address("another@example.org"), "network")
    ask(read_address("another@example.org"), "elsewhere")
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        ask(read_address("third@example.org"), "network")


def test_asks_that_send_nothing_count_against_their_network_too() -> None:
    for _ in range(limits.PER_NETWORK_HOUR):
        ask(ADDRESS, "network")
    with pytest.raises(TooMany):
        ask(ADDRESS, "network")


def test_all_together_get_two_hundred_mails_an_hour() -> None:
    now = timezone.now()
    Ask.objects.bulk_create(
        Ask(at=now, network_hash=f"n{number}", address_hash=f"a{number}") for number in range(limits.PER_HOUR)
    )
    with pytest.raises(TooMany):
        ask(ADDRESS, "network")
    assert not Subscriber.objects.exists()


def test_confirming_twice_is_confirming_once() -> None:
    ask(ADDRESS, "network")
    person = Subscriber.objects.get()
    assert [confirm(person), confirm(person)] == [True, False]
    assert [step.step for step in person.consents.all()] == ["asked", "confirmed"]
    assert Subscriber.objects.get().confirmed_at


def test_every_step_of_consent_keeps_its_wording_and_time(reader: MakeReader) -> None:
    person = reader()
    leaving.pause(person, date(2099, 1, 1))
    leaving.unsubscribe(person)
    assert [step.step for step in Consent.objects.all()] == ["paused", "withdrawn"]
    assert all(step.wording_version and step.at for step in Consent.objects.all())


def test_unsubscribing_takes_back_what_waits(reader: MakeReader) -> None:
    ask(ADDRESS, "network")
    person = Subscriber.objects.get()
    assert leaving.unsubscribe(person)
    assert not leaving.unsubscribe(person)
    assert Delivery.objects.get().state == DeliveryState.SKIPPED


def test_erasing_leaves_a_keyed_hash_and_nothing_else() -> None:
    ask(ADDRESS, "network")
    leaving.erase(Subscriber.objects.get())
    assert not Subscriber.objects.exists()
    assert not Consent.objects.exists()
    row = Delivery.objects.get()
    assert (row.subscriber, row.state) == (None, DeliveryState.SKIPPED)
    assert suppressed(ADDRESS.hash)
    assert "reader" not in Suppression.objects.get().address_hash
    assert Suppression.objects.get().until > timezone.now() + timedelta(days=360)


def test_a_complaint_is_not_forgotten_sooner_by_erasing(reader: MakeReader) -> None:
    leaving.suppress(ADDRESS.hash, Suppressed.COMPLAINED)
    leaving.erase(reader())
    assert Suppression.objects.get().reason == Suppressed.COMPLAINED


def test_the_export_holds_every_field_of_the_person(reader: MakeReader) -> None:
    person = reader(watched=["birch-3"])
    leaving.pause(person, date(2099, 1, 1))
    said = leaving.export(person)
    stored = {field.name for field in Subscriber._meta.get_fields() if not field.is_relation}
    internal = {"id", "key", "address_hash", "round"}
    assert stored - internal == (set(said) | {"watched"}) - {
        "watched_models",
        "consents",
        "deliveries",
        "suppression",
    }
    assert said["consents"][0]["wording"]


def test_what_is_over_is_tidied_away(reader: MakeReader) -> None:
    ask(ADDRESS, "network")
    reader("kept@example.org")
    reader("ended@example.org", standing=Standing.ENDED, ended_at=timezone.now())
    leaving.suppress("hash", Suppressed.BOUNCED)
    leaving.tidy(timezone.now() + timedelta(days=8))
    assert {person.address for person in Subscriber.objects.all()} == {
        "kept@example.org",
        "ended@example.org",
    }
    leaving.tidy(timezone.now() + timedelta(days=200))
    assert [person.address for person in Subscriber.objects.all()] == ["kept@example.org"]
    assert not Suppression.objects.exists()
    assert not Ask.objects.exists()


def test_wishes_are_kept_and_the_waiting_edition_is_planned_anew(reader: MakeReader) -> None:
    person = reader()
    wishes = Wishes((DigestTopic.GAP,), (), (), Often.CHANGES, "Asia/Kathmandu", 4)
    save_wishes(person, wishes)
    assert Wishes.of(Subscriber.objects.get()) == wishes


@pytest.mark.parametrize(
    ("fields", "topics", "problem"),
    [
        ({}, ["gap"], "time zone"),
        ({"time_zone": "Mars/Base", "weekday": "1", "often": "weekly"}, ["gap"], "time zone"),
        ({"time_zone": "UTC", "weekday": "8", "often": "weekly"}, ["gap"], "day of the week"),
        ({"time_zone": "UTC", "weekday": "1", "often": "hourly"}, ["gap"], "how often"),
        ({"time_zone": "UTC", "weekday": "1", "often": "weekly"}, ["horoscope"], "at least one topic"),
    ],
)
def test_wishes_that_make_no_sense_are_named(fields: dict[str, str], topics: list[str], problem: str) -> None:
    _, problems = read_wishes(fields, topics, [], [])
    assert problem in " ".join(problems)
