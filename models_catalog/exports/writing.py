"""An export: one folder of CSV and NDJSON with manifest and data dictionary, complete or not there at all.

Nothing in it depends on when it was written: the same question gives the same bytes, and so the same hashes.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from django.db import transaction

from models_catalog.charts.cells import Cell, csv_cell
from models_catalog.exports.datasets import DATASETS, Dataset, Record, cleared, computed_from, held
from models_catalog.findings.exports import DICTIONARY, LATEST, MANIFEST, export_folder
from models_catalog.findings.moment import Moment, settled_until
from models_catalog.measure.version import METHOD_VERSION
from models_catalog.sources import SOURCES, by_slug

SPARE = 0.1  # share of the disk that stays free


class NothingToExport(Exception):
    """Nothing has been collected yet, or too little room is left; nothing was written."""


@transaction.atomic
def export(moment: Moment, folder: Path | None = None) -> Path:
    """Write what was known at the moment, now if it names no instant; an export that is there already is kept.

    Returns its folder. NothingToExport when there is nothing, or no room.
    """
    known_at = moment.known_at or settled_until()
    if known_at is None:
        raise NothingToExport("nothing has been collected yet")
    root = folder or export_folder()
    place = root / name_of(known_at, moment.as_of)
    if not (place / MANIFEST).is_file():
        root.mkdir(parents=True, exist_ok=True)
        enough_room(root)
        write_all(place, Moment(moment.as_of, known_at))
    if moment.as_of is None and moment.known_at is None:
        point_latest(root, place)
    return place


def name_of(known_at: datetime, as_of: date | None) -> str:
    return f"{known_at:%Y-%m-%d}" + (f"-as-of-{as_of}" if as_of else "")


def enough_room(root: Path) -> None:
    usage = shutil.disk_usage(root)
    if usage.free < SPARE * usage.total:
        raise NothingToExport(f"less than {SPARE:.0%} of the disk is free")


def write_all(place: Path, moment: Moment) -> None:
    """Into a folder beside, which then takes its name: nobody ever reads half an export."""
    half = place.with_name(f".{place.name}.{os.getpid()}")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir()
    written = {dataset.name: write_dataset(half, dataset, moment) for dataset in DATASETS}
    files = [entry for entries, _ in written.values() for entry in entries]
    withheld = [row for name, (_, kept) in written.items() for row in left_out_rows(name, kept, moment)]
    about = {dataset.name: {"about": dataset.about, "columns": dataset.columns} for dataset in DATASETS}
    write_json(half / DICTIONARY, about)
    write_json(half / MANIFEST, manifest(place.name, moment, [*files, entry_of(half / DICTIONARY)], withheld))
    shutil.rmtree(place, ignore_errors=True)
    half.rename(place)


def write_dataset(place: Path, dataset: Dataset, moment: Moment) -> tuple[list[dict[str, Any]], Counter[str]]:
    """Both files in one pass over the rows, row by row; and how many rows each source has in them."""
    table, lines = place / f"{dataset.name}.csv", place / f"{dataset.name}.ndjson"
    with (
        table.open("w", encoding="utf-8", newline="") as csv_file,
        lines.open("w", encoding="utf-8", newline="\n") as line_file,
    ):
        kept = write_rows(csv_file, line_file, dataset, dataset.rows(moment))
    about = {"dataset": dataset.name, "rows": kept.total()}
    return [entry_of(path) | about for path in (table, lines)], kept


def write_rows(
    csv_file: IO[str], line_file: IO[str], dataset: Dataset, rows: Iterable[Record]
) -> Counter[str]:
    """Both files' rows; returns how many were written of each source."""
    writer = csv.writer(csv_file, lineterminator="\r\n")
    writer.writerow(dataset.columns)
    kept = Counter[str]()
    for row in rows:
        kept[str(row.get("source", ""))] += 1
        writer.writerow([csv_cell(row.get(name)) for name in dataset.columns])
        said = {name: plain(row.get(name)) for name in dataset.columns}
        line_file.write(json.dumps(said, ensure_ascii=False, allow_nan=False) + "\n")
    return kept


def left_out_rows(name: str, kept: Counter[str], moment: Moment) -> list[dict[str, Any]]:
    """Of each source whose values this dataset leaves out: how many, and where they are."""
    missing = {source: rows - kept[source] for source, rows in sorted(held(name, moment).items())}
    return [
        {"dataset": name, "source": source, "title": by_slug(source).title, "home": by_slug(source).home}
        | {"rows": rows}
        for source, rows in missing.items()
        if rows
    ]


def plain(value: Cell) -> object:
    """Money and scores are decimal strings, times are UTC; what is missing is null."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def entry_of(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"file": path.name, "bytes": path.stat().st_size, "sha256": digest}


def manifest(
    name: str, moment: Moment, files: list[dict[str, Any]], withheld: list[dict[str, Any]]
) -> dict[str, Any]:
    """`sources`: what may be handed on. `inputs`: what may not, and is only in what was computed from it."""
    allowed = cleared()
    return {
        "format": 1,
        "name": name,
        "as_of": moment.as_of.isoformat() if moment.as_of else None,
        "known_at": moment.known_at.isoformat() if moment.known_at else None,
        "method_version": METHOD_VERSION,
        "files": files,
        "sources": [licence(slug) for slug in sorted(allowed)],
        "inputs": [licence(slug) for slug in sorted(computed_from(moment) - allowed)],
        "withheld": withheld,
        "left_out": sorted(source.slug for source in SOURCES if source.slug not in allowed),
        "citation": f"Open Gap, export {name}. Cite also the sources its rows name, as `sources` says.",
    }


def licence(slug: str) -> dict[str, str]:
    [source] = [source for source in SOURCES if source.slug == slug]
    rights = source.rights
    return {
        "source": slug,
        "title": source.title,
        "owner": rights.owner,
        "licence": rights.data_licence,
        "terms": rights.terms_url,
        "attribution": rights.attribution,
        "citation": f"{source.title}, {source.home}. Adapted: names, units and identity by Open Gap.",
    }


def write_json(path: Path, document: object) -> None:
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def point_latest(root: Path, place: Path) -> None:
    """`latest` is only another name, and moves in one step."""
    fresh = root / f".{LATEST}.{os.getpid()}"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(place.name)
    fresh.replace(root / LATEST)
