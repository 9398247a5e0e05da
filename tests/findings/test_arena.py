"""The Arena, table by table: best closed against best open inside one table, in Elo and in votes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from models_catalog.charts.arena import arena_sentence, arena_table
from models_catalog.fetch.archive import Archive
from models_catalog.findings.arena import NOBODY, Row, Side, arena_series, compared
from models_catalog.ingest.run import running, take_page
from models_catalog.models import AIModel, Resolution, Run, Subject
from models_catalog.sources import by_slug
from models_catalog.sources.contract import Page, Parsed, ScoreSeen
from models_catalog.vocabulary import Access, Outcome, Rung
from tests.ingest.invented import on

FIRST, SECOND = "Arena text, first scale", "Arena text, scale of May 2025"
Ratings = dict[str, float]


def row(subject: int, rating: float) -> Row:
    return Row(subject, f"Model {subject}", "arena-text-1", rating, None, None, True, on(5), subject)


def test_the_gap_is_in_elo_and_as_expected_votes_and_unknown_access_is_on_neither_side() -> None:
    who = {1: Side("amber", Access.CLOSED), 2: Side("birch", Access.OPEN), 3: NOBODY}
    rows = (row(1, 1400.0), row(2, 1300.0), row(3, 1500.0), row(4, 1450.0))
    found = compared("arena-text-1", date(2026, 1, 5), rows, who)
    assert found is not None
    assert (found.best_closed.model, found.best_open.model) == ("amber", "birch")
    assert found.elo == 100
    assert found.win_rate == pytest.approx(0.640065, abs=1e-6)  # 1 / (1 + 10^(-1/4))
    assert found.share == pytest.approx(100 / 1300)
    assert (found.models, found.unknown) == (4, 2)


def test_equal_ratings_win_half_of_the_votes_and_open_in_the_lead_is_negative() -> None:
    who = {1: Side("amber", Access.CLOSED), 2: Side("birch", Access.OPEN)}
    level = compared("arena-text-1", date(2026, 1, 5), (row(1, 1300.0), row(2, 1300.0)), who)
    behind = compared("arena-text-1", date(2026, 1, 5), (row(1, 1200.0), row(2, 1300.0)), who)
    assert level is not None
    assert behind is not None
    assert (level.elo, level.win_rate) == (0, 0.5)
    assert behind.elo == -100
    assert behind.win_rate == pytest.approx(1 - 0.640065, abs=1e-6)


@pytest.mark.parametrize("only", [Access.CLOSED, Access.OPEN])
def test_a_table_without_one_of_the_sides_says_nothing(only: Access) -> None:
    assert compared("arena-text-1", date(2026, 1, 5), (row(1, 1400.0),), {1: Side("amber", only)}) is None


def take(folder: Path, ratings: Ratings, moment: datetime, scale: str = FIRST) -> None:
    """One text table of the Arena through archive, gate and store."""

    def parse(_page: Page) -> Iterator[Parsed]:
        for name, rating in ratings.items():
            yield ScoreSeen(
                model=name,
                name=name,
                benchmark=scale,
                metric="rating",
                value=Decimal(str(rating)),
                unit="Elo",
            )

    source = replace(by_slug("arena"), parse=parse)
    page = Page("text_table", source.board("text_table").url, repr(ratings).encode(), moment)
    with running(source, Run.Trigger.RECORDED, Archive(folder, keep_free=0.0)) as entry:
        fetch = take_page(entry, page)
    assert fetch.outcome in (Outcome.ACCEPTED, Outcome.UNCHANGED), fetch.reason


def known(**access: Access) -> None:
    """Whose rating each row is, as an identity pass would have it."""
    for name, side in access.items():
        model = AIModel.objects.create(slug=name, name=name, access=side, search=name)
        subject = Subject.objects.get(source="arena", external_id=name)
        Resolution.objects.update_or_create(subject=subject, defaults={"model": model, "rung": Rung.EXACT})


@pytest.mark.django_db
def test_every_stored_table_is_played_back_and_a_new_scale_is_a_new_series(tmp_path: Path) -> None:
    take(tmp_path, {"amber": 1300.0, "birch": 1250.0, "moss": 1280.0}, on(5))
    take(tmp_path, {"amber": 1310.0, "birch": 1250.0, "moss": 1280.0}, on(6))  # two of three are confirmed
    take(tmp_path, {"amber": 1410.0, "birch": 1400.0, "moss": 1350.0}, on(7), scale=SECOND)
    known(amber=Access.CLOSED, birch=Access.OPEN, moss=Access.OPEN)
    days = arena_series().days
    assert [(day.day.day, day.scale, day.elo, day.best_open.name) for day in days] == [
        (5, "arena-text-1", 20.0, "moss"),
        (6, "arena-text-1", 30.0, "moss"),
        (7, "arena-text-2", 10.0, "birch"),
    ]
    assert arena_series().credits[0].slug == "arena"
    shown = arena_table(arena_series())
    assert [(row[0].text, row[3].text, row[4].text) for row in shown.rows] == [
        ("7 Jan 2026", "10.0", "51\u202f%"),
        ("6 Jan 2026", "30.0", "54\u202f%"),
    ]
    assert "ratings do not compare" in shown.rows[0][0].aside
    assert arena_sentence(arena_series()).startswith(
        "On the Arena’s text table of 7 Jan 2026 the best closed model, amber, is 10.0 Elo points ahead of the best "
    )
