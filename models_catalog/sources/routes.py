"""Which board does a recorded file belong to? A pure question about names.

A path is relative to the recorded folder: `epoch/eci_scores@2026-08-11.csv`. Its first part is the source's
slug (or its declared folder); the rest is matched against the globs each board declares (`Board.recorded`).
"""

from __future__ import annotations

from models_catalog.sources import SOURCES
from models_catalog.sources.contract import Board, Source, fits


def route(path: str) -> tuple[Source, Board] | None:
    """The source and board of a recorded file; None when no board asks for it (unsupported).

    ValueError when two boards ask for it: then the declarations are wrong, not the file.
    """
    folder, _, rest = path.partition("/")
    found = [
        (source, board)
        for source in SOURCES
        for board in source.boards
        if (board.folder or source.recorded_in) == folder and board.takes(rest)
    ]
    if len(found) > 1:
        raise ValueError(f"{path} is asked for by {', '.join(board.slug for _, board in found)}")
    return found[0] if found else None


def why_unread(path: str) -> str:
    """Why a file that no board asks for is left alone: its source's own reason, or that nobody knows it."""
    folder, _, rest = path.partition("/")
    for source in SOURCES:
        for unread in source.unread if source.recorded_in == folder else ():
            if fits(rest, unread.pattern):
                return unread.reason
    return "no source asks for this file yet"
