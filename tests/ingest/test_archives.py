"""A page that is an archive: its members are taken one by one, and its own row says how they ended."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from models_catalog.fetch.archive import Archive
from models_catalog.ingest.archives import take
from models_catalog.ingest.replay import replay
from models_catalog.ingest.run import running
from models_catalog.ingest.shipped import export_facts
from models_catalog.models import Fetch, Observation, Run
from models_catalog.sources import epoch
from models_catalog.sources.contract import Page
from models_catalog.vocabulary import Outcome
from tests.ingest.invented import on

pytestmark = pytest.mark.django_db
OWN = "Model version,mean_score,id\n" + "".join(
    f"Otter {place},0.{place},r{place}\n" for place in range(1, 6)
)
TAKEN = OWN.replace("mean_score", "Score")


def packed(members: Mapping[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, body in members.items():
            archive.writestr(zipfile.ZipInfo(name), body)
    return stream.getvalue()


def taken(folder: Path, body: bytes, day: int = 1) -> Fetch:
    page = Page("benchmark_data", epoch.SOURCE.board("benchmark_data").url, body, on(day))
    with running(epoch.SOURCE, Run.Trigger.RECORDED, Archive(folder, keep_free=0.0)) as entry:
        return take(entry, page)


def test_members_are_stored_on_their_own_boards_and_counted_once(tmp_path: Path) -> None:
    row = taken(tmp_path, packed({"gpqa_diamond.csv": OWN, "arc_agi_external.csv": TAKEN, "x.csv": "a\n"}))
    assert (row.outcome, row.records, row.reason) == (Outcome.ACCEPTED, 10, "2 members: 2 accepted")
    assert [problem["row"] for problem in row.problems] == ["x.csv"]
    assert set(Observation.objects.values_list("board", flat=True)) == {"gpqa_diamond", "arc_agi_external"}
    assert Run.objects.get().records == 10
    again = taken(tmp_path, packed({"gpqa_diamond.csv": OWN, "arc_agi_external.csv": TAKEN}), day=2)
    assert (again.outcome, again.reason) == (Outcome.UNCHANGED, "2 members: 2 unchanged")
    assert Observation.objects.count() == 10


def test_one_bad_member_is_named_and_stops_no_other(tmp_path: Path) -> None:
    row = taken(tmp_path, packed({"gpqa_diamond.csv": OWN, "arc_agi_external.csv": OWN}))
    assert (row.outcome, row.reason) == (Outcome.REJECTED, "2 members: 1 accepted, 1 rejected")
    bad = Fetch.objects.get(board="arc_agi_external")
    assert (bad.outcome, "MissingColumn" in bad.reason) == (Outcome.REJECTED, True)
    assert Observation.objects.count() == 5


def test_a_damaged_archive_brings_nothing(tmp_path: Path) -> None:
    row = taken(tmp_path, packed({"gpqa_diamond.csv": OWN, "../evil.csv": TAKEN}))
    assert (row.outcome, "leads out of the archive" in row.reason) == (Outcome.REJECTED, True)
    assert Fetch.objects.count() == 1
    assert not Observation.objects.exists()


def test_members_replay_from_their_own_bytes(tmp_path: Path) -> None:
    taken(tmp_path, packed({"gpqa_diamond.csv": OWN, "arc_agi_external.csv": TAKEN}))
    replayed = replay(epoch.SOURCE, None, Archive(tmp_path, keep_free=0.0))
    assert [(item.board, item.facts, item.changed) for item in replayed] == [
        ("gpqa_diamond", 5, 0),
        ("arc_agi_external", 5, 0),
    ]


def test_what_the_hub_took_from_others_is_not_exported(tmp_path: Path) -> None:
    taken(tmp_path, packed({"gpqa_diamond.csv": OWN, "arc_agi_external.csv": TAKEN}))
    assert [capture.board for capture in export_facts(tmp_path / "facts")] == ["gpqa_diamond"]
