"""The admin: tables to look at and none to edit; pages in quarantine are decided on with a reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from models_catalog.ingest import review
from models_catalog.ingest.identity import refresh_identity
from models_catalog.models import (
    Alias,
    Decision,
    Fetch,
    Incident,
    Observation,
    Resolution,
    SourceState,
)
from models_catalog.sources.contract import Bounds, ReleaseSeen
from models_catalog.vocabulary import Outcome
from tests.ingest.invented import BOARD, SOURCE, Row, on, take
from tests.ingest.stated import release, state
from tests.web.reading import text_of

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.admin_addresses")]

STRICT = replace(SOURCE, boards=(replace(BOARD, bounds=Bounds()),))
MANY: list[Row] = [{"name": f"model {number}", "price": "5"} for number in range(20)]
UNREAD: list[Row] = [*MANY, {"name": "<script>alert(1)</script>\u202e", "price": "-5"}]
PAGES = "/admin/models_catalog/fetch/"
NAMES = "/admin/models_catalog/resolution/"


@pytest.fixture
def quarantined(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Fetch:
    """A page with one impossible price, after one that was accepted."""
    settings.OPENGAP_DATA = tmp_path
    monkeypatch.setattr(review, "by_slug", lambda _slug: STRICT)
    take(tmp_path, MANY, on(1), STRICT)
    fetch = take(tmp_path, UNREAD, on(2), STRICT)
    assert fetch.outcome == Outcome.QUARANTINED
    return fetch


def decide(client: Client, word: str, fetch: Fetch, **fields: str) -> Response:
    """The action on one page, as the list's form sends it."""
    chosen = {"action": f"{word}_pages", "_selected_action": str(fetch.pk)}
    return client.post(PAGES, chosen | fields, follow=True)


def said(response: Response) -> str:
    return text_of(BeautifulSoup(response.content.decode(), "lxml").select_one("#content, .messagelist"))


def messages_of(response: Response) -> str:
    return text_of(BeautifulSoup(response.content.decode(), "lxml").select_one(".messagelist"))


def test_every_table_but_the_partitioned_and_the_internal_can_be_looked_at(
    admin_client: Client, quarantined: Fetch
) -> None:
    ours = set(apps.get_app_config("models_catalog").get_models())
    shown = ours & set(admin.site._registry)
    assert {table.__name__ for table in ours - shown} == {
        "CurrentObservation", "DownloadSample", "Fit", "Generation", "History", "Refusal",
    }  # fmt: skip
    for table in shown:
        assert (
            admin_client.get(reverse(f"admin:models_catalog_{table._meta.model_name}_changelist")).status_code
            == 200
        )
        row = table._default_manager.first()
        if row is not None:
            address = reverse(f"admin:models_catalog_{table._meta.model_name}_change", args=[row.pk])
            assert admin_client.get(address).status_code == 200


def test_nothing_can_be_added_changed_or_deleted(admin_client: Client, quarantined: Fetch) -> None:
    for table in ("fetch", "observation", "subject", "aimodel", "run", "incident"):
        assert admin_client.get(reverse(f"admin:models_catalog_{table}_add")).status_code == 403
    row = Observation.objects.latest("id")
    address = reverse("admin:models_catalog_observation_change", args=[row.pk])
    assert admin_client.post(address, {"key": "another"}).status_code == 403
    assert (
        admin_client.post(reverse("admin:models_catalog_observation_delete", args=[row.pk])).status_code
        == 403
    )
    assert "delete_selected" not in admin_client.get(PAGES).content.decode()


def test_a_page_in_quarantine_shows_its_reason_its_problems_and_their_quotes(
    admin_client: Client, quarantined: Fetch
) -> None:
    response = admin_client.get(f"{PAGES}{quarantined.pk}/change/")
    words = said(response)
    assert "1 impossible value(s)" in words
    assert "a price cannot be negative or endless" in words
    assert "$-5 / MTok" in words
    assert "\\u202e" in words
    assert b"<script>alert(1)" not in response.content


