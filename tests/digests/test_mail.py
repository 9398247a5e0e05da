"""The mail itself, read back by Python's parser from what a real mail host took."""

from __future__ import annotations

import base64
import hashlib

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from pytest_django import Settings

from models_catalog.digests.composing import NothingToTell, compose, drafted
from models_catalog.digests.mail import compose_message
from models_catalog.digests.sending import open_sender
from models_catalog.digests.tick import compose_and_tidy
from models_catalog.digests.weeks import read_week
from models_catalog.models import AIModel, Edition, Subscriber
from models_catalog.vocabulary import FactKind
from tests.digests.editions import planned
from tests.digests.post_office import PostOffice
from tests.web.stored import observe, world

pytestmark = pytest.mark.django_db
WEEK = read_week("2026-W08")


def test_headers_and_parts_as_a_mail_program_reads_them(
    office: PostOffice, edition: Edition, settings: Settings
) -> None:
    settings.OPENGAP_INBOX = {"scheme": "maildir", "path": "/nowhere"}
    row = planned(edition, 1)[0]
    open_sender().work(20)
    [mail] = office.letters
    assert not mail.defects
    assert mail["Subject"] == edition.subject
    assert mail["Message-ID"] == f"<{row.message_id}@localhost.localdomain>"
    assert mail["List-ID"] == "Open Gap weekly digest <digest.localhost.localdomain>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    https, mailto = mail["List-Unsubscribe"].strip().split(", ")
    assert https.startswith("<http://127.0.0.1:8000/digest/unsubscribe/")
    assert mailto.startswith("<mailto:unsubscribe@localhost.localdomain?subject=unsubscribe%20")
    assert [part.get_content_type() for part in mail.walk() if not part.is_multipart()] == [
        "text/plain", "text/html", "image/png",
    ]  # fmt: skip
    html = mail.get_body(("html",))
    assert html is not None
    assert "<!--[" not in html.get_content()
    assert "reader0@example.org" in html.get_content()


def test_a_topic_left_out_is_left_out_of_both_parts(edition: Edition) -> None:
    row = planned(edition, 1)[0]
    Subscriber.objects.update(topics=["gap"])
    row.refresh_from_db()
    message = compose_message(row)
    assert "PRICES" not in str(message.body)
    assert "Prices" not in str(message.alternatives[0][0])


def test_an_edition_is_composed_once_frozen_and_the_same_everywhere(client: object) -> None:
    from django.test import Client

    world()
    edition = compose(WEEK)
    assert compose(WEEK).sha256 == edition.sha256
    assert len(edition.html.encode()) < 100_000
    sentence = edition.content["headline"]["sentence"]
    page = Client().get(reverse("edition", args=[edition.week])).content.decode()
    said = Client().get(reverse("edition-json", args=[edition.week])).json()
    text = Client().get(reverse("edition-text", args=[edition.week])).content.decode()
    assert all(sentence in BeautifulSoup(part, "lxml").get_text() for part in (page, text, edition.html))
    assert (said["headline"]["sentence"], said["sha256"]) == (sentence, edition.sha256)
    assert "[topic:" not in text
    sections = {part["slug"] for part in said["sections"]}
    assert sections >= {"releases", "prices", "licences", "lifecycle", "claims"}
    [frozen], [picture] = edition.pictures, said["pictures"]
    shown = Client().get(picture["path"])
    assert shown.content == base64.b64decode(frozen["png"])
    assert (shown["Content-Type"], hashlib.sha256(shown.content).hexdigest()) == (
        "image/png",
        picture["sha256"],
    )
    assert frozen["wide"] in page
    assert picture["alt"] in BeautifulSoup(page, "lxml").get_text()
    assert Client().get(picture["path"].replace("frontier", "another")).status_code == 404


def test_a_release_names_who_states_its_day_and_leads_there(db: None) -> None:
    made = world()
    AIModel.objects.filter(slug="birch-3").update(released=WEEK.sunday)
    row = observe(made, "epoch", made.models["Birch 3"], FactKind.RELEASE, {"date": f"{WEEK.sunday}"})
    draft = drafted(WEEK)
    [releases] = [part for part in draft.content["sections"] if part["slug"] == "releases"]
    [item] = [one for group in releases["groups"] for one in group["items"] if one["model"] == "birch-3"]
    assert (item["source"], item["evidence"]) == ("Epoch AI, 27 Feb 2026", f"/evidence/{row.pk}/")
    assert f"/evidence/{row.pk}/" in draft.html


def test_the_picture_has_words_that_replace_it(db: None) -> None:
    world()
    image = BeautifulSoup(drafted(WEEK).html, "lxml").img
    assert image is not None
    assert "points above" in str(image["alt"])


def test_without_data_there_is_no_edition(db: None) -> None:
    assert compose_and_tidy() == ""
    with pytest.raises(NothingToTell):
        compose(WEEK)


def test_a_quiet_week_says_so(db: None) -> None:
    world()
    draft = drafted(read_week("2026-W20"))
    assert draft.quiet
    assert draft.subject.startswith("A quiet week: ")
    assert "No list price we follow has changed." in draft.text
