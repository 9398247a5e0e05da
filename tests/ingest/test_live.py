"""One source collected from where it lives: through the door, from a local mirror, and with no network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from billiard.exceptions import SoftTimeLimitExceeded
from django.utils import timezone
from pytest_django import Settings
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from models_catalog.ingest.live import collect
from models_catalog.ingest.store import LeaseLost
from models_catalog.models import Fetch, Observation, Run, SourceState
from models_catalog.sources.contract import Door, Page, Source
from models_catalog.vocabulary import Outcome
from tests.ingest.invented import BOARD, SOURCE, Row

pytestmark = pytest.mark.django_db

NOWHERE = replace(
    SOURCE,
    slug="nowhere",
    hosts=("nowhere.invalid",),
    boards=(replace(BOARD, url="https://nowhere.invalid/list.json"),),
    pages=lambda get: iter((get("list", "https://nowhere.invalid/list.json"),)),
)
PATH = "/list.json"
ROWS: list[Row] = [{"name": "alpha", "price": "5"}]


@pytest.fixture(autouse=True)
def mirrored(settings: Settings, httpserver: HTTPServer, tmp_path: Path) -> None:
    """The invented source lives on this machine, and what is fetched is kept in the test's own folder."""
    settings.OPENGAP_MIRRORS = {"invented": httpserver.url_for("").rstrip("/")}
    settings.OPENGAP_DATA = tmp_path


def serve(httpserver: HTTPServer, rows: object, **headers: str) -> None:
    """From now on the mirror lists these rows; a request that names its ETag gets a 304."""

    def answer(request: Request) -> Response:
        etag = headers.get("ETag")
        if etag and request.headers.get("If-None-Match") == etag:
            return Response(status=304)
        return Response(json.dumps(rows), 200, headers | {"Content-Type": "application/json"})

    httpserver.clear()
    httpserver.expect_request(PATH).respond_with_handler(answer)


def asked_with(httpserver: HTTPServer) -> list[str | None]:
    """The condition of every request so far."""
    return [request.headers.get("If-None-Match") for request, _ in httpserver.log]


def leased(slug: str = "invented") -> UUID:
    token = uuid4()
    later = timezone.now() + timedelta(minutes=5)
    SourceState.objects.create(slug=slug, lease_token=token, lease_until=later, lease_started=True)
    return token


def test_what_the_source_serves_is_stored_with_how_it_came(httpserver: HTTPServer) -> None:
    serve(httpserver, ROWS, ETag='"one"')
    run = collect(SOURCE)
    assert (run.trigger, run.outcome, run.records, run.inserted) == ("live", Outcome.ACCEPTED, 2, 2)
    fetch = Fetch.objects.get()
    assert (fetch.status, fetch.etag, fetch.url) == (200, '"one"', BOARD.url)
    assert fetch.final_url == httpserver.url_for(PATH)
    assert Observation.objects.filter(fetch=fetch).count() == 2


def test_every_page_is_told_as_it_ends(httpserver: HTTPServer) -> None:
    serve(httpserver, ROWS)
    heard: list[str] = []
    collect(SOURCE, notice=lambda fetch: heard.append(fetch.outcome))
    assert heard == [Outcome.ACCEPTED]


def test_a_304_confirms_what_is_stored(httpserver: HTTPServer) -> None:
    serve(httpserver, ROWS, ETag='"one"')
    collect(SOURCE)
    run = collect(SOURCE)
    assert (run.outcome, run.inserted) == (Outcome.UNCHANGED, 0)
    assert asked_with(httpserver) == [None, '"one"']
    newest = Fetch.objects.latest("id")
    assert (newest.status, newest.outcome) == (304, Outcome.UNCHANGED)
    assert Observation.objects.count() == 2


def test_a_304_that_repeats_no_etag_does_not_forget_it(httpserver: HTTPServer) -> None:
    serve(httpserver, ROWS, ETag='"one"')
    for _ in range(3):
        collect(SOURCE)
    assert asked_with(httpserver) == [None, '"one"', '"one"']


def test_the_etag_of_a_page_that_the_gate_refused_is_never_asked_with(httpserver: HTTPServer) -> None:
    serve(httpserver, ROWS, ETag='"good"')
    collect(SOURCE)
    serve(httpserver, [{"name": "alpha", "price": "-5"}], ETag='"bad"')
    assert collect(SOURCE).outcome == Outcome.QUARANTINED
    assert collect(SOURCE).outcome == Outcome.QUARANTINED
    assert asked_with(httpserver)[-2:] == ['"good"', '"good"']
    assert {row.value["amount"] for row in Observation.objects.filter(kind="price")} == {"5"}


