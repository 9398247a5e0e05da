"""Which release dates do sources state more than a week apart?"""

from __future__ import annotations

import re

from models_catalog.findings.records import ReleaseConflict, StatedDate
from models_catalog.models import AIModel
from models_catalog.normalise.dates import parse_date

SENTENCE = re.compile(
    r"released (?P<day>[\d-]+) \((?P<source>[^,()]+), (?P<kind>\w+)\), "
    r"but also (?P<other_day>[\d-]+) \((?P<other_source>[^,()]+), (?P<other_kind>\w+)\)"
)


def release_conflicts() -> tuple[ReleaseConflict, ...]:
    """Every stated date that lies more than seven days from the accepted one, the farthest first.

    Days of listing and of a repository's making are other events, not conflicts. A month or a year that holds
    the accepted day is none either.
    """
    rows = AIModel.objects.exclude(conflicts=[]).select_related("organization").order_by("slug")
    found = [
        conflict(row, match)
        for row in rows
        for sentence in row.conflicts
        if (match := SENTENCE.fullmatch(sentence))
    ]
    return tuple(
        sorted(found, key=lambda item: (-item.days, item.model, item.stated.day, item.stated.source))
    )


def conflict(row: AIModel, match: re.Match[str]) -> ReleaseConflict:
    accepted, other = parse_date(match["day"]), parse_date(match["other_day"])
    assert accepted is not None
    assert other is not None
    return ReleaseConflict(
        model=row.slug,
        name=row.name,
        organization=row.organization.name if row.organization else "",
        accepted=StatedDate(match["day"], accepted[1], match["kind"], match["source"]),
        stated=StatedDate(match["other_day"], other[1], match["other_kind"], match["other_source"]),
        days=abs((other[0] - accepted[0]).days),
    )
