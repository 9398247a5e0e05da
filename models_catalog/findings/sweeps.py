"""How far has each list longer than a page come?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from models_catalog.findings.records import SweepLine
from models_catalog.models import SweepState


def sweep_lines() -> Mapping[str, Sequence[SweepLine]]:
    """By source slug, those under way first."""
    found: defaultdict[str, list[SweepLine]] = defaultdict(list)
    for row in SweepState.objects.order_by("source", "sweep"):
        found[row.source].append(sweep_line(row))
    return {source: sorted(lines, key=lambda line: not line.under_way) for source, lines in found.items()}


def sweep_line(row: SweepState) -> SweepLine:
    return SweepLine(
        sweep=row.sweep,
        under_way=bool(row.next_url),
        pages=row.pages,
        rows=row.rows,
        begun=row.begun_at,
        cursor_moved=row.moved_at,
        due=row.due_at,
        failures=row.failures,
        finished=row.finished_at,
        finished_rows=row.finished_rows,
    )
