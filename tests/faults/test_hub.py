"""Faults 25 to 28: lists in many pages, renamed repositories, totals that fall."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from models_catalog.models import DownloadSample, Fetch, Observation, Subject
from models_catalog.sources import huggingface
from models_catalog.sources.contract import Door, Page
from models_catalog.vocabulary import FactKind, Outcome
from tests.faults.offers import repository
from tests.faults.world import World, extended, snapshot
from tests.fetch.fault_server import Connection, Reply, Request, response

PAGES = 10
Rows = Callable[[dict[str, str]], Reply]


def by_query(answer: Rows) -> Reply:
    """Answers by what is asked for after the question mark."""

    def reply(connection: Connection, request: Request) -> bool:
        query = {key: values[-1] for key, values in parse_qs(urlsplit(request.path).query).items()}
        return answer(query)(connection, request)

    return reply


def rows(*found: dict[str, Any], **headers: str) -> Reply:
    return response(json.dumps(found).encode(), headers=headers)


def of_organization(query: dict[str, str], failing: str, failure: Reply) -> Reply:
    name, number = query["author"], huggingface.WATCHED.index(query["author"])
    return failure if name == failing else rows(repository(f"{name}/model", number))


def sweep(get: Door) -> Iterator[Page]:
    """The Hub's list, page after page by the cursor each answer names. Invented: the source does not sweep yet."""
    following: str | None = "https://huggingface.co/api/models?cursor=0"
    while following:
        page = get("models", following)
        yield page
        following = page.next_url


def page_of_sweep(query: dict[str, str], refused_at: int, failure: Reply) -> Reply:
    number = int(query["cursor"])
    if number == refused_at:
        return failure
    link = f'<https://huggingface.co/api/models?cursor={number + 1}>; rel="next"'
    return rows(repository(f"lab/model-{number}", number), **({"Link": link} if number < PAGES - 1 else {}))


def sweeping(world: World, refused_at: int, failure: Reply) -> World:
    world.source = replace(world.source, pages=sweep)
    world.serve(by_query(lambda query: page_of_sweep(query, refused_at, failure)))
    return world


def test_fault_25_pages_before_the_one_that_dies_stay_and_the_rest_is_named(hub: World) -> None:
    run = sweeping(hub, 7, response(b"", 500)).collect()
    assert (run.outcome, run.inserted) == (Outcome.FAILED, 7 * 4)
    assert [fetch.outcome for fetch in Fetch.objects.filter(run=run).order_by("id")] == 7 * ["accepted"] + [
        "failed"
    ]
    assert Subject.objects.filter(source="huggingface").count() == 7
    incident = hub.incident()
    assert incident.detail == "ServerFailure: huggingface.co answered 500 (tried 3 times)"
    assert incident.fetch.url.endswith("cursor=7")
    assert incident.next_try_at is not None
    assert incident.detail in hub.text("/status/")


def test_fault_25_the_next_sweep_begins_again_and_doubles_nothing(hub: World) -> None:
    sweeping(hub, 7, response(b"", 500)).collect()
    before = snapshot()
    run = sweeping(hub, -1, response(b"", 500)).collect()
    assert run.outcome == Outcome.ACCEPTED
    assert extended(before)
    assert Subject.objects.filter(source="huggingface").count() == PAGES
    assert Observation.objects.filter(subject__source="huggingface").count() == 2 * PAGES
    assert DownloadSample.objects.count() == 2 * PAGES
    assert not hub.state.failures


def test_fault_26_a_cursor_that_is_refused_is_no_reason_to_ask_again(hub: World) -> None:
    run = sweeping(hub, 4, response(b'{"error": "invalid cursor"}', 400)).collect()
    assert run.outcome == Outcome.REJECTED
    assert run.reason == "RequestRefused: huggingface.co answered 400: it refuses this request"
    assert len(hub.server.requests) == 5
    assert Subject.objects.filter(source="huggingface").count() == 4
    assert hub.incident().cause == "RequestRefused"


def test_fault_25_an_organisation_that_does_not_answer_leaves_those_before_it(hub: World) -> None:
    failing = huggingface.WATCHED[5]
    hub.server.on("/api/models", by_query(lambda query: of_organization(query, failing, response(b"", 500))))
    run = hub.collect()
    assert run.outcome == Outcome.FAILED
    assert Subject.objects.filter(source="huggingface").count() == 5
    assert f"author={failing}" in hub.incident().fetch.url


def test_trouble_with_one_organisation_is_one_incident_over_many_runs(hub: World) -> None:
    failing = huggingface.WATCHED[2]
    hub.server.on("/api/models", by_query(lambda query: of_organization(query, failing, response(b"", 500))))
    for _ in range(3):
        hub.collect()
    assert hub.incident().times == 3


@pytest.fixture
def amber(hub: World) -> World:
    """One repository, collected once."""
    hub.source = replace(hub.source, pages=lambda get: iter((get("models", hub.source.boards[0].url),)))
    hub.serve(rows(repository("lab/Amber")))
    assert hub.collect().outcome == Outcome.ACCEPTED
    return hub


def test_fault_27_a_renamed_repository_is_the_same_subject_under_its_new_name(amber: World) -> None:
    before = Subject.objects.get(source="huggingface")
    amber.serve(rows(repository("lab/Amber-1", downloads=1_200)))
    assert amber.collect().outcome == Outcome.ACCEPTED
    after = Subject.objects.get(source="huggingface")
    assert (after.pk, before.name, after.name) == (before.pk, "lab/Amber", "lab/Amber-1")
    names = Observation.objects.filter(subject=after, kind=FactKind.RELEASE).order_by("id")
    assert [row.value["hub_repository"] for row in names] == ["lab/Amber", "lab/Amber-1"]


def test_fault_28_a_total_that_falls_is_stored_and_said_to_have_fallen(amber: World) -> None:
    before = snapshot()
    amber.serve(rows(repository("lab/Amber", downloadsAllTime=30_000)))
    run = amber.collect()
    assert (run.outcome, run.reason) == (Outcome.ACCEPTED, "1 all-time count(s) fell")
    assert extended(before)
    counts = DownloadSample.objects.filter(window="all-time").order_by("observed_at")
    assert [sample.count for sample in counts] == [50_000, 30_000]
    [problem] = Fetch.objects.latest("id").problems
    assert problem["reason"] == "all-time downloads fell from 50000 to 30000: corrected there"


def test_fault_28_a_trailing_count_may_fall_without_a_word(amber: World) -> None:
    amber.serve(rows(repository("lab/Amber", downloads=10)))
    run = amber.collect()
    assert (run.outcome, run.reason) == (Outcome.ACCEPTED, "")
