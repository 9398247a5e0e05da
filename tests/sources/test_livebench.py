"""LiveBench: averages by release, and every way a release can change without being noticed."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from models_catalog.sources import livebench
from models_catalog.sources.contract import Page, ScoreSeen, WrongShape
from models_catalog.sources.livebench_releases import NEWEST, RELEASES, categories_of
from tests.sources.examples import page_of


def table(release: str, *rows: str, more: str = "") -> Page:
    tasks = [task for names in categories_of(release).values() for task in names]
    header = ",".join(["model", *tasks]) + more
    page = page_of(livebench.SOURCE, "table", "\n".join([header, *rows]).encode())
    return replace(page, url=livebench.address("table", release))


def row(model: str, release: str, value: str = "50.0") -> str:
    return ",".join([model, *[value] * sum(map(len, categories_of(release).values()))])


@pytest.mark.parametrize("release", RELEASES)
def test_a_release_is_part_of_the_benchmarks_name(release: str) -> None:
    found = list(livebench.parse(table(release, row("heron", release))))
    names = {item.benchmark for item in found if isinstance(item, ScoreSeen)}
    whole = f"LiveBench {release}"
    assert names == {whole, *(f"{whole}, {category}" for category in categories_of(release))}


def test_the_global_average_is_the_mean_of_categories_not_of_tasks() -> None:
    page = table("2024-06-24", "heron,90,90,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0")
    scores = {item.benchmark: item.value for item in livebench.parse(page) if isinstance(item, ScoreSeen)}
    assert scores["LiveBench 2024-06-24, Reasoning"] == Decimal(90)
    assert scores["LiveBench 2024-06-24"] == Decimal(15)


def test_a_gap_costs_its_category_and_the_global_average_only() -> None:
    page = table("2024-06-24", row("heron", "2024-06-24").replace("50.0", "", 1))
    names = [item.benchmark for item in livebench.parse(page) if isinstance(item, ScoreSeen)]
    assert len(names) == 5
    assert not {"LiveBench 2024-06-24", "LiveBench 2024-06-24, Reasoning"} & set(names)


def test_a_recorded_files_name_tells_the_release_before_the_address_does() -> None:
    page = replace(table("2024-06-24", row("heron", "2024-06-24")), url=livebench.TABLE.url)
    assert livebench.release_of(page) == NEWEST
    assert livebench.release_of(replace(page, file="livebench/table_2024_06_24.csv")) == "2024-06-24"


def test_a_release_nobody_has_declared_is_refused() -> None:
    page = replace(table(NEWEST, row("heron", NEWEST)), url="https://livebench.ai/table_2031_01_01.csv")
    with pytest.raises(WrongShape, match="2031-01-01"):
        list(livebench.parse(page))


def test_a_task_of_no_known_category_is_refused() -> None:
    page = table(NEWEST, row("heron", NEWEST) + ",1", more=",chess")
    with pytest.raises(WrongShape, match="chess"):
        list(livebench.parse(page))


@pytest.mark.parametrize(
    "change",
    [{"Coding": ["chess"]}, {"Coding": None}, {"Games": ["chess"]}],
    ids=["task", "null", "category"],
)
def test_a_changed_category_is_noticed(change: dict[str, object]) -> None:
    body = json.dumps({**categories_of(NEWEST), **change}).encode()
    with pytest.raises(WrongShape, match=NEWEST):
        list(livebench.parse(page_of(livebench.SOURCE, "categories", body)))
