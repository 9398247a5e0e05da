"""The examples: small payloads of our own in each source's true shape, with the records they must give.

`tests/examples/<source>/<board>[.<case>].<json|csv|yml>` and, beside it, the same name with
`.expected.json`. Examples are invented; a recorded payload, or a slice of one, never goes in there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from models_catalog.sources import SOURCES
from models_catalog.sources.contract import Page, Parsed, Source

FOLDER = Path(__file__).parent.parent / "examples"
CAPTURED = datetime(2026, 8, 22, tzinfo=UTC)


def examples_of(source: Source, folder: Path = FOLDER) -> list[Path]:
    """The source's payloads, without the expected records."""
    return sorted(path for path in (folder / source.slug).glob("*.*") if not is_expected(path))


def is_expected(path: Path) -> bool:
    return path.name.endswith(".expected.json")


def expected_path(example: Path) -> Path:
    return example.with_suffix(".expected.json")


EXAMPLES = [(source, example) for source in SOURCES for example in examples_of(source)]
NAMES = [f"{source.slug}/{example.name}" for source, example in EXAMPLES]


def example_page(source: Source, example: Path) -> Page:
    return page_of(source, example.name.split(".")[0], example.read_bytes())


def page_of(source: Source, board: str, body: bytes) -> Page:
    """A page of one board with any body, captured on a fixed day."""
    return Page(board=board, url=source.board(board).url, body=body, observed_at=CAPTURED)


def parse(source: Source, board: str, body: bytes | str) -> list[Parsed]:
    raw = body if isinstance(body, bytes) else body.encode()
    return list(source.parse(page_of(source, board, raw)))


def as_json(parsed: Iterable[Parsed]) -> str:
    """Records and problems as the expected files hold them: every field, numbers as text."""
    rows = []
    for item in parsed:
        row: dict[str, object] = {"record": type(item).__name__}
        for field in fields(item):
            value = getattr(item, field.name)
            row[field.name] = format(value, "f") if isinstance(value, Decimal) else value
        rows.append(row)
    return json.dumps(rows, indent=1, ensure_ascii=False) + "\n"


def compare(source: Source, example: Path) -> None:
    """Fail unless the example gives its expected records. A missing expected file is written, and fails."""
    found = as_json(source.parse(example_page(source, example)))
    expected = expected_path(example)
    if not expected.exists():
        expected.write_text(found, encoding="utf-8")
        raise AssertionError(f"{expected.name} was missing and is written now: review every record in it")
    wanted = json.loads(expected.read_text(encoding="utf-8"))
    got = json.loads(found)
    for place, (one, other) in enumerate(zip(got, wanted, strict=False), start=1):
        assert one == other, f"record {place} of {example.name} differs"
    assert len(got) == len(wanted), f"{example.name} gives {len(got)} records, {len(wanted)} are expected"
