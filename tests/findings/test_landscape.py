"""Who releases what, how open: organisations in the order readers look for them."""

from __future__ import annotations

from datetime import date

import pytest

from models_catalog.findings.catalogue import filter_choices
from models_catalog.findings.landscape import FIRST_LABS, LandscapeQuery, landscape
from models_catalog.models import AIModel, Organization
from models_catalog.vocabulary import Access, DateKind, Tier

pytestmark = pytest.mark.django_db


def lab(slug: str, country: str = "Norway") -> Organization:
    return Organization.objects.create(slug=slug, name=slug.replace("-", " ").title(), country=country)


def model(slug: str, organization: Organization | None, **fields: object) -> None:
    stated: dict[str, object] = {"access": Access.OPEN, "tier": Tier.OSI, "released_kind": DateKind.ANNOUNCED}
    AIModel.objects.create(slug=slug, name=slug, organization=organization, **(stated | fields))


def names(query: LandscapeQuery | None = None) -> list[str]:
    return [row.slug for row in landscape(query).rows]


def test_the_labs_talked_about_come_first_in_their_order_then_the_most_productive() -> None:
    many, few, other = lab("many"), lab("few-b"), lab("few-a")
    for slug in reversed(FIRST_LABS):
        model(f"of-{slug}", lab(slug))
    for number in range(3):
        model(f"many-{number}", many)
    model("few-b-1", few)
    model("few-a-1", other)
    assert names() == [*FIRST_LABS, "many", "few-a", "few-b"]


def test_a_row_counts_tiers_and_names_the_best_and_the_newest() -> None:
    amber = lab("amber")
    model("old-best", amber, level=120.0, released=date(2024, 1, 1))
    model("new", amber, level=110.0, released=date(2025, 1, 1), tier=Tier.RESTRICTED)
    model("unscored", amber, access=Access.CLOSED, tier=Tier.CLOSED)
    model("listed", amber, released=date(2026, 1, 1), released_kind=DateKind.LISTING)
    found = landscape()
    [row] = found.rows
    assert row.tiers == {Tier.OSI: 2, Tier.RESTRICTED: 1, Tier.CLOSED: 1}
    assert (row.total, row.country) == (4, "Norway")
    assert row.best is not None
    assert row.newest is not None
    assert (row.best.slug, row.newest.slug) == ("old-best", "new")
    assert found.totals == row.tiers


def test_without_scores_and_dates_there_is_neither_best_nor_newest() -> None:
    model("bare", lab("amber"))
    [row] = landscape().rows
    assert (row.best, row.newest) == (None, None)


def test_filters_leave_out_models_and_then_organisations_without_any() -> None:
    model("open", lab("amber"), modalities=["text", "image"])
    model("closed", lab("birch", "China"), access=Access.CLOSED, tier=Tier.CLOSED)
    assert names(LandscapeQuery(access="closed")) == ["birch"]
    assert names(LandscapeQuery(country="China")) == ["birch"]
    assert names(LandscapeQuery(modality="image")) == ["amber"]
    assert names(LandscapeQuery(country="\u202e'%")) == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (LandscapeQuery(licence="mit"), ["birch"]),
        (LandscapeQuery(size="under-4b"), ["amber"]),
        (LandscapeQuery(size="4b-20b"), ["birch"]),
        (LandscapeQuery(size="400b-up"), ["cedar"]),
        (LandscapeQuery(size="unstated"), ["dune"]),
        (LandscapeQuery(size="huge"), []),
        (LandscapeQuery(size="4b-20b", licence="apache-2.0"), []),
    ],
)
def test_licence_and_size_can_be_filtered_on(query: LandscapeQuery, expected: list[str]) -> None:
    model("small", lab("amber"), licence="apache-2.0", parameters=3_999_999_999)
    model("middle", lab("birch"), licence="mit", parameters=4_000_000_000)
    model("large", lab("cedar"), parameters=671_000_000_000)
    model("secret", lab("dune"))
    assert names(query) == expected
    sizes = {choice.value: choice.count for choice in filter_choices()["size"]}
    assert sizes == {"under-4b": 1, "4b-20b": 1, "20b-100b": 0, "100b-400b": 0, "400b-up": 1, "unstated": 1}


@pytest.mark.parametrize("asked", ["Apache-2.0", "apache-2.0", "Apache 2.0"])
def test_spellings_of_one_licence_are_one_choice(asked: str) -> None:
    for name, licence in (
        ("a", "apache-2.0"),
        ("b", "Apache 2.0"),
        ("c", "mit"),
        ("d", "of my own"),
        ("e", ""),
    ):
        model(name, lab(f"lab-{name}"), licence=licence)
    assert {choice.value: choice.count for choice in filter_choices()["licence"]} == {
        "Apache-2.0": 2,
        "MIT": 1,
        "of my own": 1,
    }
    assert names(LandscapeQuery(licence=asked)) == ["lab-a", "lab-b"]
    assert names(LandscapeQuery(licence="of my own")) == ["lab-d"]
    assert names(LandscapeQuery(licence="APACHE")) == []


def test_a_model_of_nobody_is_in_no_row() -> None:
    model("orphan", None)
    assert (landscape().rows, landscape().totals) == ((), {})
