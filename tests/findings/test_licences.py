"""Under which terms are open weights out? Facts apart, by quarter, by licence."""

from __future__ import annotations

from datetime import date

import pytest

from models_catalog.findings.licences import terms, under
from models_catalog.models import AIModel
from models_catalog.vocabulary import Access, Tier

pytestmark = pytest.mark.django_db


def store(slug: str, access: Access, tier: Tier, licence: str = "", **fields: object) -> None:
    stated = {"released": date(2026, 2, 3), "released_kind": "announced", "released_precision": "day"}
    AIModel.objects.create(
        slug=slug, name=slug, access=access, tier=tier, licence=licence, **(stated | fields)
    )


@pytest.fixture
def stored() -> None:
    store("free", Access.OPEN, Tier.OSI, "Apache 2.0")
    store("capped", Access.OPEN, Tier.RESTRICTED, "Llama 3.1 Community License")
    store("studied", Access.OPEN, Tier.RESEARCH)
    store("unstated", Access.OPEN, Tier.UNKNOWN, "my own terms", released=date(2025, 12, 31))
    store("served", Access.CLOSED, Tier.CLOSED, released_kind="listing")
    store("silent", Access.UNKNOWN, Tier.UNKNOWN)


def test_every_fact_is_counted_by_itself_and_unknown_is_never_a_no(stored: None) -> None:
    found = {fact.fact: (fact.yes, fact.no, fact.unknown) for fact in terms().facts}
    assert found == {
        "Weights downloadable": (4, 1, 1),
        "OSI-approved licence": (1, 1, 2),
        "Commercial use allowed": (2, 1, 1),
        "Research or non-commercial use only": (1, 2, 1),
        "Cap on users": (1, 1, 2),
        "Cap on revenue": (0, 2, 2),
        "Uses forbidden by the licence": (1, 1, 2),
    }


def test_the_models_under_each_answer_are_those_counted(stored: None) -> None:
    for fact in terms().facts[1:]:
        held = [len(under(f"{fact.key}:{answer}")) for answer in ("yes", "no", "unknown")]
        assert held == [fact.yes, fact.no, fact.unknown], fact.fact
    assert under("users-cap:yes") == under("text:llama3.1") == {"capped"}
    assert under("text:unread") == {"studied", "unstated"}
    assert under("osi:yes", date(2025, 12, 31)) == set()


@pytest.mark.parametrize("term", ["", "osi", "osi:", "osi:perhaps", "text:", "colour:yes", ":yes"])
def test_a_term_nobody_counts_holds_no_model(stored: None, term: str) -> None:
    assert under(term) == set()


def test_a_quarter_holds_stated_releases_only(stored: None) -> None:
    AIModel.objects.filter(slug="studied").update(released_precision="year")
    held = {quarter.name: (quarter.total, quarter.open_tiers) for quarter in terms().quarters}
    assert held == {
        "Q4 2025": (1, {Tier.UNKNOWN: 1}),
        "Q1 2026": (3, {Tier.OSI: 1, Tier.RESTRICTED: 1}),
    }


def test_the_licences_used_come_first_with_what_they_allow(stored: None) -> None:
    found = terms()
    used = {line.licence.slug: line.models for line in found.lines if line.models}
    assert used == {"apache-2.0": 1, "llama3.1": 1}
    assert [line.models for line in found.lines[:3]] == [1, 1, 0]
    assert found.unread == 2


def test_a_licence_that_did_not_decide_the_tier_is_not_counted(stored: None) -> None:
    AIModel.objects.filter(slug="free").update(tier=Tier.RESTRICTED)
    assert not [line for line in terms().lines if line.licence.slug == "apache-2.0" and line.models]


def test_an_earlier_day_leaves_later_releases_out(stored: None) -> None:
    found = terms(date(2025, 12, 31))
    assert (found.total, [quarter.name for quarter in found.quarters]) == (1, ["Q4 2025"])
