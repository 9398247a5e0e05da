"""Findings are kept for one generation of the data, and no longer."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from models_catalog.findings.catalogue import filter_choices
from models_catalog.findings.landscape import LandscapeQuery, landscape
from models_catalog.findings.remembered import remembered, single_flight
from models_catalog.findings.status import source_lines
from models_catalog.ingest.identity import refresh_identity
from models_catalog.models import AIModel, Generation
from tests.ingest.invented import on
from tests.measure.invented import ENTRIES, publish, version
from tests.web.stored import World, fetched

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def counter() -> Callable[[], int]:
    """Answers how often it was asked."""
    asked: list[None] = []

    def find() -> int:
        asked.append(None)
        return len(asked)

    return find


def generation(number: int, recorded_at: datetime = NOW) -> None:
    Generation.objects.update_or_create(pk=1, defaults={"number": number, "recorded_at": recorded_at})


def test_an_answer_is_looked_up_once_a_generation() -> None:
    find = counter()
    generation(1)
    assert [remembered("how often", find), remembered("how often", find)] == [1, 1]
    generation(2)
    assert remembered("how often", find) == 2


def test_different_questions_have_different_answers() -> None:
    generation(1)
    assert remembered(LandscapeQuery(country="Norway"), lambda: "one") == "one"
    assert remembered(LandscapeQuery(access="Norway"), lambda: "other") == "other"


def test_that_there_is_nothing_is_an_answer_too() -> None:
    generation(1)
    asked: list[str] = []
    for _ in range(2):
        assert remembered("nothing", lambda: asked.append("again")) is None
    assert asked == ["again"]


def test_another_database_with_the_same_number_is_not_confused() -> None:
    find = counter()
    generation(1)
    remembered("how often", find)
    generation(1, NOW + timedelta(microseconds=1))
    assert remembered("how often", find) == 2


def test_before_the_first_collection_nothing_is_kept() -> None:
    find = counter()
    assert [remembered("how often", find), remembered("how often", find)] == [1, 2]


def test_a_new_collection_is_seen_at_once(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    refresh_identity()
    before = landscape(), filter_choices(), values_of("epoch")
    assert (landscape(), filter_choices(), values_of("epoch")) == before
    publish(tmp_path, on(9), [*ENTRIES, version("Birch 6", name="Birch 7", level=151.0)])
    refresh_identity()
    after = landscape(), filter_choices(), values_of("epoch")
    assert all(new != old for new, old in zip(after, before, strict=True))


def values_of(slug: str) -> int:
    return next(line.observations for line in source_lines() if line.slug == slug)


def test_an_unchanged_page_makes_a_source_fresher_at_once(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    number = Generation.objects.get().number
    assert newest_of("epoch") == on(5)
    publish(tmp_path, on(9))
    assert Generation.objects.get().number == number
    assert newest_of("epoch") == on(9)


def newest_of(slug: str) -> datetime | None:
    return next(line.newest_observed for line in source_lines() if line.slug == slug)


@pytest.mark.parametrize("address", ["/", "/landscape/", "/gap/", "/method/", "/models/birch-3/"])
def test_a_page_seen_before_is_kept_until_the_next_generation_or_run(
    client: Client, stored: World, django_assert_max_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    generation(1)
    first = client.get(address).content
    AIModel.objects.update(name="Changed without a new generation")
    with django_assert_max_num_queries(2):
        assert client.get(address).content == first
    fetched("epoch")
    assert client.get(address).status_code == 200
    generation(2)
    anew = client.get(address).content.decode()
    assert ("Changed without" in anew) == (address in ("/models/birch-3/", "/landscape/", "/"))


def test_threads_that_ask_the_same_wait_for_the_first() -> None:
    order: list[str] = []
    inside, go_on = Event(), Event()

    def first() -> None:
        with single_flight("question"):
            inside.set()
            go_on.wait(60)
            order.append("first")

    def second() -> None:
        with single_flight("question"):
            order.append("second")

    with ThreadPoolExecutor(2) as threads:
        threads.submit(first)
        assert inside.wait(60)
        later = threads.submit(second)
        with single_flight("another"):
            order.append("another is not held up")
        go_on.set()
        later.result(60)
    assert order == ["another is not held up", "first", "second"]
