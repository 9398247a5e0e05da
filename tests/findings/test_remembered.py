"""Findings are kept for one generation of the data, and no longer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from models_catalog.findings.catalogue import filter_choices
from models_catalog.findings.landscape import LandscapeQuery, landscape
from models_catalog.findings.remembered import remembered
from models_catalog.findings.status import source_lines
from models_catalog.ingest.identity import refresh_identity
from models_catalog.models import AIModel, Generation
from tests.ingest.invented import on
from tests.measure.invented import ENTRIES, publish, version
from tests.web.stored import World

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


# Anew each time: runs, incidents, waiting pages and sweeps of the foot; on /gap/ also a refusal and the benchmarks.
@pytest.mark.parametrize(("address", "most"), [("/", 9), ("/landscape/", 9), ("/gap/", 10), ("/method/", 8)])
def test_a_page_seen_before_asks_little(
    client: Client,
    stored: World,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    address: str,
    most: int,
) -> None:
    generation(1)
    first = client.get(address)
    AIModel.objects.update(name="Changed without a new generation")
    with django_assert_max_num_queries(most):
        again = client.get(address)
    assert again.content == first.content
