"""Which board does a recorded file belong to, and when was it captured? Pure questions about names.

A path is relative to the recorded folder: `epoch/eci_scores@2026-08-11.csv`. Its first part is the source's
slug; the rest is matched, part by part, against the globs each board declares (`Board.recorded`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from fnmatch import fnmatchcase

from models_catalog.sources import SOURCES
from models_catalog.sources.contract import Board, Source, WrongShape

DATE_IN_NAME = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)", re.ASCII)
DESCRIPTIONS = {"MANIFEST.json", "README.md"}


def is_payload(path: str) -> bool:
    """Is the file a payload at all? The folder's own MANIFEST and README, and hidden files, are not."""
    parts = path.split("/")
    return parts[-1] not in DESCRIPTIONS and not any(part.startswith(".") for part in parts)


def route(path: str) -> tuple[Source, Board] | None:
    """The source and board of a recorded file; None when no board asks for it (unsupported).

    ValueError when two boards ask for it: then the declarations are wrong, not the file.
    """
    folder, _, rest = path.partition("/")
    found = [
        (source, board)
        for source in SOURCES
        if source.slug == folder
        for board in source.boards
        if any(matches(rest, pattern) for pattern in board.recorded)
    ]
    if len(found) > 1:
        raise ValueError(f"{path} is asked for by {', '.join(board.slug for _, board in found)}")
    return found[0] if found else None


def matches(path: str, pattern: str) -> bool:
    """Does the path match the glob part by part? A `*` never crosses a slash."""
    parts, globs = path.split("/"), pattern.split("/")
    return len(parts) == len(globs) and all(map(fnmatchcase, parts, globs))


def captured_on(path: str, manifest: Mapping[str, date], modified: datetime) -> date:
    """The capture date: the MANIFEST's, else the last date in the path, else the file's own time."""
    return manifest.get(path) or date_in(path) or modified.date()


def date_in(path: str) -> date | None:
    """The last real date written in a path as YYYY-MM-DD, or None."""
    for written in reversed(DATE_IN_NAME.findall(path)):
        try:
            return date.fromisoformat(written)
        except ValueError:  # 2026-13-45 is no date
            continue
    return None


def manifest_dates(manifest: object) -> dict[str, date]:
    """File -> capture date, from a parsed MANIFEST: a list of `{"file": …, "captured_on": …}`.

    Entries without a readable date are left out, so that the next rule decides. WrongShape when the
    MANIFEST is no list.
    """
    if not isinstance(manifest, list):
        raise WrongShape("the MANIFEST is not a list of files")
    dates = {}
    for entry in manifest:
        if isinstance(entry, dict) and isinstance(entry.get("file"), str):
            captured = date_in(str(entry.get("captured_on")))
            if captured:
                dates[entry["file"]] = captured
    return dates
