"""`manage.py collect`: exit code, the exact document, and nothing else on standard output."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError
from pytest_django import Settings

from models_catalog.embedded.places import CHECKOUT
from models_catalog.models import AIModel, Fetch
from models_catalog.sources import SOURCES
from models_catalog.vocabulary import Outcome
from tests.management.conftest import EXAMPLES
from tests.services import url_of_test_database

pytestmark = pytest.mark.django_db

COUNTS = {outcome.value for outcome in Outcome}
Run = Callable[..., str]
RunJson = Callable[..., Any]


@pytest.fixture(autouse=True)
def aside(settings: Settings, tmp_path: Path) -> None:
    settings.OPENGAP_DATA = tmp_path / "data"


def test_the_document_has_the_promised_keys_and_counts(payloads: Path, run_json: RunJson) -> None:
    found = run_json("collect", "--from", str(payloads))
    assert set(found) == {"sources", "files"}
    assert all(set(row) == {"source", "files", "records", "unresolved"} | COUNTS for row in found["sources"])
    assert all(set(row) == {"file", "source", "outcome", "reason"} for row in found["files"])
    by_source = {row["source"]: row for row in found["sources"]}
    assert set(by_source) == {"aider", "elsewhere", "epoch", "openrouter"}
    assert by_source["elsewhere"]["unsupported"] == 1
    for slug in ("aider", "epoch", "openrouter"):
        row = by_source[slug]
        assert (row["files"], row["accepted"]) == (1, 1)
        assert row["records"] > 0
        assert sum(row[outcome] for outcome in COUNTS) == row["files"]
    assert AIModel.objects.exists()


def test_files_come_in_the_order_of_their_capture_each_with_its_outcome(
    payloads: Path, run_json: RunJson
) -> None:
    files = run_json("collect", "--from", str(payloads))["files"]
    assert [(row["file"], row["outcome"]) for row in files] == [
        ("openrouter/models-2026-01-02.json", "accepted"),
        ("epoch/eci_scores@2026-01-03.csv", "accepted"),
        ("elsewhere/board@2026-01-04.csv", "unsupported"),
        ("aider/polyglot_leaderboard.yml", "accepted"),
    ]
    assert files[2]["reason"] == "no source asks for this file yet"


def test_a_second_time_everything_is_unchanged(payloads: Path, run_json: RunJson) -> None:
    run_json("collect", "--from", str(payloads))
    again = run_json("collect", "--from", str(payloads))
    assert {row["outcome"] for row in again["files"]} == {"unchanged", "unsupported"}
    assert Fetch.objects.filter(outcome=Outcome.UNCHANGED).count() == 3


def test_trouble_ends_with_exit_code_1_and_the_whole_document(
    payloads: Path, capsys: pytest.CaptureFixture[str], run: Run
) -> None:
    bad = payloads / "openrouter" / "models-2026-01-02.json"
    bad.write_bytes(bad.read_bytes()[:200])
    with pytest.raises(SystemExit) as ended:
        run("collect", "--from", str(payloads), "--json")
    assert ended.value.code == 1
    found = json.loads(capsys.readouterr().out)
    [row] = [row for row in found["files"] if row["source"] == "openrouter"]
    assert (row["outcome"], row["reason"].split(":")[0]) == ("rejected", "Truncated")
    assert {row["accepted"] for row in found["sources"] if row["source"] in {"aider", "epoch"}} == {1}


def test_sources_can_be_chosen(payloads: Path, run_json: RunJson) -> None:
    found = run_json("collect", "epoch", "aider", "--from", str(payloads))
    assert [row["source"] for row in found["sources"]] == ["aider", "epoch"]


def test_people_get_a_table_on_standard_error_and_nothing_on_standard_output(
    payloads: Path, capsys: pytest.CaptureFixture[str], run: Run
) -> None:
    bad = payloads / "openrouter" / "models-2026-01-02.json"
    bad.write_bytes(b"[]")
    with pytest.raises(SystemExit):
        run("collect", "--from", str(payloads))
    said = capsys.readouterr()
    assert said.out == ""
    assert "rejected: openrouter/models-2026-01-02.json: " in said.err
    assert "names resolved" in said.err


def test_an_unknown_source_is_refused_with_those_there_are(run: Run) -> None:
    with pytest.raises(CommandError, match="no source 'NOSUCH'; there are: ") as refusal:
        run("collect", "NOSUCH")
    assert all(source.slug in str(refusal.value) for source in SOURCES)
    assert not Fetch.objects.exists()


def test_a_folder_without_anything_to_take_is_refused(tmp_path: Path, payloads: Path, run: Run) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(CommandError, match="holds no payloads"):
        run("collect", "--from", str(tmp_path / "empty"))
    with pytest.raises(CommandError, match="is not a folder"):
        run("collect", "--from", str(tmp_path / "nowhere"))
    with pytest.raises(CommandError, match="holds no payloads of huggingface"):
        run("collect", "huggingface", "--from", str(payloads))


def test_a_broken_manifest_is_one_sentence(payloads: Path, run: Run) -> None:
    (payloads / "MANIFEST.json").write_text("{")
    with pytest.raises(CommandError, match=r"MANIFEST\.json cannot be read as JSON"):
        run("collect", "--from", str(payloads))


def test_every_source_is_asked_and_a_failing_one_stops_no_other(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str], run: Run
) -> None:
    """Each source's mirror is a folder here; only OpenRouter's holds something."""
    (tmp_path / "world" / "openrouter").mkdir(parents=True)
    shutil.copy(EXAMPLES / "openrouter" / "models.json", tmp_path / "world/openrouter/models-2026-01-02.json")
    settings.OPENGAP_MIRRORS = {source.slug: str(tmp_path / "world") for source in SOURCES}
    with pytest.raises(SystemExit) as ended:
        run("collect", "--json")
    assert ended.value.code == 1
    found = json.loads(capsys.readouterr().out)
    assert {row["source"] for row in found["sources"]} == {source.slug for source in SOURCES}
    assert [row["source"] for row in found["sources"] if row["accepted"]] == ["openrouter"]
    assert all(row["reason"] for row in found["files"] if row["outcome"] != "accepted")


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_real_command_prints_one_document_and_says_everything_else_aside(
    payloads: Path, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "collect", "--from", str(payloads), "--json"],
        cwd=CHECKOUT,
        env=os.environ | {"DATABASE_URL": url_of_test_database(), "OPENGAP_DATA": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert set(json.loads(done.stdout)) == {"sources", "files"}
    assert "names resolved" in done.stderr
