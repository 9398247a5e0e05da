"""`manage.py aliases`: a name is given its model, and recorded rows are written back as toml."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from models_catalog.ingest.projections import refresh_projections
from models_catalog.models import Resolution
from models_catalog.normalise.aliases import shipped
from models_catalog.sources.contract import ReleaseSeen
from tests.ingest.stated import release, state

pytestmark = pytest.mark.django_db
Run = Callable[..., str]


@pytest.fixture(autouse=True)
def catalogue(tmp_path: Path) -> None:
    state(tmp_path, release("Amber 1"))
    odd = ReleaseSeen(model="yellow-one", name="yellow-one")
    state(tmp_path, odd, source="openrouter", board="models")
    refresh_projections()


def test_an_accepted_name_resolves_at_once_and_is_exported(run: Run) -> None:
    said = run(
        "aliases", "accept", "yellow-one", "amber-1", "--reason", 'It says "amber".', "--source", "openrouter"
    )
    assert "2 of 2 names resolve now" in said
    assert Resolution.objects.get(subject__external_id="yellow-one").model is not None
    [row] = shipped(tomllib.loads(run("aliases", "export")))
    assert (row.name, row.target, row.reason, row.source) == (
        "yellow-one",
        "amber-1",
        'It says "amber".',
        "openrouter",
    )


def test_all_rows_can_be_exported(run: Run) -> None:
    assert len(shipped(tomllib.loads(run("aliases", "export", "--all")))) > 300
    assert run("aliases", "export").strip() == ""


def test_a_refusal_is_one_sentence(run: Run) -> None:
    with pytest.raises(CommandError, match="there is no model 'heron'"):
        run("aliases", "accept", "yellow-one", "heron", "--reason", "x")
