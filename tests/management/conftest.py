from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

EXAMPLES = Path(__file__).parent.parent / "examples"
Typed = Callable[[bytes], None]


@pytest.fixture
def payloads(tmp_path: Path) -> Path:
    """A folder in the recorded shape, made of our own examples; one file nobody asks for."""
    folder = tmp_path / "payloads"
    for name, example in (
        ("aider/polyglot_leaderboard.yml", "aider/polyglot.yml"),
        ("openrouter/models-2026-01-02.json", "openrouter/models.json"),
        ("epoch/eci_scores@2026-01-03.csv", "epoch/eci_scores.csv"),
        ("elsewhere/board@2026-01-04.csv", "epoch/eci_scores.csv"),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(EXAMPLES / example, folder / name)
    return folder


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Gives the next command these bytes on its standard input."""
    return lambda content: monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs a command; returns its standard output, which holds nothing but what was asked for."""

    def command(*words: str) -> str:
        capsys.readouterr()
        call_command(*words)
        return capsys.readouterr().out

    return command


@pytest.fixture
def run_json(run: Callable[..., str]) -> Callable[..., Any]:
    """Runs a command with --json; its standard output must be exactly one document."""
    return lambda *words: json.loads(run(*words, "--json"))
