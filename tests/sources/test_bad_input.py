"""Bad input, tried on every source: each case ends in a named error or a named problem, never in a crash."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models_catalog.sources import (
    aider,
    arena_files,
    bfcl,
    epoch_models,
    epoch_scores,
    huggingface,
    livebench_releases,
    open_llm_leaderboard,
    openrouter,
)
from models_catalog.sources.contract import (
    Challenge,
    EmptyPayload,
    MissingColumn,
    Parsed,
    PayloadError,
    Record,
    RowProblem,
    ScoreSeen,
    Source,
    Truncated,
    WrongShape,
)
from models_catalog.sources.epoch_hub_members import MEMBERS
from models_catalog.sources.models_dev_catalogue import MODEL_KEYS
from tests.sources.examples import EXAMPLES, example_page, page_of, parse

EVERY_GOOD = [(source, example) for source, example in EXAMPLES if ".problems." not in example.name]
# The members of Epoch's hub are read by one function from a table: two of them, one Epoch's own, stand for all.
HUB = {member.stem for member in MEMBERS} - {"gpqa_diamond", "metr_time_horizons_external"}
GOOD = [pair for pair in EVERY_GOOD if not (pair[0].slug == "epoch" and pair[1].name.split(".")[0] in HUB)]
NAMING = [
    pair
    for pair in GOOD
    if pair[0].board(pair[1].name.split(".")[0]).min_rows > 0
    and pair[1].suffix != ".zip"  # its members are tried
]
every_example = pytest.mark.parametrize(
    ("source", "example"), GOOD, ids=[f"{source.slug}/{example.name}" for source, example in GOOD]
)


def board_of(example: Path) -> str:
    return example.name.split(".")[0]


@pytest.mark.parametrize(
    ("source", "example"), EVERY_GOOD, ids=[f"{source.slug}/{example.name}" for source, example in EVERY_GOOD]
)
def test_a_good_example_has_no_problem(source: Source, example: Path) -> None:
    found = list(source.parse(example_page(source, example)))
    assert found or source.board(board_of(example)).min_rows == 0
    assert [item for item in found if isinstance(item, RowProblem)] == []


def is_prose(source: Source, example: Path) -> bool:
    """A vendor's page as Markdown: nothing in it says where it ends."""
    return source.folder == "providers" and example.suffix == ".md"


CLOSED = [pair for pair in GOOD if not is_prose(*pair)]
PROSE = [pair for pair in GOOD if is_prose(*pair)]


