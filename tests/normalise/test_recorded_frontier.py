"""The table of frontier records quotes recorded payloads: each statement stands there, word by word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from models_catalog.normalise.frontier import frontier_records
from tests.normalise.test_recorded import claims

pytestmark = pytest.mark.recorded
STATEMENT = re.compile(r'(Epoch AI|models\.dev|OpenRouter) states (\d{4}-\d\d-\d\d)(?:, "([^"]*)")? \((.+)\)')
SOURCES = {"Epoch AI": "epoch", "models.dev": "models-dev", "OpenRouter": "openrouter"}
Stated = tuple[str, str, str | None, str | None]


def quoted() -> dict[str, set[Stated]]:
    """What the table says that the three sources state, by model."""
    found: dict[str, set[Stated]] = {}
    for row in frontier_records():
        for part in row.recorded.split("; "):
            if said := STATEMENT.fullmatch(part):
                source, day, words, subject = said.groups()
                found.setdefault(row.model, set()).add((SOURCES[source], subject, day, words))
    return found


def test_what_the_table_of_records_quotes_is_in_the_recorded_payloads(recorded: Path) -> None:
    stated: set[Stated] = set()
    for claim in claims(recorded):
        for subject in (claim.model, claim.name):
            for words in (claim.access_claim, None):
                stated.add((claim.source, subject, claim.date, words))
    rows = quoted()
    invented = sorted((model, *said) for model, saying in rows.items() for said in saying - stated)
    assert invented == []
    assert len(rows) >= 45