@pytest.mark.parametrize(
    ("body", "status", "outcome", "words"),
    [
        (b"[", 200, Outcome.REJECTED, "JSON"),
        (b"[]", 200, Outcome.REJECTED, "EmptyPayload"),
        (b"<!doctype html><title>Sign in</title>", 200, Outcome.REJECTED, "HTML"),
        (b"gone", 404, Outcome.REJECTED, "answered 404"),
        (b"wait", 429, Outcome.FAILED, "asks to wait until"),
    ],
)
def test_a_page_that_is_not_what_is_due_ends_the_run_with_one_sentence(
    body: bytes, status: int, outcome: Outcome, words: str, httpserver: HTTPServer
) -> None:
    httpserver.expect_request(PATH).respond_with_data(body, status, {"Retry-After": "600"})
    run = collect(SOURCE)
    assert (run.outcome, words in run.reason, "\n" in run.reason) == (outcome, True, False), run.reason
    assert not Observation.objects.exists()
    assert Fetch.objects.get().reason == run.reason


def test_no_network_is_a_failure_that_is_named_and_stores_nothing() -> None:
    token = leased("nowhere")
    before = timezone.now()
    run = collect(NOWHERE, token)
    assert run.outcome == Outcome.FAILED
    assert "nowhere.invalid" in run.reason
    assert "\n" not in run.reason
    assert not Observation.objects.exists()
    state = SourceState.objects.get(slug="nowhere")
    assert state.next_attempt_at is not None
    assert timedelta(0) < state.next_attempt_at - before < timedelta(hours=1)
    assert (state.failures, state.lease_token, state.last_success_at) == (1, None, None)
    assert state.last_reason.startswith("failed: ")


def test_five_failures_in_a_row_hold_the_source_back() -> None:
    for _ in range(6):
        run = collect(NOWHERE)
    assert "paused until" in run.reason
    state = SourceState.objects.get(slug="nowhere")
    assert state.held_until is not None
    assert state.held_until > timezone.now()


def test_a_host_that_asks_to_be_left_alone_is_asked_no_earlier(httpserver: HTTPServer) -> None:
    httpserver.expect_request(PATH).respond_with_data(b"wait", 429, {"Retry-After": "7200"})
    token = leased()
    before = timezone.now()
    collect(SOURCE, token)
    state = SourceState.objects.get(slug="invented")
    assert state.next_attempt_at is not None
    assert state.next_attempt_at - before >= timedelta(hours=2)


def test_a_good_run_gives_the_lease_back_until_the_next_one_is_due(httpserver: HTTPServer) -> None:
    serve(httpserver, ROWS)
    token = leased()
    before = timezone.now()
    collect(SOURCE, token)
    state = SourceState.objects.get(slug="invented")
    assert state.next_attempt_at is not None
    assert state.next_attempt_at - before >= SOURCE.cadence
    assert (state.lease_token, state.failures) == (None, 0)
    assert state.last_success_at is not None


def breaking(error: BaseException) -> Source:
    """The source, whose second page is asked for by code that breaks."""

    def pages(get: Door) -> Iterator[Page]:
        yield get("list", BOARD.url)
        raise error

    return replace(SOURCE, pages=pages)


def test_an_error_of_our_own_is_named_and_ends_this_source_only(httpserver: HTTPServer) -> None:
    serve(httpserver, ROWS)
    token = leased()
    run = collect(breaking(KeyError("cursor")), token)
    assert (run.outcome, run.reason) == (Outcome.FAILED, "our fault: KeyError: 'cursor'")
    assert Observation.objects.exists()  # the first page was good
    assert SourceState.objects.get(slug="invented").lease_token is None


@pytest.mark.parametrize("error", [SoftTimeLimitExceeded(), KeyboardInterrupt(), LeaseLost("taken over")])
def test_a_run_that_is_broken_off_never_claims_success(error: BaseException, httpserver: HTTPServer) -> None:
    serve(httpserver, ROWS)
    token = leased()
    with pytest.raises(type(error)):
        collect(breaking(error), token)
    run = Run.objects.get()
    assert run.outcome == Outcome.FAILED
    assert run.reason.startswith(f"broken off: {type(error).__name__}")
    assert run.finished_at is not None
    state = SourceState.objects.get(slug="invented")
    assert (state.lease_token, state.failures) == (None, 1)


def test_a_source_taken_over_meanwhile_is_left_to_its_new_holder(httpserver: HTTPServer) -> None:
    serve(httpserver, ROWS)
    token, other = leased(), uuid4()
    SourceState.objects.update(lease_token=other)
    with pytest.raises(LeaseLost):
        collect(SOURCE, token)
    assert SourceState.objects.get(slug="invented").lease_token == other
    assert not Observation.objects.exists()


def test_a_folder_can_stand_in_for_the_source(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "recorded" / "invented").mkdir(parents=True)
    (tmp_path / "recorded" / "invented" / "list@2026-01-01.json").write_text(json.dumps(ROWS))
    settings.OPENGAP_MIRRORS = {"invented": str(tmp_path / "recorded")}
    assert collect(SOURCE).outcome == Outcome.ACCEPTED
    assert Observation.objects.filter(kind="price").get().value["amount"] == "5"


def test_a_folder_without_the_page_is_named(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    settings.OPENGAP_MIRRORS = {"invented": str(tmp_path / "empty")}
    run = collect(SOURCE)
    assert (run.outcome, "holds no file for invented/list" in run.reason) == (Outcome.REJECTED, True)
