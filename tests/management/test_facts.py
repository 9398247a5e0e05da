"""`manage.py load_facts` and `export_facts`: the facts a release ships with."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management.base import CommandError
from pytest_django import Settings

from models_catalog.ingest.shipped import FOLDER, MANIFEST
from models_catalog.models import (
    AIModel,
    CurrentObservation,
    Fetch,
    Generation,
    ModelVersion,
    Observation,
    Resolution,
    Subject,
    SubjectVersion,
)
from models_catalog.models import Run as RunRow

pytestmark = pytest.mark.django_db

Run = Callable[..., str]


@pytest.fixture(autouse=True)
def aside(settings: Settings, tmp_path: Path) -> None:
    settings.OPENGAP_DATA = tmp_path / "data"


@pytest.fixture
def exported(payloads: Path, tmp_path: Path, run: Run) -> Path:
    """Facts exported from our own examples, in an installation that then forgot everything."""
    run("collect", "--from", str(payloads))
    run("export_facts", "--to", str(tmp_path / "facts"))
    Resolution.objects.all().delete()
    for table in (
        SubjectVersion,
        ModelVersion,
        CurrentObservation,
        Observation,
        Subject,
        Fetch,
        RunRow,
        AIModel,
        Generation,
    ):
        table._default_manager.all().delete()
    return tmp_path / "facts"


def stored() -> set[str]:
    return set(Fetch.objects.values_list("source", flat=True))


def test_facts_are_loaded_with_names_resolved(exported: Path, run: Run) -> None:
    assert run("load_facts", "--from", str(exported)) == ""
    assert stored() == {"aider", "epoch"}  # OpenRouter's terms clear no export
    assert AIModel.objects.exists()
    assert Resolution.objects.exclude(model=None).exists()


def test_loading_twice_stores_nothing_twice(
    exported: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    run("load_facts", "--from", str(exported))
    counts = (Observation.objects.count(), Fetch.objects.count(), Generation.objects.get().number)
    capsys.readouterr()
    run("load_facts", "--from", str(exported))
    assert (Observation.objects.count(), Fetch.objects.count(), Generation.objects.get().number) == counts


def test_facts_already_collected_are_not_loaded_again(exported: Path, payloads: Path, run: Run) -> None:
    run("collect", "--from", str(payloads))
    fetches = Fetch.objects.count()
    run("load_facts", "--from", str(exported))
    assert Fetch.objects.count() == fetches


def test_an_interrupted_load_is_finished_by_the_next(exported: Path, run: Run) -> None:
    run("load_facts", "--from", str(exported))
    AIModel.objects.all().delete()
    Generation.objects.update(projected_at=None)
    run("load_facts", "--from", str(exported))
    assert AIModel.objects.exists()


def test_damaged_facts_end_with_one_sentence(exported: Path, run: Run) -> None:
    (exported / MANIFEST).write_text("{")
    with pytest.raises(CommandError, match="is missing or damaged"):
        run("load_facts", "--from", str(exported))
    with pytest.raises(CommandError, match="is missing or damaged"):
        run("load_facts", "--from", str(exported / "nowhere"))
    assert stored() == set()


def test_exporting_into_a_folder_in_use_is_refused(tmp_path: Path, run: Run) -> None:
    shutil.copytree(FOLDER, tmp_path / "copy")
    (tmp_path / "copy" / MANIFEST).unlink()
    with pytest.raises(CommandError, match="holds other things than exported facts"):
        run("export_facts", "--to", str(tmp_path / "copy"))
