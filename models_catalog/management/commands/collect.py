"""`manage.py collect [SOURCE…] [--from DIR]`: collect now, from the network or from recorded payloads.

Exit 0 when nothing was quarantined, rejected or failed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.table import Table

from models_catalog.fetch.folder import recorded_files
from models_catalog.findings.collected import FileLine, document, source_counts
from models_catalog.ingest import live
from models_catalog.ingest.projections import refresh_projections
from models_catalog.ingest.recorded import replay
from models_catalog.management.console import known_sources, progress, to_people, write_json
from models_catalog.models import Fetch
from models_catalog.sources import SOURCES, by_slug
from models_catalog.sources.contract import SourceError
from models_catalog.vocabulary import Outcome

TROUBLE = (Outcome.QUARANTINED, Outcome.REJECTED, Outcome.FAILED)
COLUMNS = (
    "files",
    "accepted",
    "unchanged",
    "quarantined",
    "rejected",
    "unsupported",
    "failed",
    "records",
    "unresolved",
)


class Command(BaseCommand):
    help = "Collect sources now; --from DIR replays recorded payloads instead of asking the network."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sources", nargs="*", metavar="SOURCE", help="slugs; default: all")
        parser.add_argument("--from", dest="folder", type=Path, metavar="DIR", help="recorded payloads")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        console, only = to_people(), known_sources(options["sources"])
        folder = options["folder"]
        lines = from_folder(console, folder, only) if folder else from_network(console, only)
        known = refresh_projections()
        console.print(f"{known.models} models; {known.resolved} of {known.subjects} names resolved")
        if options["json"]:
            write_json(document(lines))
        else:
            show(console, lines)
        if any(line.outcome in TROUBLE for line in lines):
            sys.exit(1)


def from_folder(console: Console, folder: Path, only: Sequence[str]) -> list[FileLine]:
    try:
        files = recorded_files(folder)
    except SourceError as error:
        raise CommandError(str(error)) from error
    if not files:
        raise CommandError(f"{folder} holds no payloads")
    with progress(console) as bar:
        task = bar.add_task("recorded payloads", total=len(files))
        ends = replay(files, live.archive(), only, notice=lambda _end: bar.advance(task))
        lines = [FileLine(end.file, end.source, end.outcome, end.reason, end.records) for end in ends]
    if not lines:
        raise CommandError(f"{folder} holds no payloads of {', '.join(only)}")
    return lines


def from_network(console: Console, only: Sequence[str]) -> list[FileLine]:
    lines: list[FileLine] = []
    slugs = only or [source.slug for source in SOURCES if not live.off(source)]
    for source in SOURCES:
        if source.slug not in slugs and not only:
            console.print(f"{source.title} is {live.off(source)}")
    with progress(console) as bar:
        task = bar.add_task("sources", total=len(slugs))
        for slug in slugs:
            live.collect(by_slug(slug), notice=lambda fetch: lines.append(line_of(fetch)))
            bar.advance(task)
    return lines


def line_of(fetch: Fetch) -> FileLine:
    return FileLine(fetch.url, fetch.source, Outcome(fetch.outcome), fetch.reason, fetch.records)


def show(console: Console, lines: Sequence[FileLine]) -> None:
    """A table a person reads: one row per source, then every file that was not taken, with its reason."""
    counts = [count for count in source_counts(lines) if count.files > count.unsupported]
    columns = [name for name in COLUMNS if any(getattr(count, name) for count in counts)]
    table = Table("source", *columns, box=None, pad_edge=False)
    for count in counts:
        table.add_row(count.source, *(f"{getattr(count, column):,}" for column in columns))
    console.print(table)
    for line in lines:
        if line.outcome in TROUBLE:
            console.print(f"{line.outcome}: {line.file}: {line.reason}", markup=False)
    unsupported = sum(1 for line in lines if line.outcome is Outcome.UNSUPPORTED)
    if unsupported:
        console.print(f"{unsupported} files are asked for by no source yet (unsupported)")
