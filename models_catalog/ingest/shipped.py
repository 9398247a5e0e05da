"""The shipped facts: what an offline installation shows, made from accepted data whose owners allow it.

One gzip of JSON lines per capture holds the observations that capture added (new, changed, withdrawn), so
loading them in order rebuilds the same history as the captures did. `manifest.json` names source, board, date,
licence, attribution, and the SHA-256 of the payload and of the file.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, count
from pathlib import Path
from typing import Any

from django.utils import timezone

from models_catalog.fetch.archive import Archive
from models_catalog.ingest.facts import GONE, Fact, digest_of
from models_catalog.ingest.run import DELIVERED, RunLog, running
from models_catalog.ingest.store import store
from models_catalog.models import Fetch, Observation, Run
from models_catalog.sources import SOURCES, by_slug
from models_catalog.sources.contract import PayloadError
from models_catalog.sources.leaving import may_leave
from models_catalog.vocabulary import FactKind, Outcome

FOLDER = Path(__file__).resolve().parent.parent / "facts"
MANIFEST = "manifest.json"


class DamagedFacts(PayloadError):
    """A shipped file is not what the manifest says; nothing of it was loaded."""


class FolderInUse(Exception):
    """The folder to write to holds something else; nothing was touched."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One capture as the manifest describes it."""

    file: str
    source: str
    board: str
    observed_at: datetime
    url: str
    payload_sha256: str
    payload_size: int
    file_sha256: str
    facts: int
    records: int


def export_facts(folder: Path = FOLDER) -> list[Capture]:
    """Write the file set anew from every accepted capture of a source whose registry says `export`.

    FolderInUse when the folder holds anything but such a file set: its content is replaced.
    """
    captures = []
    make_room(folder)
    for source in SOURCES:
        if not source.rights.export:
            continue
        accepted = Fetch.objects.filter(source=source.slug, outcome__in=DELIVERED).order_by(
            "observed_at", "id"
        )
        allowed = [board.slug for board in source.boards if board.export]
        for fetch in accepted.filter(observations__isnull=False, board__in=allowed).distinct():
            captures.append(write_capture(folder, fetch))
    document = {"format": 1, "sources": [credit(slug) for slug in sorted({item.source for item in captures})]}
    document["captures"] = [described(item) for item in captures]
    (folder / MANIFEST).write_text(
        json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    return captures


def make_room(folder: Path) -> None:
    """An empty folder, where none or a file set was."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MANIFEST).is_file():
        raise FolderInUse(f"{folder} holds other things than exported facts: name another folder")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def credit(slug: str) -> dict[str, str]:
    rights = by_slug(slug).rights
    return {
        "source": slug,
        "owner": rights.owner,
        "licence": rights.data_licence,
        "terms": rights.terms_url,
        "attribution": rights.attribution,
        "basis": rights.basis,
    }


def write_capture(folder: Path, fetch: Fetch) -> Capture:
    stored = fetch.observations.select_related("subject").order_by("subject__external_id", "kind", "key")
    rows = [row for row in stored if exportable(row)]
    lines = "".join(json.dumps(line(row), ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    packed = gzip.compress(lines.encode(), compresslevel=9, mtime=0)
    name = free_name(folder, f"{fetch.source}/{fetch.board}@{fetch.observed_at:%Y-%m-%d}")
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(packed)
    return Capture(
        file=name,
        source=fetch.source,
        board=fetch.board,
        observed_at=fetch.observed_at,
        url=fetch.url,
        payload_sha256=fetch.sha256,
        payload_size=fetch.size,
        file_sha256=hashlib.sha256(packed).hexdigest(),
        facts=len(rows),
        records=fetch.records,
    )


def free_name(folder: Path, stem: str) -> str:
    """A second capture of one board on one day, or a second page of it, gets a number."""
    names = chain([f"{stem}.ndjson.gz"], (f"{stem}.{number}.ndjson.gz" for number in count(2)))
    return next(name for name in names if not (folder / name).exists())


def exportable(row: Observation) -> bool:
    """Not a value that the source itself took from an owner whose terms forbid passing it on."""
    return may_leave(by_slug(row.subject.source), row.board, row.value)


def line(row: Observation) -> list[object]:
    """Subject, name, kind, key, present, valid_from, value."""
    since = row.valid_from.isoformat() if row.valid_from else None
    return [row.subject.external_id, row.subject.name, row.kind, row.key, row.present, since, row.value]


def described(capture: Capture) -> dict[str, object]:
    fields: dict[str, object] = {name: getattr(capture, name) for name in capture.__dataclass_fields__}
    return fields | {"observed_at": capture.observed_at.isoformat()}


def load_facts(
    archive: Archive, folder: Path = FOLDER, notice: Callable[[Capture], None] | None = None
) -> list[Capture]:
    """Store every shipped capture that is not stored yet. Returns those that were loaded now."""
    loaded = []
    for source, captures in waiting(folder).items():
        with running(by_slug(source), Run.Trigger.SHIPPED, archive) as entry:
            for capture in captures:
                load_capture(entry, folder, capture)
                loaded.append(capture)
                if notice:
                    notice(capture)
    return loaded


def waiting(folder: Path = FOLDER) -> dict[str, list[Capture]]:
    """Captures of the manifest that are not stored, by source, oldest first."""
    stored = set(
        Fetch.objects.filter(outcome__in=DELIVERED).values_list("source", "board", "observed_at", "sha256")
    )
    found: dict[str, list[Capture]] = defaultdict(list)
    for capture in sorted(manifest(folder), key=lambda item: item.observed_at):
        if (capture.source, capture.board, capture.observed_at, capture.payload_sha256) not in stored:
            found[capture.source].append(capture)
    return found


def manifest(folder: Path = FOLDER) -> Iterator[Capture]:
    """What the file set says it holds. DamagedFacts when it says nothing that can be read."""
    try:
        document: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        for row in document["captures"]:
            yield Capture(**{**row, "observed_at": datetime.fromisoformat(row["observed_at"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DamagedFacts(f"{folder / MANIFEST} is missing or damaged") from error


def load_capture(entry: RunLog, folder: Path, capture: Capture) -> None:
    fetch = Fetch(
        run=entry.run,
        source=capture.source,
        board=capture.board,
        url=capture.url,
        file=f"facts/{capture.file}",
        sha256=capture.payload_sha256,
        size=capture.payload_size,
        observed_at=capture.observed_at,
        recorded_at=timezone.now(),
        outcome=Outcome.ACCEPTED,
        records=capture.records,
        parser_version=entry.source.parser_version,
    )
    stored = store(fetch, list(facts(folder, capture)), complete=False)
    entry.run.inserted += stored.total
    entry.end(fetch)


def facts(folder: Path, capture: Capture) -> Iterator[Fact]:
    try:
        packed = (folder / capture.file).read_bytes()
    except OSError as error:
        raise DamagedFacts(f"{capture.file} cannot be read: {error.strerror}") from error
    if hashlib.sha256(packed).hexdigest() != capture.file_sha256:
        raise DamagedFacts(f"{capture.file} is damaged: its hash is not the manifest's")
    for text in gzip.decompress(packed).decode().splitlines():
        subject, name, kind, key, present, since, value = json.loads(text)
        bare = {field: item for field, item in value.items() if field != "quote"}
        yield Fact(
            subject,
            name,
            FactKind(kind),
            key,
            value,
            digest_of(bare) if present else GONE,
            date.fromisoformat(since) if since else None,
            present,
        )
