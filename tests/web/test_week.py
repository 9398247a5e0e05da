"""The page of a week shows licence changes, and tags that came into conflict with the text, with both sides."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from models_catalog.digests.weeks import week_of
from models_catalog.ingest.identity import refresh_identity
from models_catalog.sources.contract import LicenceSeen, ReleaseSeen
from tests.ingest.invented import on
from tests.ingest.stated import state
from tests.web.reading import heading, page, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("week", "said"),
    [
        ("2026-W34", "17–23 Aug 2026: nothing is on record."),
        ("2026-W31", "27 Jul to 2 Aug 2026: nothing is on record."),
        ("2026-W53", "28 Dec 2026 to 3 Jan 2027: nothing is on record."),
    ],
)
def test_a_week_is_named_by_its_days(client: Client, week: str, said: str) -> None:
    assert heading(page(client, f"/changes/{week}/")) == said


def test_a_changed_tag_and_its_conflict_with_the_text_stand_on_the_page_of_the_week(
    client: Client, tmp_path: Path
) -> None:
    name = "moonshotai/Kimi-K2-Instruct"  # reviewed to be under a modified MIT
    for day, tag in ((1, "other"), (2, "mit")):
        seen = ReleaseSeen(model=name, name=name, hub_repository=name)
        tagged = LicenceSeen(model=name, name=name, licence=tag)
        state(tmp_path, seen, tagged, source="openrouter", board="models", observed_at=on(day))
    refresh_identity()
    shown = page(client, f"/changes/{week_of(on(2).date())}/")
    rows = [text_of(row) for row in shown.select("tr") if "other" in row.get_text()]
    assert [("tag and text differ" in row, "mit" in row) for row in sorted(rows)] == [
        (False, True),
        (True, True),
    ]
    told = client.get("/api/v1/changes", {"kind": "licence tag and text differ"}).json()["data"]
    sides = [(row["before"]["value"]["licence"], row["after"]["value"]["licence"]) for row in told]
    assert sides == [("other", "mit")]
