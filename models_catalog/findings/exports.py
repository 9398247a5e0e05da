"""Which exports are there? Read from their manifests: the files say what they are."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from models_catalog.findings.moment import NOW, Moment

MANIFEST, DICTIONARY, LATEST = "manifest.json", "data-dictionary.json", "latest"
NAME = re.compile(r"\d{4}-\d\d-\d\d(-as-of-\d{4}-\d\d-\d\d)?|latest", re.ASCII)
FILE = re.compile(r"[a-z-]+\.(csv|ndjson|json)", re.ASCII)


@dataclass(frozen=True, slots=True)
class ExportedFile:
    file: str
    dataset: str  # "" of the data dictionary
    rows: int | None
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class WithheldRows:
    """How many of a source's values a dataset leaves out, because its owner's terms do not clear handing them on."""

    dataset: str
    source: str
    title: str
    home: str
    rows: int


@dataclass(frozen=True, slots=True)
class Export:
    """One immutable folder of files."""

    name: str
    as_of: date | None
    known_at: datetime
    written_at: datetime
    method_version: str
    files: tuple[ExportedFile, ...]
    sources: tuple[str, ...]
    citation: str
    withheld: tuple[WithheldRows, ...] = ()


def export_folder() -> Path:
    return Path(settings.OPENGAP_DATA) / "exports"


def exports(moment: Moment = NOW) -> tuple[Export, ...]:
    """Complete exports in the order of their names: those that had been written by the moment, of its day or before."""
    found = [
        read(path) for path in sorted(export_folder().glob(f"*/{MANIFEST}")) if path.parent.name != LATEST
    ]
    return tuple(
        item
        for item in found
        if (moment.known_at is None or item.written_at <= moment.known_at)
        and (moment.as_of is None or (item.as_of or item.known_at.date()) <= moment.as_of)
    )


def read(path: Path) -> Export:
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return Export(
        name=document["name"],
        as_of=date.fromisoformat(document["as_of"]) if document["as_of"] else None,
        known_at=datetime.fromisoformat(document["known_at"]),
        written_at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
        method_version=document["method_version"],
        files=tuple(
            ExportedFile(row["file"], row.get("dataset", ""), row.get("rows"), row["bytes"], row["sha256"])
            for row in document["files"]
        ),
        sources=tuple(row["source"] for row in document["sources"]),
        citation=document["citation"],
        withheld=tuple(WithheldRows(**row) for row in document.get("withheld", ())),
    )


def exported_file(name: str, file: str) -> Path | None:
    """Where a file of an export lies; None when there is none. Names with a way out match nothing."""
    if not NAME.fullmatch(name) or not FILE.fullmatch(file):
        return None
    path = export_folder() / name / file
    return path if path.is_file() else None
