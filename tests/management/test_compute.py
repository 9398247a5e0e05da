"""`manage.py compute`: the standing answers, or why there is none, told on standard error."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from models_catalog.ingest.projections import refresh_projections
from models_catalog.measure.standing import is_computed
from models_catalog.models import Issue
from models_catalog.vocabulary import Inputs
from tests.ingest.invented import on
from tests.measure.invented import measure, publish

pytestmark = pytest.mark.django_db

Said = Callable[[], dict[str, str]]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str], settings: Settings) -> Said:
    """Computes; returns the line about each kind of inputs."""
    settings.OPENGAP_BOOTSTRAP_DRAWS = 20

    def compute() -> dict[str, str]:
        capsys.readouterr()
        call_command("compute")
        heard = capsys.readouterr()
        assert heard.out == ""
        lines = [line for line in heard.err.splitlines() if line.split(" ")[0].rstrip(":") in set(Inputs)]
        return {line.split(" ")[0].rstrip(":"): line for line in lines}

    return compute


def test_nothing_collected_is_said_for_every_kind_of_inputs(said: Said) -> None:
    assert said() == {inputs: f"{inputs}: no figure: nothing has been collected yet" for inputs in Inputs}
    assert not Issue.objects.exists()


def test_every_answer_is_told_in_one_line_with_its_interval(said: Said, tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    measure(tmp_path, on(6))
    refresh_projections()
    lines = said()
    assert lines[Inputs.ALL].startswith("all as of 2026-01-06: catch_up 5.4 [")
    assert lines[Inputs.EPOCH].startswith("epoch as of 2026-01-05: catch_up 5.4 [")
    assert lines[Inputs.OWN].startswith("own: no figure: no score of a known model")
    assert is_computed()


def test_a_second_time_nothing_new_is_issued(said: Said, tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    first = said()
    issued = Issue.objects.count()
    assert said() == first
    assert Issue.objects.count() == issued
