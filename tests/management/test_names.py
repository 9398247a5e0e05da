"""`manage.py identify` and `unresolved`: who is meant by a name, and which names wait for a reviewer."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError

from models_catalog.ingest.projections import refresh_projections
from models_catalog.sources.contract import ReleaseSeen
from models_catalog.vocabulary import Rung
from tests.ingest.stated import release, state
from tests.management.conftest import Typed

pytestmark = pytest.mark.django_db

KEYS = [
    "name", "organization", "family", "model", "snapshot", "variant", "rung", "release_date", "access", "tier",
]  # fmt: skip
Run = Callable[..., str]
RunJson = Callable[..., Any]


@pytest.fixture(autouse=True)
def catalogue(tmp_path: Path) -> None:
    """Three models, and a name of another source that nothing decides."""
    state(
        tmp_path,
        release("Amber 1"),
        release("GPT-4o", organization="OpenAI", date="2024-05-13", access_claim="API access"),
        release("GPT-4o (Nov 2024)", organization="OpenAI", date="2024-11-20", access_claim="API access"),
    )
    state(
        tmp_path,
        ReleaseSeen(model="elsewhere/amber-one", name="Amber One"),
        source="openrouter",
        board="models",
    )
    refresh_projections()


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_name_is_answered_with_the_promised_keys(run_json: RunJson) -> None:
    found = run_json("identify", "amber-1")
    assert list(found) == KEYS
    assert found == {
        "name": "amber-1",
        "organization": "amber-lab",
        "family": None,
        "model": "amber-1",
        "snapshot": None,
        "variant": None,
        "rung": found["rung"],
        "release_date": "2024-05-06",
        "access": "open",
        "tier": found["tier"],
    }
    assert found["rung"] in {Rung.EXACT, Rung.NORMALISED}


def test_a_dated_name_is_answered_with_its_snapshot_and_that_ones_date(run_json: RunJson) -> None:
    found = run_json("identify", "gpt-4o-2024-11-20")
    assert (found["model"], found["family"], found["organization"]) == ("gpt-4o", "gpt", "openai")
    assert found["snapshot"].startswith("gpt-4o-2024-11")
    assert date.fromisoformat(found["release_date"]) == date(2024, 11, 20)


def test_a_name_nobody_knows_has_nulls_and_its_rung(run_json: RunJson) -> None:
    found = run_json("identify", "no such thing", "--source", "livebench")
    assert (found["name"], found["rung"]) == ("no such thing", "unresolved")
    assert all(found[key] is None for key in KEYS if key not in {"name", "rung"})


def test_people_get_one_line_of_what_is_known(run: Run) -> None:
    assert run("identify", "Amber 1").startswith("name: Amber 1  organization: amber-lab  model: amber-1")


def test_standard_input_gives_one_json_line_a_name(run: Run, typed: Typed) -> None:
    typed(b"Amber 1\n\n  GPT-4o  \nno such thing\r\n \nAmber 1")
    found = lines(run("identify", "-", "--json"))
    assert [row["name"] for row in found] == ["Amber 1", "GPT-4o", "no such thing", "Amber 1"]
    assert [row["model"] for row in found] == ["amber-1", "gpt-4o", None, "amber-1"]
    assert all(list(row) == KEYS for row in found)


def test_nothing_on_standard_input_is_nothing_on_standard_output(run: Run, typed: Typed) -> None:
    typed(b"")
    assert run("identify", "-", "--json") == ""


@pytest.mark.parametrize(
    "name",
    [
        b"\x00",
        b"\xff\xfe not text",
        b"\xed\xa0\x80",
        b"<script>alert(1)</script>",
        "\u202e1 rebmA".encode(),
        b"(a+)+$" * 40,
        b"-" * 5000,
        b"Amber " * 3000,
        b"a" * 100_000,
        b"1." * 20_000,
        b"/" * 20_000,
        b"(" * 20_000,
        b"x-2024-05-06" * 2_000,
    ],
)
def test_an_odd_name_is_one_line_too_and_the_next_is_answered(name: bytes, run: Run, typed: Typed) -> None:
    typed(name + b"\nAmber 1\n")
    odd, after = lines(run("identify", "-", "--json"))
    assert odd["model"] is None
    assert after["model"] == "amber-1"


def test_half_a_surrogate_on_the_command_line_is_answered(run_json: RunJson) -> None:
    assert run_json("identify", "amber \udcff")["name"] == "amber \udcff"


def test_an_empty_name_means_nobody(run_json: RunJson) -> None:
    assert run_json("identify", "")["rung"] == "unresolved"


def test_names_that_wait_come_with_suggestions_that_are_no_answer(run: Run) -> None:
    [row] = lines(run("unresolved", "--json"))
    assert set(row) == {"source", "id", "name", "excluded", "reviewed", "suggestions"}
    assert (row["excluded"], row["reviewed"]) == (None, None)
    assert (row["source"], row["id"], row["name"]) == ("openrouter", "elsewhere/amber-one", "Amber One")
    assert [item["slug"] for item in row["suggestions"]] == ["amber-1"]


def test_people_get_the_waiting_names_in_columns(run: Run) -> None:
    [line] = run("unresolved").splitlines()
    source, name, guesses = line.split("\t")
    assert (source, name) == ("openrouter", "elsewhere/amber-one")
    assert guesses.startswith("amber-1 (name ")


def test_waiting_names_can_be_limited_to_a_source(run: Run) -> None:
    assert run("unresolved", "--source", "epoch", "--json") == ""
    assert len(lines(run("unresolved", "--source", "openrouter", "--json"))) == 1
    with pytest.raises(CommandError, match="no source 'openruter'"):
        run("unresolved", "--source", "openruter")
