"""Replay a folder of recorded payloads in the order they were captured, so that a history is built."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from models_catalog.fetch.archive import Archive
from models_catalog.fetch.folder import RecordedFile, read_recorded
from models_catalog.fetch.limits import Limits
from models_catalog.ingest.archives import take
from models_catalog.ingest.run import RunLog, refuse, running
from models_catalog.models import Run
from models_catalog.sources.contract import Board, Source, SourceError
from models_catalog.sources.routes import route, why_unread
from models_catalog.vocabulary import Outcome


@dataclass(frozen=True, slots=True)
class FileEnd:
    """How one file ended, and why."""

    file: str
    source: str  # the registered source, else the folder's name
    outcome: Outcome
    reason: str
    records: int = 0


def replay(
    files: Sequence[RecordedFile],
    archive: Archive,
    only: Sequence[str] = (),
    notice: Callable[[FileEnd], None] | None = None,
) -> Iterator[FileEnd]:
    """Take the files in turn; each ends with an outcome and a reason, and none stops the others.

    `only` limits the replay to these sources; other files are left out altogether.
    """
    with ExitStack() as stack:
        entries: dict[str, RunLog] = {}
        for file in files:
            folder = file.relative.split("/")[0]
            routed = route(file.relative)
            slug = routed[0].slug if routed else folder
            if only and slug not in only:
                continue
            if routed is None:
                end = FileEnd(file.relative, slug, Outcome.UNSUPPORTED, why_unread(file.relative))
            else:
                if slug not in entries:
                    entries[slug] = stack.enter_context(running(routed[0], Run.Trigger.RECORDED, archive))
                end = take_file(entries[slug], file, *routed)
            if notice:
                notice(end)
            yield end


def take_file(entry: RunLog, file: RecordedFile, source: Source, board: Board) -> FileEnd:
    try:
        page = read_recorded(file, board, Limits())
    except SourceError as error:
        fetch = refuse(entry, board.slug, file, error)
    else:
        fetch = take(entry, page)
    return FileEnd(file.relative, source.slug, Outcome(fetch.outcome), fetch.reason, fetch.records)
