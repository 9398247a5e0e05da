"""Parse archived payloads again, without any network: the same bytes give the same facts.

After a parser was mended, what it now reads differently is appended beside the old reading, under the capture's
own time and today's commit; `known_at` before it still gives the old one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from models_catalog.fetch.archive import Archive
from models_catalog.fetch.errors import ArchiveError
from models_catalog.ingest.facts import Fact
from models_catalog.ingest.gate import judge
from models_catalog.ingest.run import DELIVERED, RunLog, running
from models_catalog.ingest.store import store
from models_catalog.models import Fetch, Run
from models_catalog.sources.contract import Page, Source, SourceError
from models_catalog.vocabulary import Outcome


@dataclass(frozen=True, slots=True)
class Replayed:
    """One payload parsed again. `digest` is of all its facts; `problem` says why there is none."""

    board: str
    observed_at: datetime
    sha256: str
    facts: int
    digest: str
    changed: int
    problem: str = ""


def replay(
    source: Source, since: datetime | None, archive: Archive, notice: Callable[[Replayed], None] | None = None
) -> list[Replayed]:
    """Replay every delivered payload of a source, oldest first. A damaged or missing one is named, and skipped."""
    ended = []
    with running(source, Run.Trigger.REPLAY, archive) as entry:
        for fetch in payloads(source, since):
            done = again(entry, fetch)
            ended.append(done)
            if notice:
                notice(done)
    return ended


def payloads(source: Source, since: datetime | None) -> Iterator[Fetch]:
    """One fetch per distinct capture; shipped facts have no payload here, and an archive's members have their own."""
    rows = Fetch.objects.filter(source=source.slug, outcome__in=DELIVERED)
    rows = rows.exclude(run__trigger__in=(Run.Trigger.SHIPPED, Run.Trigger.REPLAY))
    if since is not None:
        rows = rows.filter(observed_at__gte=since)
    seen = set()
    for fetch in rows.order_by("observed_at", "id"):
        if not source.is_archive(fetch.board) and (fetch.board, fetch.observed_at, fetch.sha256) not in seen:
            seen.add((fetch.board, fetch.observed_at, fetch.sha256))
            yield fetch


def again(entry: RunLog, old: Fetch) -> Replayed:
    board = entry.source.board(old.board)
    try:
        body = entry.archive.get(old.sha256)
        page = Page(old.board, old.url, body, old.observed_at, old.file or None)
        verdict = judge(entry.source.parse(page), board, old.observed_at)
    except (ArchiveError, SourceError) as error:
        return Replayed(old.board, old.observed_at, old.sha256, 0, "", 0, str(error))
    stored = store(
        copy_of(entry, old, verdict.records),
        verdict.facts,
        complete=board.complete,
        restated=board.restated(page),
        held_back=verdict.held_back,
    )
    entry.run.inserted += stored.total
    return Replayed(
        old.board, old.observed_at, old.sha256, len(verdict.facts), digest(verdict.facts), stored.total
    )


def copy_of(entry: RunLog, old: Fetch, records: int) -> Fetch:
    return Fetch(
        run=entry.run,
        source=old.source,
        board=old.board,
        url=old.url,
        file=old.file,
        sha256=old.sha256,
        size=old.size,
        observed_at=old.observed_at,
        outcome=Outcome.UNCHANGED,
        reason="replayed from the archive",
        records=records,
        parser_version=entry.source.parser_version,
    )


def digest(facts: Iterable[Fact]) -> str:
    """SHA-256 over all facts in a fixed order: equal digests mean byte-identical facts."""
    rows = sorted(
        json.dumps(
            [fact.subject, fact.name, fact.kind, fact.key, fact.value, str(fact.valid_from)],
            sort_keys=True,
            ensure_ascii=False,
        )
        for fact in facts
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
