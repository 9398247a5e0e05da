"""The claims section: what is compared with what, what counts as a flip, and who remembers it."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from models_catalog.digests.composing import compose, drafted
from models_catalog.digests.weeks import read_week
from models_catalog.findings.claims import flips, ledger
from models_catalog.findings.claims.records import Verdict
from models_catalog.models import Edition
from tests.web.stored import world

pytestmark = pytest.mark.django_db
CLAIM = "lag-was-12-to-18-months"  # judged by a model of the invented world: does not depend on the week


@pytest.fixture
def first(db: None) -> Edition:
    """The edition of one week of the invented world."""
    world()
    return compose(read_week("2026-W08"))


def claims_of(edition: Edition) -> dict[str, Any]:
    return next(part for part in edition.content["sections"] if part["slug"] == "claims")


def told(edition: Edition, slug: str) -> dict[str, str]:
    return next(row for row in edition.content["claims"] if row["slug"] == slug)


def rewrite(edition: Edition, slug: str, **fields: str) -> None:
    """As if that edition had told something else."""
    told(edition, slug).update(fields)
    edition.save()


def test_the_next_edition_tells_what_differs_from_what_the_last_one_told(first: Edition) -> None:
    now = told(first, CLAIM)["verdict"]
    before = next(verdict for verdict in Verdict if verdict != now)
    rewrite(first, CLAIM, verdict=before, reading="99.9 months")
    second = compose(read_week("2026-W10"))
    section = claims_of(second)
    assert section["news"]
    assert section["sentence"].endswith("1 verdict changed against the edition of 2026-W08.")
    [item] = section["groups"][0]["items"]
    assert item["said"].startswith(f"{before} → {now}")
    assert "before 99.9 months" in item["said"]
    assert item["path"] == f"/claims/#{CLAIM}"
    assert second.subject.startswith("“Two years earlier the lag was twelve to eighteen months”: ")
    assert not second.quiet
    assert told(second, CLAIM)["was"] == before

    third = drafted(read_week("2026-W11"))
    assert claims_of(third)["sentence"].endswith("No verdict changed against the edition of 2026-W10.")
    [entry] = [entry for entry in ledger() if entry.claim.slug == CLAIM]
    assert entry.flipped_on == second.as_of
    assert {flip.claim: flip.on for flip in flips()} == {
        entry.claim.slug: entry.flipped_on for entry in ledger() if entry.flipped_on
    }
    feed = BeautifulSoup(Client().get("/claims/feed.atom").content, "xml")
    assert f"tag:open-gap,2026:claims/{CLAIM}/{second.as_of}" in [tag.text for tag in feed.find_all("id")]


def test_a_claim_judged_in_another_way_is_no_flip(first: Edition) -> None:
    rewrite(first, CLAIM, verdict="holds", reading="another", basis="0" * 12)
    assert not claims_of(drafted(read_week("2026-W10")))["news"]


def test_a_value_that_moves_under_its_verdict_is_told_and_is_no_news(first: Edition) -> None:
    rewrite(first, CLAIM, reading="99.9 months")
    section = claims_of(drafted(read_week("2026-W10")))
    assert not section["news"]
    assert [group["title"] for group in section["groups"]] == ["The same verdict, another value"]
    assert "before 99.9 months" in section["groups"][0]["items"][0]["said"]


def test_a_past_week_counts_what_it_cannot_judge(first: Edition) -> None:
    sentence = claims_of(first)["sentence"]
    assert "can be judged as of today only" in sentence
    assert sentence.endswith("No verdict changed against a week before.")
