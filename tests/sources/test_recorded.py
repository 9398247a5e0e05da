"""The recorded payloads: which files are routed, and what exactly each one gives.

The counts were reviewed against the files: rows, prices and tags counted independently of the parsers.
"""

from __future__ import annotations

import gzip
from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models_catalog.sources.contract import Page, Parsed, PriceSeen, Record, RowProblem, ScoreSeen
from models_catalog.sources.routes import route
from tests.sources.counts import Counts
from tests.sources.counts_epoch import HUB
from tests.sources.counts_hosts import HOSTS
from tests.sources.counts_leaderboards import LEADERBOARDS, LEADERBOARDS_TWICE
from tests.sources.counts_openness import OPENNESS
from tests.sources.counts_vendors import VENDORS

pytestmark = pytest.mark.recorded


COUNTS = {
    "aider/history/polyglot_leaderboard@2024-12-28.yml": Counts(score=12),
    "aider/history/polyglot_leaderboard@2025-03-28.yml": Counts(score=33),
    "aider/history/polyglot_leaderboard@2025-07-18.yml": Counts(score=63),
    "aider/polyglot_leaderboard.yml": Counts(score=69),
    "epoch/all_ai_models@2025-04-23.csv.gz": Counts(release=2225, problems=3),
    "epoch/eci_benchmarks@2026-05-02.csv": Counts(score=1514),
    "epoch/eci_benchmarks@2026-08-11.csv": Counts(score=2249),
    "epoch/eci_scores@2025-12-19.csv": Counts(release=140, score=140),
    "epoch/eci_scores@2026-08-11.csv": Counts(release=222, score=222),
    "epoch/frontier_ai_models@2026-01-20.csv": Counts(release=137, licence=6),
    "epoch/large_scale_ai_models@2026-01-20.csv": Counts(release=484, licence=96),
    "epoch/notable_ai_models@2025-05-17.csv.gz": Counts(release=938, licence=86, problems=17),
    "epoch/notable_ai_models@2026-01-20.csv.gz": Counts(release=969, licence=132),
    "epoch/notable_ai_models@2026-07-19.csv.gz": Counts(release=1036, licence=136),
    "epoch/open-model-trends_2024/All_ML_Systems_-_full_view.csv.gz": Counts(release=1093, licence=174),
    "huggingface/api-model_Qwen3-235B-A22B_expand@2026-08-31.json": Counts(release=1, downloads=1),
    "huggingface/api-models_author-TheBloke@2023-08-23.json.gz": Counts(
        release=796, licence=782, downloads=796
    ),
    "huggingface/api-models_author-TheBloke@2023-10-15.json.gz": Counts(
        release=2017, licence=1976, downloads=2017
    ),
    "huggingface/api-models_author-TheBloke@2024-02-15.json.gz": Counts(
        release=3863, licence=3789, downloads=3863
    ),
    "huggingface/api-models_author-TheBloke@2024-04-21.json.gz": Counts(
        release=3863, licence=3789, downloads=3863
    ),
    "huggingface/api-models_author-deepseek-ai_expand@2026-08-31.json": Counts(release=2, downloads=2),
    "huggingface/api-models_search@2026-08-18.json": Counts(release=50, licence=2, downloads=50),
    "huggingface/api-models_trending@2026-08-02.json": Counts(release=6, licence=6, downloads=6),
    "models-dev/api-2025-08-31.json.gz": Counts(release=633, price=1499),
    "models-dev/api-2025-12-01.json.gz": Counts(release=1496, price=3612, lifecycle=17, problems=1),
    "models-dev/api-2026-03-01.json.gz": Counts(release=3053, price=7392, lifecycle=18, problems=4),
    "models-dev/api-2026-07-02.json.gz": Counts(release=5276, price=13_651, lifecycle=121, problems=4),
    "models-dev/models-2026-07-02.json": Counts(release=231, licence=4, score=288),
    "openrouter/models-2025-07-20.json": Counts(release=147, price=959),
    "openrouter/models-2025-07-29.json": Counts(release=151, price=1134),
    "openrouter/models-2025-12-02.json": Counts(release=335, price=2108),
    "openrouter/models-2026-05-15.json": Counts(release=364, price=1065, lifecycle=11),
    "openrouter/models-2026-05-22.json": Counts(release=356, price=1033, lifecycle=3),
    "openrouter/models-2026-07-17.json": Counts(release=343, price=1274, lifecycle=15),
    "openrouter/models-2026-08-22.json": Counts(release=421, price=1703, lifecycle=13),
    **LEADERBOARDS,
    **HUB,
    **HOSTS,
    **OPENNESS,
    **VENDORS,
}
TWICE = {  # the gate keeps the first of each
    "epoch/all_ai_models@2025-04-23.csv.gz": ["AMPLIFY", "SigLIP"],
    **LEADERBOARDS_TWICE,
}
SHIFTED = {
    "DeepSeek-V3": "a cell outside the named columns: the row is shifted",
    "Llama 3-70B": "a cell outside the named columns: the row is shifted",
    "ReALM": "Confidence: not one of its known words: a shifted row, or a new word",
    "Inflection-2.5": "a cell outside the named columns: the row is shifted",
    "FinGPT-13B": "Training code accessibility: not one of its known words: a shifted row, or a new word",
    "Falcon-180B": "a cell outside the named columns: the row is shifted",
    "Falcon-40B": "Model accessibility: not one of its known words: a shifted row, or a new word",
    "M6-T": "Confidence: not one of its known words: a shifted row, or a new word",
    "ULM-FiT": "Confidence: not one of its known words: a shifted row, or a new word",
    "SNM-skip": "a cell outside the named columns: the row is shifted",
    "VGG16": "a cell outside the named columns: the row is shifted",
    "Dropout (ImageNet)": "a cell outside the named columns: the row is shifted",
    "LSTM": "a cell outside the named columns: the row is shifted",
    "MUSIC perceptron": "a cell outside the named columns: the row is shifted",
    "NetTalk (transcription)": "a cell outside the named columns: the row is shifted",
    "NetTalk (dictionary)": "a cell outside the named columns: the row is shifted",
    "LTE speaker verification system": "a cell outside the named columns: the row is shifted",
}