def test_a_decision_asks_for_its_reason_first(admin_client: Client, quarantined: Fetch) -> None:
    asked = decide(admin_client, "accept", quarantined)
    assert "Why accept?" in said(asked)
    assert "1 impossible value(s)" in said(asked)
    still = decide(admin_client, "accept", quarantined, reason="   ")
    assert "This field is required." in said(still)
    assert Fetch.objects.get(pk=quarantined.pk).outcome == Outcome.QUARANTINED
    assert not Decision.objects.exists()


def test_a_page_is_accepted_with_a_reason_and_under_a_name(admin_client: Client, quarantined: Fetch) -> None:
    before = Observation.objects.count()
    response = decide(admin_client, "accept", quarantined, reason="a typing error in one row")
    assert f"Page {quarantined.pk} accepted: 1 values, 0 withdrawn" in messages_of(response)
    decision = Decision.objects.get()
    assert (decision.verdict, decision.reason, decision.decided_by) == (
        "accepted",
        "a typing error in one row",
        "admin",
    )
    assert Observation.objects.count() == before + 1  # the row's release; its price stays out
    assert not Incident.objects.filter(closed_at=None).exists()


def test_a_page_is_rejected_with_a_reason(admin_client: Client, quarantined: Fetch) -> None:
    before = Observation.objects.count()
    response = decide(admin_client, "reject", quarantined, reason="a broken page")
    assert f"Page {quarantined.pk} rejected" in messages_of(response)
    assert Fetch.objects.get(pk=quarantined.pk).outcome == Outcome.REJECTED
    assert Observation.objects.count() == before


def test_a_page_that_is_not_in_quarantine_is_left_alone_with_a_word(
    admin_client: Client, quarantined: Fetch
) -> None:
    accepted = Fetch.objects.get(outcome=Outcome.ACCEPTED)
    response = decide(admin_client, "reject", accepted, reason="no")
    assert f"Page {accepted.pk}: page {accepted.pk} is not in quarantine: it is accepted" in messages_of(
        response
    )


def test_a_page_whose_bytes_are_gone_is_not_accepted(
    admin_client: Client, quarantined: Fetch, tmp_path: Path
) -> None:
    for path in (tmp_path / "raw").rglob("*.zst"):
        path.unlink()
    response = decide(admin_client, "accept", quarantined, reason="fine")
    assert "the archive has no payload" in messages_of(response)
    assert Fetch.objects.get(pk=quarantined.pk).outcome == Outcome.QUARANTINED


def test_who_may_only_look_cannot_decide(client: Client, quarantined: Fetch) -> None:
    looker = User.objects.create_user("looker", password="x", is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_fetch"))
    client.force_login(looker)
    assert client.get(PAGES).status_code == 200
    decide(client, "reject", quarantined, reason="because")
    assert Fetch.objects.get(pk=quarantined.pk).outcome == Outcome.QUARANTINED


def test_a_disabled_source_is_enabled_again(admin_client: Client) -> None:
    SourceState.objects.create(slug="aider", enabled=False, challenges=3)
    address = reverse("admin:models_catalog_sourcestate_changelist")
    admin_client.post(address, {"action": "enable_sources", "_selected_action": "aider"})
    state = SourceState.objects.get(slug="aider")
    assert (state.enabled, state.challenges, state.next_attempt_at) == (True, 0, None)


@pytest.mark.urls("tracker.urls")
def test_the_admin_is_not_there_unless_asked_for(client: Client) -> None:
    assert client.get("/admin/").status_code == 404


def test_a_name_that_waits_is_given_its_model_with_a_reason(admin_client: Client, tmp_path: Path) -> None:
    state(tmp_path, release("Amber 1"))
    odd = ReleaseSeen(model="yellow-one", name="yellow-one")
    state(tmp_path, odd, source="openrouter", board="models")
    refresh_identity()
    waiting = Resolution.objects.get(model=None)
    chosen = {"action": "name_them", "_selected_action": str(waiting.pk)}
    asked = admin_client.post(NAMES, chosen, follow=True)
    assert "Which model do these names mean?" in said(asked)
    told = admin_client.post(NAMES, chosen | {"target": "amber-1", "reason": "Their page."}, follow=True)
    assert "ellow-one -> amber-1" in messages_of(told)
    row = Alias.objects.get(name="yellow-one")
    assert (row.reviewed_by, row.reason, row.source) == ("admin", "Their page.", "openrouter")
    assert Resolution.objects.get(subject=waiting.subject).model is not None
