"""Vectara's leaderboard: generations apart, columns by name, and a page that ends too early."""

from __future__ import annotations

import pytest

from models_catalog.sources import vectara
from models_catalog.sources.contract import MissingColumn, Parsed, ScoreSeen, Truncated, WrongShape
from tests.sources.examples import FOLDER, parse

README = (FOLDER / "vectara" / "readme.md").read_text()


def scores(text: str) -> list[ScoreSeen]:
    found: list[Parsed] = parse(vectara.SOURCE, "readme", text)
    return [item for item in found if isinstance(item, ScoreSeen)]


def test_each_generation_is_a_benchmark_of_its_own() -> None:
    names = {
        item.benchmark
        for case in ("readme", "readme.second-evaluator", "readme.accuracy-first")
        for item in scores((FOLDER / "vectara" / f"{case}.md").read_text())
    }
    assert names == {
        "Vectara hallucination rate, documents of November 2025",
        "Vectara hallucination rate, HHEM-2.1",
        "Vectara hallucination rate, HHEM-1.0",
    }


def test_columns_are_read_by_name_and_not_by_place() -> None:
    header = "|Model|Hallucination Rate|Factual Consistency Rate|"
    swapped = README.replace(header, "|Model|Factual Consistency Rate|Hallucination Rate|")
    assert [item.value for item in scores(README)] == [100 - item.value for item in scores(swapped)]


@pytest.mark.parametrize("column", ["Model", "Hallucination Rate", "Factual Consistency Rate", "Answer Rate"])
def test_a_renamed_column_is_missing(column: str) -> None:
    with pytest.raises(MissingColumn):
        scores(README.replace(f"|{column}|", "|Renamed|"))


@pytest.mark.parametrize("end", ["## Methodology", "<!-- LEADERBOARD_END -->", "|tidewater/", " 92.9"])
def test_a_page_that_stops_before_its_leaderboards_end_is_truncated(end: str) -> None:
    with pytest.raises(Truncated):
        scores(README.partition(end.strip())[0])


def test_a_second_leaderboard_on_the_page_is_refused() -> None:
    with pytest.raises(WrongShape, match="2 leaderboards"):
        scores(README + "\n" + README)
