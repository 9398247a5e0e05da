"""The shipped facts rebuild the same history as the captures they were made from."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from models_catalog.fetch.archive import Archive
from models_catalog.ingest import shipped
from models_catalog.models import Change, CurrentObservation, Fetch, Observation, Run, Subject
from models_catalog.sources import SOURCES
from tests.ingest.invented import SOURCE, on, take

pytestmark = pytest.mark.django_db

FIELDS = (
    "subject__external_id",
    "board",
    "kind",
    "key",
    "present",
    "value",
    "digest",
    "valid_from",
    "observed_at",
)


def history() -> list[tuple[object, ...]]:
    rows = Observation.objects.order_by("subject__external_id", "board", "kind", "key", "observed_at", "id")
    return list(rows.values_list(*FIELDS))


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "SOURCES", (SOURCE,))
    monkeypatch.setattr(shipped, "by_slug", lambda _slug: SOURCE)


def three_captures(folder: Path) -> None:
    take(folder, [{"name": "alpha", "price": "5", "date": "2025-08"}, {"name": "beta", "score": 4}], on(1))
    take(folder, [{"name": "alpha", "price": "4", "date": "2025-08"}], on(2))
    take(folder, [{"name": "alpha", "price": "4", "date": "2025-08"}, {"name": "beta", "score": 4}], on(3))


@pytest.mark.usefixtures("registered")
def test_loading_what_was_exported_gives_the_same_observations(tmp_path: Path) -> None:
    three_captures(tmp_path / "raw")
    before = history()
    shipped.export_facts(tmp_path / "facts")
    for table in (Change, CurrentObservation, Observation, Subject, Fetch, Run):
        table.objects.all().delete()
    loaded = shipped.load_facts(Archive(tmp_path / "raw"), tmp_path / "facts")
    assert [capture.observed_at for capture in loaded] == [on(1), on(2), on(3)]
    assert history() == before
    assert shipped.load_facts(Archive(tmp_path / "raw"), tmp_path / "facts") == []


@pytest.mark.usefixtures("registered")
def test_two_exports_of_the_same_observations_are_the_same_bytes(tmp_path: Path) -> None:
    three_captures(tmp_path / "raw")
    for name in ("one", "two"):
        shipped.export_facts(tmp_path / name)
    files = [path.relative_to(tmp_path / "one") for path in sorted((tmp_path / "one").rglob("*.*"))]
    assert len(files) == 4
    assert all(
        (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes() for file in files
    )


@pytest.mark.usefixtures("registered")
def test_a_damaged_file_is_named_and_nothing_of_it_is_loaded(tmp_path: Path) -> None:
    three_captures(tmp_path / "raw")
    captures = shipped.export_facts(tmp_path / "facts")
    (tmp_path / "facts" / captures[0].file).write_bytes(b"torn")
    Fetch.objects.update(sha256="0" * 64)
    count = Observation.objects.count()
    with pytest.raises(shipped.DamagedFacts, match="list@2026-01-01"):
        shipped.load_facts(Archive(tmp_path / "raw"), tmp_path / "facts")
    assert Observation.objects.count() == count


@pytest.mark.usefixtures("registered")
@pytest.mark.parametrize("content", [None, "{", "[]", '{"captures": [{"file": "x"}]}', '{"captures": 3}'])
def test_a_damaged_manifest_is_named(content: str | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / shipped.MANIFEST).write_text(content)
    with pytest.raises(shipped.DamagedFacts, match=r"manifest\.json is missing or damaged"):
        shipped.load_facts(Archive(tmp_path / "raw"), tmp_path)


@pytest.mark.usefixtures("registered")
def test_a_missing_file_is_named_and_the_run_called_failed(tmp_path: Path) -> None:
    three_captures(tmp_path / "raw")
    captures = shipped.export_facts(tmp_path / "facts")
    (tmp_path / "facts" / captures[0].file).unlink()
    Fetch.objects.update(sha256="0" * 64)
    with pytest.raises(shipped.DamagedFacts, match="cannot be read: No such file"):
        shipped.load_facts(Archive(tmp_path / "raw"), tmp_path / "facts")
    run = Run.objects.latest("id")
    assert (run.outcome, run.reason.split(":")[:2]) == ("failed", ["broken off", " DamagedFacts"])


@pytest.mark.usefixtures("registered")
def test_two_captures_of_one_day_are_two_files(tmp_path: Path) -> None:
    take(tmp_path / "raw", [{"name": "alpha", "price": "5"}], on(1, 6))
    take(tmp_path / "raw", [{"name": "alpha", "price": "4"}], on(1, 18))
    captures = shipped.export_facts(tmp_path / "facts")
    assert [capture.file for capture in captures] == [
        "invented/list@2026-01-01.ndjson.gz",
        "invented/list@2026-01-01.2.ndjson.gz",
    ]
    prices = [
        [fact.value["amount"] for fact in shipped.facts(tmp_path / "facts", capture) if fact.kind == "price"]
        for capture in captures
    ]
    assert prices == [["5"], ["4"]]


@pytest.mark.usefixtures("registered")
def test_a_folder_that_holds_something_else_is_never_emptied(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("mine")
    with pytest.raises(shipped.FolderInUse, match="holds other things"):
        shipped.export_facts(tmp_path)
    assert (tmp_path / "precious").read_text() == "mine"


@pytest.mark.usefixtures("registered")
def test_nothing_accepted_is_an_empty_set_of_facts(tmp_path: Path) -> None:
    for _ in range(2):
        assert shipped.export_facts(tmp_path / "facts") == []
    assert shipped.load_facts(Archive(tmp_path / "raw"), tmp_path / "facts") == []


def test_only_sources_whose_terms_allow_it_are_shipped() -> None:
    manifest = json.loads((shipped.FOLDER / shipped.MANIFEST).read_text())
    allowed = {source.slug for source in SOURCES if source.rights.export}
    assert {row["source"] for row in manifest["captures"]} <= allowed
    assert {row["source"] for row in manifest["sources"]} == {row["source"] for row in manifest["captures"]}
    assert all(row["licence"] and row["attribution"] and row["terms"] for row in manifest["sources"])


def test_the_shipped_facts_are_small() -> None:
    size = sum(path.stat().st_size for path in shipped.FOLDER.rglob("*") if path.is_file())
    assert size < 5 * 1024 * 1024


@pytest.mark.usefixtures("registered")
def test_values_of_owners_who_forbid_it_are_not_exported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    withheld = replace(SOURCE, rights=replace(SOURCE.rights, withheld=("$5 /",)))
    monkeypatch.setattr(shipped, "by_slug", lambda _slug: withheld)
    take(tmp_path / "raw", [{"name": "alpha", "price": "5"}, {"name": "beta", "price": "6"}], on(1))
    [capture] = shipped.export_facts(tmp_path / "facts")
    facts = list(shipped.facts(tmp_path / "facts", capture))
    assert [fact.subject for fact in facts if fact.kind == "price"] == ["beta"]
