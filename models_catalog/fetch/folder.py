"""Recorded files as pages: for `--from`, for a source that is pointed at a folder, for demos. No network.

A folder may carry a MANIFEST.json: a list of {"file", "source_url", "captured_on"}. It is outside data, read
for these three and nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from models_catalog.fetch.archive import Archive
from models_catalog.fetch.body import read_body
from models_catalog.fetch.errors import CutShort, NotRecorded
from models_catalog.fetch.inspection import inspect
from models_catalog.fetch.limits import Limits
from models_catalog.fetch.report import FetchReport, Trace
from models_catalog.sources.contract import Board, Page, Source, SourceError, Truncated, WrongShape

MANIFEST = "MANIFEST.json"
NO_PAYLOADS = frozenset({MANIFEST, "README.md"})
DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class RecordedFile:
    """`relative` is the path below the folder, with slashes. `captured_at` is UTC; a day is its midnight."""

    path: Path
    relative: str
    captured_at: datetime
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What a manifest says about one file."""

    source_url: str = ""
    captured_on: str = ""


def recorded_files(folder: Path) -> tuple[RecordedFile, ...]:
    """All payloads below the folder, oldest first (then by path). MANIFEST and README are none.

    When a file was captured: its manifest entry, else the last date in its name, else the file's own time.
    NotRecorded when the folder cannot be read, WrongShape when its manifest is broken.
    """
    notes = manifest_notes(folder)
    try:
        files = [recorded_file(folder, path, notes) for path in payloads(folder)]
    except OSError as error:
        raise NotRecorded(f"the folder {folder} cannot be read: {error.strerror}") from error
    return tuple(sorted(files, key=lambda file: (file.captured_at, file.relative)))


def payloads(folder: Path) -> Iterator[Path]:
    """Regular files below the folder, none of them hidden. A link that leads out of it is not followed."""
    if not folder.is_dir():
        raise NotRecorded(f"{folder} is not a folder")
    inside = folder.resolve()
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if hidden or path.name in NO_PAYLOADS or not path.is_file():
            continue
        if path.resolve().is_relative_to(inside):
            yield path


def recorded_file(folder: Path, path: Path, notes: dict[str, Note]) -> RecordedFile:
    relative = path.relative_to(folder).as_posix()
    note = notes.get(relative, Note())
    return RecordedFile(path, relative, captured_at(path, note.captured_on), note.source_url)


def captured_at(path: Path, stated: str) -> datetime:
    for text in (stated, *reversed(DAY.findall(path.name))):
        if moment := moment_of(text):
            return moment
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def moment_of(text: str) -> datetime | None:
    """An ISO day or instant as UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def manifest_notes(folder: Path) -> dict[str, Note]:
    """Notes by path below `folder`, from its own manifest or from that of the folder above it."""
    for home, prefix in ((folder, ""), (folder.parent, f"{folder.name}/")):
        path = home / MANIFEST
        if path.is_file():
            return {
                name.removeprefix(prefix): note
                for name, note in read_manifest(path)
                if name.startswith(prefix)
            }
    return {}


def read_manifest(path: Path) -> list[tuple[str, Note]]:
    try:
        entries = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise WrongShape(f"{path} cannot be read as JSON") from error
    if not isinstance(entries, list):
        raise WrongShape(f"{path} is not a list of files")
    return [
        (str(entry["file"]), Note(str(entry.get("source_url") or ""), str(entry.get("captured_on") or "")))
        for entry in entries
        if isinstance(entry, dict) and "file" in entry
    ]


def read_recorded(file: RecordedFile, board: Board, limits: Limits, url: str = "") -> Page:
    """One recorded file as a page: decompressed if it ends in .gz, within the live door's caps, inspected.

    Errors: NotRecorded (cannot be read), TooLarge, GzipBomb, Truncated, EmptyPayload, WrongShape, Challenge.
    """
    encoding = "gzip" if file.path.suffix == ".gz" else ""
    try:
        body = read_body(chunks(file.path), encoding, limits.caps_for(board.media), file.relative)
    except CutShort as error:  # nothing will send the rest of a file
        raise Truncated(str(error)) from error
    except OSError as error:
        raise NotRecorded(f"{file.relative} cannot be read: {error.strerror}") from error
    inspect(body.content, board, {}, file.relative)
    address = url or file.source_url or board.url
    return Page(board.slug, address, body.content, file.captured_at, file=file.relative)


def chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def itself(file: RecordedFile) -> RecordedFile:
    return file


def address_of(file: RecordedFile) -> str:
    """What tells one page of a board from another: its address, else its name without the day."""
    return file.source_url or DAY.sub("", file.relative)


class FolderDoor:
    """A `Door` into a folder of recorded files: the source's own, or one that has a folder of its name.

    A page is the newest file recorded for its address; for a board whose page is complete, else the newest
    file of the board. Bytes go into the archive as with the live door, and `reports` are the same.
    """

    def __init__(self, source: Source, folder: Path, limits: Limits, archive: Archive) -> None:
        own = folder / source.recorded_in
        self.source, self.limits, self.archive = source, limits, archive
        self.folder = own if own.is_dir() else folder
        self.reports: list[FetchReport] = []
        self._files: tuple[RecordedFile, ...] | None = None

    def __call__(self, board: str, url: str) -> Page:
        """The recorded page. NotRecorded when there is none, else as `read_recorded` and `Archive.put`."""
        declared = self.source.board(board)
        return self._page(declared, lambda: self.newest(declared, url), url)

    def _page(self, board: Board, find: Callable[[], RecordedFile], url: str) -> Page:
        trace = Trace(self.source.slug, board.slug, url, datetime.now(UTC), tries=1)
        try:
            page = read_recorded(find(), board, self.limits, url)
            trace.sha256, trace.size = self.archive.put(page.body), len(page.body)
        except SourceError as error:
            self.reports.append(trace.finished(datetime.now(UTC), error))
            raise
        trace.final_url = page.file or ""
        self.reports.append(trace.finished(datetime.now(UTC)))
        return page

    def pages(self) -> Iterator[Page]:
        """What the folder holds, in no need of being asked for: of each board the newest file per address.

        Without a manifest, files whose names differ in their day only are of one address. NotRecorded when
        there is nothing.
        """
        boards = [board for board in self.source.boards if not board.folder]
        newest = {
            address: (board, file)
            for file in self.files()
            for board in boards
            if board.takes(file.relative)
            for address in [(board.slug, "" if board.complete else address_of(file))]
        }
        if not newest:
            raise NotRecorded(f"{self.folder} holds no file for {self.source.slug}")
        for board, file in sorted(newest.values(), key=lambda pair: pair[1].captured_at):
            yield self._page(board, partial(itself, file), file.source_url or board.url)

    def files(self) -> tuple[RecordedFile, ...]:
        if self._files is None:
            self._files = recorded_files(self.folder)
        return self._files

    def newest(self, board: Board, url: str) -> RecordedFile:
        of_board = [file for file in self.files() if board.takes(file.relative)]
        of_page = [file for file in of_board if file.source_url == url]
        candidates = of_page or (of_board if board.complete else [])
        if not candidates:
            raise NotRecorded(
                f"{self.folder} holds no file for {self.source.slug}/{board.slug} {url[:200]!r}"
            )
        return candidates[-1]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is kept open; here so that both doors are used alike."""
