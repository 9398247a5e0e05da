"""The scored models without a release date or a side, with the reason, and what a reviewer still has to find out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from models_catalog.findings.undecided import Undecided, undecided
from models_catalog.ingest.identity import refresh_identity
from tests.findings.test_identity import score
from tests.ingest.stated import release, state

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(tmp_path: Path) -> dict[str, Undecided]:
    stated = (
        ("GPT-4o", "2024-05-13", "API access"),
        ("GPT-9", "2024-05-13", None),
        ("GPT-10", "2024-06-13", "Unreleased"),
    )
    releases = (
        release(name, organization="OpenAI", date=date, access_claim=access) for name, date, access in stated
    )
    undated = release("GPT-11", organization="OpenAI", date=None, access_claim="API access")
    state(tmp_path, *releases, undated, board="eci_scores")
    state(
        tmp_path,
        *(score(name) for name in ("gpt-4o", "gpt-9", "gpt-10", "gpt-11")),
        source="aider",
        board="polyglot",
    )
    refresh_identity()
    return {item.slug: item for item in undecided()}


def test_what_has_a_day_and_a_side_is_not_listed(found: dict[str, Undecided]) -> None:
    assert set(found) == {"gpt-9", "gpt-10", "gpt-11"}
    assert found["gpt-9"].scored_as == (("aider", "gpt-9"),)


def test_a_model_that_was_never_released_is_no_open_question(found: dict[str, Undecided]) -> None:
    assert {slug: item.open_question for slug, item in found.items()} == {
        "gpt-9": True,
        "gpt-10": False,
        "gpt-11": True,
    }


def test_the_command_counts_them_and_tells_each_as_a_line(
    found: dict[str, Undecided], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("undecided")
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "3 listed models, 2 of them open questions; 0 unlisted"
    call_command("undecided", "--json")
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["slug"], row["released"]) for row in rows] == [
        ("gpt-10", "2024-06-13"),
        ("gpt-11", None),
        ("gpt-9", "2024-05-13"),
    ]
