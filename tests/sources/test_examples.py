"""Every source has examples, every example gives exactly its expected records, and none lies unused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from models_catalog.sources import SOURCES
from models_catalog.sources.contract import Source
from tests.sources.examples import (
    EXAMPLES,
    FOLDER,
    NAMES,
    compare,
    examples_of,
    expected_path,
    is_expected,
)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.slug)
def test_every_board_of_a_source_has_an_example(source: Source) -> None:
    covered = {example.name.split(".")[0] for example in examples_of(source)}
    assert covered == {board.slug for board in source.boards}


@pytest.mark.parametrize(("source", "example"), EXAMPLES, ids=NAMES)
def test_an_example_gives_its_expected_records(source: Source, example: Path) -> None:
    compare(source, example)


def test_no_example_lies_unused() -> None:
    used = {path for _, example in EXAMPLES for path in (example, expected_path(example))}
    assert {path for path in FOLDER.rglob("*") if path.is_file()} == used


def test_a_missing_expected_file_is_written_and_still_fails(tmp_path: Path) -> None:
    source, original = EXAMPLES[0]
    example = Path(shutil.copy(original, tmp_path))
    with pytest.raises(AssertionError, match="review every record"):
        compare(source, example)
    written = expected_path(example)
    assert is_expected(written)
    assert written.read_text() == expected_path(original).read_text()
    compare(source, example)


def test_a_changed_or_missing_record_is_noticed(tmp_path: Path) -> None:
    source, original = EXAMPLES[0]
    example = Path(shutil.copy(original, tmp_path))
    expected = expected_path(original).read_text()
    expected_path(example).write_text(expected.replace("northwind", "southwind", 1))
    with pytest.raises(AssertionError, match="record 1 of"):
        compare(source, example)
    expected_path(example).write_text("[]")
    with pytest.raises(AssertionError, match="0 are expected"):
        compare(source, example)
