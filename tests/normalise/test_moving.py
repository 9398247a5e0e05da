"""Moving aliases mean what they meant on the day they were used; without a day they mean nothing."""

from __future__ import annotations

from datetime import date

import pytest

from models_catalog.normalise.aliases import TARGET
from models_catalog.normalise.moving import moving_aliases
from tests.normalise.claims import resolver, scored

TURNS = (
    scored("DeepSeek-V2.5", "DeepSeek", "2024-09-05", "Open weights (unrestricted)"),
    scored("DeepSeek-V3.1", "DeepSeek", "2025-08-21", "Open weights (unrestricted)"),
)


@pytest.mark.parametrize(
    ("day", "model", "snapshot"),
    [
        (date(2024, 10, 1), "deepseek-v2-5", None),
        (date(2025, 1, 15), "deepseek-v3", None),
        (date(2025, 3, 24), "deepseek-v3", "deepseek-v3-2025-03-24"),
        (date(2025, 8, 21), "deepseek-v3-1", None),
        (date(2023, 1, 1), None, None),
        (date(2026, 9, 1), None, None),
    ],
)
def test_the_day_decides(day: date, model: str | None, snapshot: str | None) -> None:
    dated = scored("DeepSeek-V3 (Mar 2025)", "DeepSeek", "2025-03-24", "Open weights (unrestricted)")
    found = resolver(*TURNS, dated).resolve("deepseek-chat", source="swebench", on=day)
    assert (found.model, found.snapshot) == (model, snapshot)


def test_without_a_day_it_means_nothing() -> None:
    assert resolver(*TURNS).resolve("deepseek-chat", source="swebench").model is None


def test_a_source_that_fixes_the_name_is_believed() -> None:
    found = resolver(*TURNS).resolve("deepseek-chat", source="openrouter", on=date(2025, 9, 1))
    assert found.model == "deepseek-v3"


def test_every_mapping_is_cited_and_its_targets_are_well_formed() -> None:
    for moving in moving_aliases().values():
        assert moving.cite.startswith("https://")
        assert moving.note
        assert all(target == "" or TARGET.fullmatch(target) for _, target in moving.meant)
