"""The digest's forms as people, scanners, mail programs and attackers use them."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from models_catalog.digests.tick import send
from models_catalog.models import Ask, Delivery, Subscriber, Suppression
from models_catalog.subscriptions.tokens import Purpose, token_for
from models_catalog.vocabulary import MailKind, Standing
from tests.web.reading import heading, page, text_of
from tests.web.stored import World

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

pytestmark = pytest.mark.django_db


def subscribe(client: Client, address: str, **extra: str) -> Response:
    return client.post(reverse("digest-ask"), {"address": address, **extra}, headers={})


def pending(client: Client) -> Subscriber:
    assert subscribe(client, "reader@example.org").status_code == 302
    return Subscriber.objects.get()


def active(client: Client) -> Subscriber:
    person = pending(client)
    client.post(reverse("digest-confirm", args=[token_for(person, Purpose.CONFIRM)]))
    return Subscriber.objects.get()


def snapshot() -> list[object]:
    tables = (Subscriber, Delivery, Suppression, Ask)
    return [list(table._default_manager.order_by("pk").values()) for table in tables]


def test_every_page_has_the_form_once_at_its_foot_or_beside_its_text(client: Client, stored: World) -> None:
    for address, place in (("/gap/", "body > footer"), ("/status/", "body > footer"), ("/digest/", "aside")):
        [form] = page(client, address).select("form.subscribe[method=post]")
        assert form in page(client, address).select(f"{place} form"), address
        assert form["action"] == reverse("digest-ask")


def test_subscribing_from_form_to_reader(client: Client) -> None:
    response = subscribe(client, "reader@example.org", time_zone="Europe/Vienna")
    assert response["Location"] == reverse("digest-asked")
    person = Subscriber.objects.get()
    assert person.time_zone == "Europe/Vienna"
    address = reverse("digest-confirm", args=[token_for(person, Purpose.CONFIRM)])
    assert heading(page(client, address)) == "Send you the weekly digest?"
    assert heading_of(client.post(address)) == "You are subscribed."
    assert Subscriber.objects.get().standing == Standing.ACTIVE


def heading_of(response: Response) -> str:
    from bs4 import BeautifulSoup

    return text_of(BeautifulSoup(response.content.decode(), "lxml").h1)


def test_the_answer_is_the_same_for_every_address(client: Client) -> None:
    answers = [subscribe(client, address) for address in ("a@example.org", "a@example.org", "b@example.org")]
    assert {(answer.status_code, answer["Location"], answer.content) for answer in answers} == {
        (302, reverse("digest-asked"), b"")
    }


@pytest.mark.parametrize(
    "address", ["reader@example.org\r\nBcc: x@example.org", "reader@example.org\nCc: x@y.org", "no address", "",
                "a" * 64 + "@" + ".".join(["b" * 62] * 4) + ".org", "\x00@example.org", "読者@example.org"]
)  # fmt: skip
def test_a_bad_address_is_told_so_and_nothing_is_stored(client: Client, address: str) -> None:
    response = subscribe(client, address)
    assert response.status_code == 400
    assert heading_of(response) == "That did not work yet."
    assert snapshot() == [[], [], [], []]


def test_an_address_with_a_domain_in_its_own_letters_is_taken(client: Client) -> None:
    assert subscribe(client, "leser@bücher.example").status_code == 302
    assert Subscriber.objects.get().address == "leser@xn--bcher-kva.example"


def test_the_sixth_ask_of_a_network_is_refused_for_an_hour(client: Client) -> None:
    for number in range(5):
        assert subscribe(client, f"reader{number}@example.org").status_code == 302
    refused = subscribe(client, "reader9@example.org")
    assert (refused.status_code, refused["Retry-After"]) == (429, "3600")
    assert (
        client.post(reverse("digest-ask"), {"address": "x@example.org"}, REMOTE_ADDR="192.0.2.7").status_code
        == 302
    )


def test_a_forged_forwarding_header_does_not_help(client: Client, settings: Settings) -> None:
    for number in range(5):
        subscribe(client, f"reader{number}@example.org")
    forged = {"x-forwarded-for": "203.0.113.5"}
    address = {"address": "z@example.org"}
    assert client.post(reverse("digest-ask"), address, headers=forged).status_code == 429
    settings.OPENGAP_TRUSTED_PROXIES = ["127.0.0.1"]
    through = {"x-forwarded-for": "198.51.100.1, 203.0.113.6"}
    assert client.post(reverse("digest-ask"), address, headers=through).status_code == 302
    assert len(set(Ask.objects.values_list("network_hash", flat=True))) == 2


def test_looking_changes_nothing(client: Client) -> None:
    person = active(client)
    before = snapshot()
    for name, purpose in (
        ("digest-confirm", Purpose.CONFIRM),
        ("digest-settings", Purpose.MANAGE),
        ("digest-unsubscribe", Purpose.UNSUBSCRIBE),
        ("digest-data", Purpose.MANAGE),
    ):
        address = reverse(name, args=[token_for(person, purpose)])
        for method in (client.get, client.head):
            response = method(address)
            assert response.status_code == 200, name
            assert response["Cache-Control"] == "no-store, private"
            assert response["Referrer-Policy"] == "no-referrer"
            assert not response.cookies
    assert client.get(reverse("digest-ask")).status_code == 405
    assert snapshot() == before


def test_one_click_ends_it_without_cookies_or_csrf() -> None:
    strict = Client(enforce_csrf_checks=True)
    person = active(strict)
    address = reverse("digest-unsubscribe", args=[token_for(person, Purpose.UNSUBSCRIBE)])
    response = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})
    assert (response.status_code, heading_of(response)) == (200, "You are unsubscribed.")
    assert not response.cookies
    assert Subscriber.objects.get().standing == Standing.ENDED
    assert Client().post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_a_token_opens_no_other_page(client: Client) -> None:
    person = active(client)
    for name, right in (
        ("digest-confirm", Purpose.CONFIRM),
        ("digest-settings", Purpose.MANAGE),
        ("digest-unsubscribe", Purpose.UNSUBSCRIBE),
    ):
        for purpose in set(Purpose) - {right}:
            for method in (client.get, client.post):
                assert method(reverse(name, args=[token_for(person, purpose)])).status_code == 404
    assert Subscriber.objects.get().standing == Standing.ACTIVE


def test_an_expired_link_says_so_and_offers_a_new_one(client: Client) -> None:
    address = reverse("digest-confirm", args=[token_for(pending(client), Purpose.CONFIRM)])
    with time_machine.travel(timezone.now() + timedelta(hours=73), tick=False):
        found = page(client, address, status=410)
        assert heading(found) == "This link has expired."
        assert found.select_one("form.subscribe")
        assert client.post(address).status_code == 410
    assert Subscriber.objects.get().standing == Standing.PENDING


def test_wishes_are_saved_shown_again_and_named_when_wrong(client: Client, stored: World) -> None:
    address = reverse("digest-settings", args=[token_for(active(client), Purpose.MANAGE)])
    wishes = {
        "act": "save", "topics": ["gap", "prices"], "often": "changes", "weekday": "5", "time_zone": "Asia/Tokyo",
        "models": "Birch 3\namber-4", "organizations": ["invented-lab"],
    }  # fmt: skip
    assert client.post(address, wishes).status_code == 200
    person = Subscriber.objects.get()
    assert (person.topics, person.often, person.weekday, person.time_zone) == (
        ["gap", "prices"], "changes", 5, "Asia/Tokyo",
    )  # fmt: skip
    assert (person.watched, person.organizations) == (["birch-3", "amber-4"], ["invented-lab"])
    shown = page(client, address)
    assert [box["value"] for box in shown.select("[name=topics][checked]")] == ["gap", "prices"]
    wrong = client.post(address, wishes | {"models": "No Such Model <b>"})
    assert wrong.status_code == 400
    assert "There is no model “No Such Model &lt;b&gt;”" in wrong.content.decode()


def test_pausing_and_its_end(client: Client) -> None:
    address = reverse("digest-settings", args=[token_for(active(client), Purpose.MANAGE)])
    client.post(address, {"act": "pause", "weeks": "4"})
    assert Subscriber.objects.get().paused_until == timezone.now().date() + timedelta(weeks=4)
    client.post(address, {"act": "pause", "weeks": "0"})
    assert Subscriber.objects.get().paused_until is None
    assert client.post(address, {"act": "explode"}).status_code == 400


def test_one_takes_ones_data_along_and_is_forgotten(client: Client) -> None:
    token = token_for(active(client), Purpose.MANAGE)
    data = json.loads(client.get(reverse("digest-data", args=[token])).content)
    assert data["address"] == "reader@example.org"
    assert [step["step"] for step in data["consents"]] == ["asked", "confirmed"]
    address = reverse("digest-settings", args=[token])
    assert client.post(address, {"act": "erase"}).status_code == 400
    assert heading_of(client.post(address, {"act": "erase", "sure": "yes"})) == "Your data is erased."
    assert not Subscriber.objects.exists()
    assert client.get(address).status_code == 404


def test_the_readers_page_has_labels_and_unique_ids(client: Client, stored: World) -> None:
    found = page(client, reverse("digest-settings", args=[token_for(active(client), Purpose.MANAGE)]))
    ids = [str(tag["id"]) for tag in found.select("[id]")]
    assert len(ids) == len(set(ids))
    for control in found.select("input, select, textarea"):
        assert found.select_one(f'label[for="{control.get("id")}"]'), control


def test_an_empty_archive_says_when_the_first_edition_comes(client: Client) -> None:
    assert "No edition has been composed yet." in text_of(page(client, "/digest/").main)
    for address in ("/digest/2026-W34/", "/digest/2026-W34.json", "/digest/2026-W99.txt"):
        assert client.get(address).status_code == 404


def test_the_mailbox_is_there_in_a_demo_only(client: Client, settings: Settings) -> None:
    assert client.get("/mailbox/").status_code == 404
    settings.OPENGAP_MAILBOX = True
    assert "No mail has been sent yet." in text_of(page(client, "/mailbox/").main)
    for name in ("../../etc/passwd", "x.eml", "%2e%2e"):
        assert client.get(f"/mailbox/{name}/").status_code == 404


def test_a_mail_that_was_sent_is_shown_with_its_own_styles_and_no_script(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.OPENGAP_MAILBOX, settings.EMAIL_FILE_PATH = True, tmp_path
    settings.EMAIL_BACKEND = "models_catalog.subscriptions.mailbox.FolderBackend"
    pending(client)
    assert send(10) == {"sent": 1}
    shown = page(client, "/mailbox/")
    assert "Please confirm: the weekly digest of Open Gap" in text_of(shown.select_one("#letter"))
    frame = shown.iframe
    assert frame is not None
    letter = client.get(str(frame["src"]))
    assert "Confirm on our page" in letter.content.decode()
    assert "script-src 'none'" in letter["Content-Security-Policy"]


def test_only_mails_to_confirm_were_asked_for(client: Client) -> None:
    pending(client)
    assert [row.kind for row in Delivery.objects.all()] == [MailKind.CONFIRM]
