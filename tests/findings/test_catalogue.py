"""Search, filters and order of models, whatever is typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from models_catalog.findings.catalogue import (
    PAGE_SIZE,
    SORTS,
    ModelQuery,
    filter_choices,
    newest_releases,
    search_models,
)
from models_catalog.models import AIModel, Organization
from models_catalog.vocabulary import Access, DateKind, Precision, Tier

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def models() -> None:
    """Four models of two organisations."""
    amber = Organization.objects.create(slug="amber-lab", name="Amber Lab", country="Norway")
    birch = Organization.objects.create(slug="birch-lab", name="Birch Lab", country="China")
    made("Amber 1", amber, level=110.0, released=date(2023, 3, 14), parameters=None)
    made("Amber 2", amber, level=None, released=date(2024, 3, 14), input_price=Decimal(3))
    made("Birch 1", birch, Access.OPEN, level=120.0, released=date(2025, 1, 1), parameters=7 * 10**9)
    made("Birch 2 (70 %_\\)", birch, Access.OPEN, level=115.0, input_price=Decimal(1), modalities=["image"])


def made(name: str, organization: Organization, access: Access = Access.CLOSED, **fields: object) -> AIModel:
    stated: dict[str, object] = {
        "slug": name.split(" (", maxsplit=1)[0].lower().replace(" ", "-"),
        "name": name,
        "organization": organization,
        "access": access,
        "tier": Tier.CLOSED if access is Access.CLOSED else Tier.OSI,
        "released_kind": DateKind.ANNOUNCED,
        "released_precision": Precision.DAY,
        "modalities": ["text"],
        "search": f"{name} · {organization.name}".lower(),
    }
    return AIModel.objects.create(**(stated | fields))


def found(query: ModelQuery | None = None) -> list[str]:
    return [row.slug for row in search_models(query or ModelQuery()).rows]


def test_all_models_come_by_level_and_those_without_one_last() -> None:
    assert found() == ["birch-1", "birch-2", "amber-1", "amber-2"]


@pytest.mark.parametrize(
    ("words", "slugs"),
    [
        ("amber", ["amber-1", "amber-2"]),
        ("LAB birch", ["birch-1", "birch-2"]),
        ("  1   amber ", ["amber-1"]),
        ("amber birch", []),
        ("%", ["birch-2"]),
        ("_", ["birch-2"]),
        ("\\", ["birch-2"]),
        ("\x00amber\x00", ["amber-1", "amber-2"]),
        ("(a+)+$", []),
        ("'; DROP TABLE x; --", []),
        ("a" * 10_000, []),
        ("a " * 10_000, ["amber-1", "amber-2", "birch-1", "birch-2"]),
        ("", ["amber-1", "amber-2", "birch-1", "birch-2"]),
    ],
)
def test_every_word_must_occur_and_nothing_typed_is_a_pattern(words: str, slugs: list[str]) -> None:
    assert sorted(found(ModelQuery(q=words))) == slugs


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        (ModelQuery(access="open"), ["birch-1", "birch-2"]),
        (ModelQuery(access="nonsense"), []),
        (ModelQuery(tier="closed"), ["amber-1", "amber-2"]),
        (ModelQuery(organization="birch-lab"), ["birch-1", "birch-2"]),
        (ModelQuery(country="Norway"), ["amber-1", "amber-2"]),
        (ModelQuery(modality="image"), ["birch-2"]),
        (ModelQuery(access="open", modality="text", q="lab"), ["birch-1"]),
    ],
)
def test_filters_narrow_together(query: ModelQuery, slugs: list[str]) -> None:
    assert sorted(found(query)) == slugs


@pytest.mark.parametrize(
    ("period", "slugs"),
    [
        ("2025-Q1", ["birch-1"]),
        ("2025-01", ["birch-1"]),
        ("2025-Q2", []),
        ("2024-03", ["amber-2"]),
        ("2025", []),
        ("2025-Q5", []),
        ("0000-01", []),
        ("2025-01\n", []),
        ("' or 1", []),
    ],
)
def test_a_period_holds_the_stated_releases_of_it(period: str, slugs: list[str]) -> None:
    assert found(ModelQuery(released=period)) == slugs


def test_neither_a_listing_nor_a_year_alone_is_a_release_of_a_period() -> None:
    AIModel.objects.filter(slug="birch-1").update(released_kind=DateKind.LISTING)
    AIModel.objects.filter(slug="amber-2").update(released_precision=Precision.YEAR)
    assert found(ModelQuery(released="2025-01")) == []
    assert found(ModelQuery(released="2024-03")) == []


def test_an_organisation_holds_its_listed_models_and_a_third_party_all_it_has() -> None:
    amber = Organization.objects.get(slug="amber-lab")
    made("Amber tune", amber, listed=False)
    assert found(ModelQuery(organization="amber-lab")) == ["amber-1", "amber-2"]
    AIModel.objects.filter(organization=amber).update(listed=False)
    assert set(found(ModelQuery(organization="amber-lab"))) == {"amber-1", "amber-2", "amber-tune"}


def test_only_models_among_those_asked_for_are_found() -> None:
    assert found(ModelQuery(among=frozenset({"birch-1", "nobody"}))) == ["birch-1"]
    assert found(ModelQuery(among=frozenset())) == []


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("-level", "birch-1"),
        ("-released", "birch-1"),
        ("name", "amber-1"),
        ("input_price", "birch-2"),
        ("-parameters", "birch-1"),
        ("password", "birch-1"),
        ("-name", "birch-1"),
        ("organization__name", "birch-1"),
        ("", "birch-1"),
    ],
)
def test_an_unknown_order_is_the_usual_one(sort: str, first: str) -> None:
    assert found(ModelQuery(sort=sort))[0] == first
    assert len(found(ModelQuery(sort=sort))) == 4


def test_every_order_is_total() -> None:
    AIModel.objects.update(level=1, released=None, name="same", input_price=None, parameters=None)
    for sort in SORTS:
        assert found(ModelQuery(sort=sort)) == ["amber-1", "amber-2", "birch-1", "birch-2"]


def test_a_page_too_far_is_the_last_and_one_before_the_first_is_the_first() -> None:
    lab = Organization.objects.get(slug="amber-lab")
    for number in range(PAGE_SIZE):
        made(f"Cedar {number:03}", lab)
    for page, expected in ((1, 1), (2, 2), (3, 2), (10**9, 2), (0, 1), (-5, 1)):
        answer = search_models(ModelQuery(page=page))
        assert (answer.page, answer.pages, answer.total) == (expected, 2, PAGE_SIZE + 4)
    assert len(search_models(ModelQuery(page=2)).rows) == 4


def test_nothing_found_is_one_empty_page() -> None:
    answer = search_models(ModelQuery(q="nobody"))
    assert (answer.rows, answer.total, answer.page, answer.pages) == ((), 0, 1, 1)


def test_choices_are_counted_and_the_closed_sets_complete() -> None:
    choices = {name: {item.value: item.count for item in items} for name, items in filter_choices().items()}
    assert choices["access"] == {"open": 2, "closed": 2, "unknown": 0}
    assert set(choices["tier"]) == set(Tier)
    assert choices["organization"] == {"amber-lab": 2, "birch-lab": 2}
    assert choices["country"] == {"Norway": 2, "China": 2}
    assert choices["modality"] == {"text": 3, "image": 1}


def test_the_newest_releases_are_stated_to_the_day_and_not_in_the_future() -> None:
    lab = Organization.objects.get(slug="amber-lab")
    made("Month", lab, released=date(2025, 6, 1), released_precision=Precision.MONTH)
    made("Listed", lab, released=date(2025, 7, 1), released_kind=DateKind.LISTING)
    made("Planned", lab, released=date(2030, 1, 1))
    until = date(2026, 1, 1)
    assert [row.slug for row in newest_releases(until=until)] == ["birch-1", "amber-2", "amber-1"]
    assert [row.slug for row in newest_releases(1)] == ["planned"]