def parse(recorded: Path, name: str) -> list[Parsed]:
    routed = route(name)
    assert routed is not None
    source, board = routed
    raw = (recorded / name).read_bytes()
    body = gzip.decompress(raw) if name.endswith(".gz") else raw
    return list(source.parse(Page(board.slug, board.url, body, datetime(2026, 8, 31, tzinfo=UTC), name)))


def problems(found: list[Parsed]) -> list[RowProblem]:
    return [item for item in found if isinstance(item, RowProblem)]


def test_exactly_the_counted_files_are_routed(recorded: Path) -> None:
    files = (path.relative_to(recorded).as_posix() for path in recorded.rglob("*") if path.is_file())
    assert {name for name in files if route(name)} == set(COUNTS)


@pytest.mark.parametrize("name", COUNTS)
def test_a_recorded_file_gives_exactly_the_reviewed_records(recorded: Path, name: str) -> None:
    found = parse(recorded, name)
    kinds = Counter(item.kind.value if isinstance(item, Record) else "problems" for item in found)
    assert kinds == {kind: count for kind, count in asdict(COUNTS[name]).items() if count}
    assert not [problem for problem in problems(found) if problem.implausible]
    records = [item for item in found if isinstance(item, Record)]
    assert twice(records) == TWICE.get(name, [])
    for record in records:
        assert 0 < len(record.quote) <= 200
        assert 0 < len(record.name) <= 200
        assert record.model == " ".join(record.model.split()) != ""


def twice(records: list[Record]) -> list[str]:
    """The models of facts that the file states more than once."""
    facts = Counter((item.kind, item.model, *map(item.__getattribute__, item.key_fields)) for item in records)
    return [model for (_, model, *_), count in facts.items() if count > 1]


def test_the_shifted_rows_of_an_old_file_are_named(recorded: Path) -> None:
    found = problems(parse(recorded, "epoch/notable_ai_models@2025-05-17.csv.gz"))
    assert {problem.row.partition("(")[2][:-1]: problem.reason for problem in found} == SHIFTED


def test_the_nameless_rows_of_the_largest_file_are_named(recorded: Path) -> None:
    found = problems(parse(recorded, "epoch/all_ai_models@2025-04-23.csv.gz"))
    assert {problem.reason for problem in found} == {"Model: missing"}


def test_price_keys_without_a_documented_unit_are_named(recorded: Path) -> None:
    found = problems(parse(recorded, "models-dev/api-2026-07-02.json.gz"))
    assert sorted(problem.quote for problem in found) == [
        '"citation": 2.0',
        '"image": 120',
        '"image": 21',
        '"request": 5.0',
    ]


def test_the_index_and_its_benchmarks_name_the_same_models(recorded: Path) -> None:
    index = {item.model for item in scores(recorded, "epoch/eci_scores@2026-08-11.csv")}
    benchmarks = {item.model for item in scores(recorded, "epoch/eci_benchmarks@2026-08-11.csv")}
    assert len(index) == 222
    assert index == benchmarks


def scores(recorded: Path, name: str) -> list[ScoreSeen]:
    return [item for item in parse(recorded, name) if isinstance(item, ScoreSeen)]


def test_only_the_routers_have_variable_prices(recorded: Path) -> None:
    found = [
        item
        for item in parse(recorded, "openrouter/models-2026-08-22.json")
        if isinstance(item, PriceSeen) and item.variable
    ]
    assert {item.model for item in found} == {
        "openrouter/auto",
        "openrouter/auto-beta",
        "openrouter/bodybuilder",
        "openrouter/fusion",
        "openrouter/pareto-code",
    }
    assert {item.amount for item in found} == {None}


def prices_of(recorded: Path, name: str) -> dict[tuple[str, ...], tuple[object, str]]:
    """Amount and unit of every price on a page, by all that tells prices apart."""
    found = (item for item in parse(recorded, name) if isinstance(item, PriceSeen))
    return {
        (seen.model, *(str(getattr(seen, key)) for key in PriceSeen.key_fields)): (seen.amount, seen.per)
        for seen in found
    }


def test_both_renderings_of_one_page_give_the_same_prices(recorded: Path) -> None:
    """claude.com/pricing, recorded as HTML and, ten days before, as Markdown; its prices had not changed."""
    page = prices_of(recorded, "providers/html/anthropic_claude-com-pricing@2025-11-13.html.gz")
    markdown = prices_of(recorded, "providers/markdown/anthropic_claude-com-pricing@2025-11-03.md")
    assert len(page) == 40
    assert page == markdown
