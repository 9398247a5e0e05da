"""A page may hold the counts of many days: each goes to its own day, and a day must be possible."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from models_catalog.ingest.identity import refresh_identity
from models_catalog.models import DownloadSample, Resolution
from models_catalog.sources.contract import PROVIDER, DownloadsSeen, ProviderSeen
from models_catalog.vocabulary import Outcome
from tests.ingest.invented import on
from tests.ingest.stated import release, state

pytestmark = pytest.mark.django_db


def counted(day: str, count: int, window: str = "all-time") -> DownloadsSeen:
    return DownloadsSeen(model="heron", name="heron", quote=day, window=window, day=day, count=count)


def test_each_stated_day_is_a_sample_of_its_own_over_months_and_years(tmp_path: Path) -> None:
    rows = (counted("2025-12-31", 5), counted("2026-01-01", 7), counted("2026-01-01", 9, "1d tokens"))
    state(tmp_path, *rows, observed_at=on(20))
    samples = DownloadSample.objects.order_by("day", "window").values_list("day", "window", "count")
    assert list(samples) == [
        (date(2025, 12, 31), "all-time", 5),
        (date(2026, 1, 1), "1d tokens", 9),
        (date(2026, 1, 1), "all-time", 7),
    ]


def test_a_count_without_a_day_is_of_the_day_of_its_capture(tmp_path: Path) -> None:
    state(tmp_path, counted("", 5), observed_at=on(20))
    assert DownloadSample.objects.get().day == on(20).date()


@pytest.mark.parametrize("day", ["1999-01-01", "2031-01-01", "someday"])
def test_a_day_that_cannot_be_holds_the_page_back(tmp_path: Path, day: str) -> None:
    fetch = state(tmp_path, counted(day, 5), counted("2026-01-02", 6), observed_at=on(20))
    assert fetch.outcome == Outcome.QUARANTINED
    assert "not a day from 2010-01-01 to the capture" in fetch.reason
    assert not DownloadSample.objects.exists()


def test_a_host_is_no_model_and_waits_for_no_identity(tmp_path: Path) -> None:
    host = ProviderSeen(model=f"{PROVIDER}harbour", name="Harbour", quote="harbour", headquarters="NL")
    state(tmp_path, release("Amber 1"), host, observed_at=on(20))
    refresh_identity()
    assert [row.subject.name for row in Resolution.objects.select_related("subject")] == ["Amber 1"]
