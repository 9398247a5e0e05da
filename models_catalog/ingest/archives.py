"""A page that is an archive: its members are pages of boards of their own, each taken by itself.

The archive's bytes are kept too (a host is asked with their validator), and its row says how the members ended.
"""

from __future__ import annotations

from collections import Counter

from models_catalog.ingest.run import (
    DELIVERED,
    ENDS_THE_RUN,
    SEVERITY,
    RunLog,
    kept,
    our_fault,
    refusal,
    row_of,
    settle,
    take_page,
)
from models_catalog.models import Fetch
from models_catalog.sources.contract import Drift, Page, SourceError
from models_catalog.vocabulary import Outcome


def take(entry: RunLog, page: Page, fetch: Fetch | None = None) -> Fetch:
    """Take a page, or every page inside it. Returns the row of the page itself; never raises for bad data."""
    if not entry.source.is_archive(page.board):
        return take_page(entry, page, fetch)
    row = row_of(entry, page, fetch)
    try:
        row.sha256 = entry.archive.put(page.body)
        return take_members(entry, page, row)
    except ENDS_THE_RUN:
        raise
    except SourceError as error:
        return refusal(entry, row, error)
    except Exception as error:  # the boundary: one page's fault must never stop the run
        return our_fault(entry, row, error)


def take_members(entry: RunLog, page: Page, row: Fetch) -> Fetch:
    """An archive ends as the gravest of its members: in quarantine, its address is asked for whole again.

    It is opened wholly before a member is taken: a damaged archive brings nothing.
    """
    assert entry.source.unpack is not None
    inside = list(entry.source.unpack(page))
    ends = [take_page(entry, item) for item in inside if isinstance(item, Page)]
    outcomes = Counter(Outcome(end.outcome) for end in ends)
    row.records = sum(end.records for end in ends if end.outcome in DELIVERED)
    row.problems = kept([item for item in inside if isinstance(item, Drift)])
    worst = min(outcomes, key=SEVERITY.index, default=Outcome.REJECTED)
    counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
    return settle(entry, row, worst, f"{len(ends)} members: {counts}")