@pytest.mark.parametrize(
    ("source", "example"), CLOSED, ids=[f"{source.slug}/{example.name}" for source, example in CLOSED]
)
def test_a_payload_cut_in_half_is_truncated(source: Source, example: Path) -> None:
    body = example.read_bytes()
    with pytest.raises(Truncated):
        parse(source, board_of(example), body[: len(body) // 2])


@pytest.mark.parametrize(
    ("source", "example"), PROSE, ids=[f"{source.slug}/{example.name}" for source, example in PROSE]
)
@pytest.mark.parametrize("tenths", range(1, 10))
def test_a_cut_page_of_prose_states_less_and_nothing_else(source: Source, example: Path, tenths: int) -> None:
    """What remains of it must be true; that it is too little is for the gate to see."""
    body = example.read_bytes()
    whole = set(parse(source, board_of(example), body))
    try:
        found = parse(source, board_of(example), body[: len(body) * tenths // 10])
    except PayloadError:
        return
    assert {item for item in found if isinstance(item, Record)} <= whole


@every_example
def test_an_empty_payload_is_empty_never_a_success(source: Source, example: Path) -> None:
    with pytest.raises(EmptyPayload):
        parse(source, board_of(example), b"")


@every_example
def test_an_html_page_is_not_what_the_source_serves(source: Source, example: Path) -> None:
    with pytest.raises(WrongShape, match="an HTML or XML page arrived"):
        parse(source, board_of(example), "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>")
    with pytest.raises(Challenge):
        parse(source, board_of(example), "<html><title>Just a moment...</title></html>")


@every_example
def test_a_hundred_thousand_brackets_are_refused(source: Source, example: Path) -> None:
    with pytest.raises(PayloadError):
        parse(source, board_of(example), "[" * 100_000 + "]" * 100_000)


@every_example
def test_a_byte_order_mark_changes_nothing(source: Source, example: Path) -> None:
    body = example.read_bytes()
    assert parse(source, board_of(example), b"\xef\xbb\xbf" + body) == parse(source, board_of(example), body)


@pytest.mark.parametrize(
    ("slug", "board", "body"),
    [
        ("models-dev", "api", "{}"),
        ("models-dev", "api", '{"northwind": {"id": "northwind", "models": {}}}'),
        ("models-dev", "models", "{}"),
        ("openrouter", "models", '{"data": []}'),
        ("aider", "polyglot", "[]"),
        ("aider", "polyglot", "# nothing\n"),
        ("huggingface", "models", "[]"),
        ("huggingface", "model", "{}"),
        ("epoch", "eci_benchmarks", ",".join(epoch_scores.BENCHMARK_COLUMNS) + "\n"),
    ],
)
def test_a_list_without_a_row_is_empty_never_a_success(slug: str, board: str, body: str) -> None:
    with pytest.raises(EmptyPayload):
        parse(source_of(slug), board, body)


@pytest.mark.parametrize(
    ("slug", "board", "body"),
    [
        ("models-dev", "api", '[{"id": "northwind"}]'),
        ("models-dev", "api", '{"error": "overloaded"}'),
        ("openrouter", "models", '{"data": {"id": "northwind/aurora-2"}}'),
        ("openrouter", "models", "[]"),
        ("aider", "polyglot", "error: not found\n"),
        ("aider", "polyglot", "Not found"),
        ("huggingface", "models", '{"error": "rate limited"}'),
        ("huggingface", "model", "[]"),
    ],
)
def test_another_structure_is_not_what_the_source_serves(slug: str, board: str, body: str) -> None:
    with pytest.raises(WrongShape):
        parse(source_of(slug), board, body)


@pytest.mark.parametrize(
    ("slug", "board", "body"),
    [
        ("openrouter", "models", '{"error": {"code": 500, "message": "overloaded"}}'),
        ("models-dev", "api", '{"error": {"code": 500, "message": "overloaded"}}'),
        ("huggingface", "model", '{"error": "Repository not found"}'),
    ],
)
def test_an_error_answer_lacks_the_due_key(slug: str, board: str, body: str) -> None:
    with pytest.raises(MissingColumn):
        parse(source_of(slug), board, body)


def source_of(slug: str) -> Source:
    return next(source for source, _ in EXAMPLES if source.slug == slug)


DUE_KEYS = {
    "models-dev/api.json": ("models", *MODEL_KEYS, "cost.input", "cost.output"),
    "models-dev/models.json": MODEL_KEYS,
    "openrouter/models.json": ("data", *openrouter.DUE),
    "aider/polyglot.yml": aider.TASKS["polyglot"].due,
    "aider/refactor.yml": aider.TASKS["refactor"].due,
    "livebench/table.csv": (
        "model",
        *(task.column for task in livebench_releases.TASKS if task.until == "2026-01-08"),
    ),
    "swebench/leaderboards.json": ("leaderboards", "results", "folder", "resolved", "date"),
    "open-llm-leaderboard/archive.csv": open_llm_leaderboard.CURRENT.due,
    "arena/text_table.csv": ("model", "arena_score", "95_pct_ci", "votes", "organization", "license"),
    "arena/text.json": ("rating", "rating_q025", "rating_q975"),
    "arena/models.json": arena_files.MODEL_KEYS,
    "arena/text_list.json": ("entries", "display_name", "arena_score", "votes"),
    "bfcl/overall.csv": bfcl.COLUMNS,
    "huggingface/models.json": huggingface.DUE,
    "huggingface/model.json": huggingface.DUE,
    "epoch/eci_scores.csv": epoch_scores.SCORE_COLUMNS,
    "epoch/epoch_capabilities_index.csv": epoch_scores.VERSION_COLUMNS,
    "epoch/eci_benchmarks.csv": epoch_scores.BENCHMARK_COLUMNS,
    "epoch/notable_ai_models.csv": tuple(
        column if isinstance(column, str) else column[0] for column in epoch_models.COLUMNS
    ),
}
RENAMED = [(name, key) for name, keys in DUE_KEYS.items() for key in keys]


@pytest.mark.parametrize(("name", "key"), RENAMED, ids=[f"{name}-{key}" for name, key in RENAMED])
def test_a_renamed_column_is_missing_by_its_name(name: str, key: str) -> None:
    source, example = next(pair for pair in EXAMPLES if f"{pair[0].slug}/{pair[1].name}" == name)
    last = key.rpartition(".")[2]
    body = renamed(example.read_text(), last, example.suffix)
    with pytest.raises(MissingColumn, match=last.replace("(", r"\(").replace(")", r"\)")):
        parse(source, board_of(example), body)


def renamed(text: str, key: str, suffix: str) -> str:
    """The payload with one key or column called otherwise, everywhere."""
    if suffix == ".csv":
        header, rest = text.split("\n", 1)
        return ",".join("renamed" if column == key else column for column in header.split(",")) + "\n" + rest
    before, after = (f"{key}: ", "renamed: ") if suffix == ".yml" else (f'"{key}":', '"renamed":')
    assert before in text
    return text.replace(before, after)


@pytest.mark.parametrize(
    ("source", "example"), NAMING, ids=[f"{source.slug}/{example.name}" for source, example in NAMING]
)
def test_a_nul_in_a_name_never_passes(source: Source, example: Path) -> None:
    """JSON and YAML can only write it as an escape, CSV as the byte itself."""
    name = first_record(source, example).model
    escape = {".json": "\\u0000"}.get(example.suffix, "\x00")
    whole = example.read_text()
    body = whole.replace(name[-4:], name[-4:-1] + escape + name[-1])
    assert body != whole
    try:
        found = parse(source, board_of(example), body)
    except PayloadError:
        return
    assert any(isinstance(item, RowProblem) and item.implausible for item in found)
    assert not any(isinstance(item, Record) and "\x00" in item.model + item.name for item in found)


def first_record(source: Source, example: Path) -> Record:
    return next(item for item in source.parse(example_page(source, example)) if isinstance(item, Record))


def test_an_escaped_nul_in_yaml_is_a_problem_of_its_row() -> None:
    example = next(path for _, path in GOOD if path.name == "polyglot.yml")
    body = example.read_text().replace("model: Heron 70B\n", 'model: "Heron\\0 70B"\n')
    problems = [item for item in parse(aider.SOURCE, "polyglot", body) if isinstance(item, RowProblem)]
    assert [(problem.row, problem.implausible) for problem in problems] == [("run 1: Heron\\u0000 70B", True)]


@pytest.mark.parametrize("slug", ["models-dev", "openrouter"])
@pytest.mark.parametrize("amount", ["-0.5", "NaN", "1e400"])
def test_a_price_that_cannot_be_is_never_a_number(slug: str, amount: str) -> None:
    example = next(path for source, path in GOOD if source.slug == slug)
    payload = json.loads(example.read_text())
    models = payload["data"] if slug == "openrouter" else payload["northwind"]["models"].values()
    for model in models:
        model["pricing" if slug == "openrouter" else "cost"] = dict.fromkeys(money_keys(slug), amount)
    found = parse(source_of(slug), board_of(example), json.dumps(payload))
    problems = [item for item in found if isinstance(item, RowProblem)]
    assert problems
    assert all(problem.implausible for problem in problems)
    assert not any(type(item).__name__ == "PriceSeen" for item in found)


def money_keys(slug: str) -> tuple[str, str]:
    return ("prompt", "completion") if slug == "openrouter" else ("input", "output")


@pytest.mark.parametrize("place", range(1, 60))
def test_a_cut_leaderboard_never_gives_another_score(place: int) -> None:
    """YAML cut inside the last line may still be whole YAML: then the scores it gives must be the true ones."""
    example = next(path for _, path in GOOD if path.name == "polyglot.yml")
    body = example.read_bytes()
    true = scores_in(parse(aider.SOURCE, "polyglot", body))
    try:
        found = parse(aider.SOURCE, "polyglot", body[: len(body) * place // 60])
    except PayloadError:
        return
    assert scores_in(found) <= true


def scores_in(found: list[Parsed]) -> set[tuple[str, Decimal]]:
    return {(item.run, item.value) for item in found if isinstance(item, ScoreSeen)}


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["-1", "0", "NaN", "1e9"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
JSON_EXAMPLES = [(source, example) for source, example in GOOD if example.suffix == ".json"]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(pair=st.sampled_from(JSON_EXAMPLES), place=st.randoms(use_true_random=False), value=ANYTHING)
def test_whatever_stands_in_one_place_of_a_json_page_ends_named(
    pair: tuple[Source, Path], place: random.Random, value: object
) -> None:
    source, example = pair
    payload = planted(json.loads(example.read_text()), place, value)
    try:
        found = parse(source, board_of(example), json.dumps(payload))
    except PayloadError:
        return
    check_storable(found)


def planted(payload: object, place: random.Random, value: object) -> object:
    """The payload with `value` in a place somewhere inside it."""
    if isinstance(payload, dict) and payload and place.random() < 0.9:
        key = place.choice(sorted(payload))
        return {**payload, key: planted(payload[key], place, value)}
    if isinstance(payload, list) and payload and place.random() < 0.9:
        index = place.randrange(len(payload))
        return [*payload[:index], planted(payload[index], place, value), *payload[index + 1 :]]
    return value


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    pair=st.sampled_from(GOOD), start=st.floats(0, 1), length=st.integers(0, 40), put=st.binary(max_size=20)
)
def test_whatever_bytes_arrive_end_named(
    pair: tuple[Source, Path], start: float, length: int, put: bytes
) -> None:
    source, example = pair
    body = example.read_bytes()
    at = int(start * len(body))
    try:
        found = list(source.parse(page_of(source, board_of(example), body[:at] + put + body[at + length :])))
    except PayloadError:
        return
    check_storable(found)


def check_storable(found: list[Parsed]) -> None:
    """Every text of every record and problem can be encoded, holds no NUL, and quotes are short."""
    for item in found:
        texts = [
            value for value in map(item.__getattribute__, item.__dataclass_fields__) if isinstance(value, str)
        ]
        assert "\x00" not in "".join(texts).encode("utf-8").decode()
        assert len(item.quote) <= 200
