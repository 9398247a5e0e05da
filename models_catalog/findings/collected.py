"""What did a collection bring? One line per source, in the shape `collect --json` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db.models import Count

from models_catalog.models import Resolution
from models_catalog.vocabulary import Outcome


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file or page, and how it ended."""

    file: str
    source: str
    outcome: Outcome
    reason: str
    records: int


@dataclass(frozen=True, slots=True)
class SourceCount:
    """How the files of one source ended. `unresolved` counts its names no rung of the ladder could decide."""

    source: str
    files: int
    accepted: int
    unchanged: int
    quarantined: int
    rejected: int
    unsupported: int
    failed: int
    records: int
    unresolved: int


def source_counts(lines: Iterable[FileLine]) -> list[SourceCount]:
    """One count per source, in the order of their names."""
    unresolved = dict(
        Resolution.objects.filter(model=None)
        .values_list("subject__source")
        .annotate(count=Count("pk"))
        .values_list("subject__source", "count")
    )
    by_source: dict[str, list[FileLine]] = {}
    for line in lines:
        by_source.setdefault(line.source, []).append(line)
    return [
        source_count(source, ended, unresolved.get(source, 0)) for source, ended in sorted(by_source.items())
    ]


def source_count(source: str, lines: list[FileLine], unresolved: int) -> SourceCount:
    ends = Counter(line.outcome for line in lines)
    delivered = (Outcome.ACCEPTED, Outcome.UNCHANGED)
    return SourceCount(
        source=source,
        files=len(lines),
        accepted=ends[Outcome.ACCEPTED],
        unchanged=ends[Outcome.UNCHANGED],
        quarantined=ends[Outcome.QUARANTINED],
        rejected=ends[Outcome.REJECTED],
        unsupported=ends[Outcome.UNSUPPORTED],
        failed=ends[Outcome.FAILED],
        records=sum(line.records for line in lines if line.outcome in delivered),
        unresolved=unresolved,
    )


def document(lines: Iterable[FileLine]) -> dict[str, object]:
    """The document of `collect --json`."""
    ended = list(lines)
    files = [
        {"file": line.file, "source": line.source, "outcome": line.outcome.value, "reason": line.reason}
        for line in ended
    ]
    return {"sources": [asdict(count) for count in source_counts(ended)], "files": files}
