"""One open incident per board in trouble: what opens it, what goes on in it, what closes it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models_catalog.fetch.archive import Archive
from models_catalog.ingest.run import running, take_page
from models_catalog.models import Incident, Run
from tests.ingest.invented import PARTIAL, SOURCE, on, page, take

pytestmark = pytest.mark.django_db

GOOD = b'[{"name": "alpha"}]'


def take_from(folder: Path, address: str, body: bytes, day: int, trigger: Run.Trigger) -> None:
    with running(PARTIAL, trigger, Archive(folder, keep_free=0.0)) as entry:
        take_page(entry, replace(page(body, on(day)), url=f"https://invented.example/{address}"))


def test_one_of_many_pages_does_not_end_the_trouble_of_another(tmp_path: Path) -> None:
    take_from(tmp_path, "a", b"<", 1, Run.Trigger.RECORDED)
    take_from(tmp_path, "b", GOOD, 2, Run.Trigger.RECORDED)
    take_from(tmp_path, "a", b"<", 3, Run.Trigger.RECORDED)
    assert (Incident.objects.get().times, Incident.objects.get().closed_at) == (2, None)
    take_from(tmp_path, "a", GOOD, 4, Run.Trigger.RECORDED)
    assert Incident.objects.get().closed_at is not None


def test_a_live_run_without_trouble_ends_all_trouble_of_its_source(tmp_path: Path) -> None:
    take_from(tmp_path, "an organisation that is gone", b"<", 1, Run.Trigger.LIVE)
    take_from(tmp_path, "b", GOOD, 2, Run.Trigger.LIVE)
    assert Incident.objects.get().closed_at is not None


def test_a_complete_page_ends_the_trouble_of_its_board_and_of_no_other(tmp_path: Path) -> None:
    other = replace(SOURCE, slug="other")
    take(tmp_path, b"<", on(1))
    take(tmp_path, b"<", on(1), other)
    take(tmp_path, GOOD, on(2))
    assert [incident.source for incident in Incident.objects.filter(closed_at=None)] == ["other"]
