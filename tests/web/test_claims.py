from datetime import date

import pytest
from django.test import Client

from models_catalog.findings.claims import claims, found_flips, made_by
from tests.web.reading import heading, page, text_of
from tests.web.stored import World

pytestmark = pytest.mark.django_db


def test_the_ledger_shows_every_claim_with_formula_and_verdict(client: Client, stored: World) -> None:
    found = page(client, "/claims/")
    assert heading(found).startswith(f"Of {len(claims())} claims, ")
    shown = found.select("article.claim")
    assert [tag["id"] for tag in shown] == [claim.slug for claim in claims()] or len(shown) == len(claims())
    for claim in claims():
        said = text_of(found.select_one(f"#{claim.slug}"))
        assert claim.formula in said
        assert any(verdict in said for verdict in ("Holds", "Does not hold", "Not settled by data"))


def test_every_claim_stands_in_a_line_those_that_hold_first(client: Client, stored: World) -> None:
    rows = page(client, "/claims/").select("#overview ~ .table-frame tbody tr")
    verdicts = [text_of(row.select("td")[0]) for row in rows]
    order = ["holds", "holds in part", "does not hold", "not settled by data"]
    assert len(rows) == len(claims())
    assert len(set(verdicts)) > 1
    assert verdicts == sorted(verdicts, key=order.index)
    addresses = [str(row.select("th a")[0]["href"]) for row in rows]
    assert sorted(addresses) == sorted(f"#{claim.slug}" for claim in claims())


def test_contradicting_claims_stand_side_by_side_and_lead_to_each_other(
    client: Client, stored: World
) -> None:
    found = page(client, "/claims/")
    assert found.select_one("#lag-3-to-6-months a[href='#lag-6-to-12-months']") is not None
    contest = found.select(".contest")[0]
    sides = contest.select("article.claim")
    assert [side["id"] for side in sides] == ["lag-3-to-6-months", "lag-6-to-12-months"]
    assert all(side.select_one(".verdict") and "Formula" in text_of(side) for side in sides)


def test_the_ledger_answers_when_nothing_is_stored(client: Client) -> None:
    assert heading(page(client, "/claims/")).endswith("are not settled by data.")


def test_before_the_first_claim_the_ledger_says_so_and_no_flip_is_told(client: Client, stored: World) -> None:
    found = page(client, "/claims/?as_of=2025-03-01")
    assert heading(found) == "No claim of the ledger had been made by 1 Mar 2025."
    way = found.select_one(".empty a")
    assert way is not None
    assert page(client, str(way["href"])).select("article.claim")
    told = {claims()[0].slug: date(2026, 3, 1)}
    assert found_flips(None, told, made_by(None))
    assert not found_flips(None, told, made_by(date(2025, 3, 1)))
