"""Studies of the invented world that pages show beside its standing answer."""

from __future__ import annotations

from datetime import date

from pydantic import TypeAdapter

from models_catalog.analysis.adoption import ShareStudy, study_shares
from models_catalog.analysis.records import Point
from models_catalog.analysis.shares import Release, Sample
from models_catalog.measure.version import METHOD_VERSION
from models_catalog.models import Study
from models_catalog.vocabulary import Inputs
from tests.charts.invented import POINTS
from tests.web.stored import CAPTURED

SINCE = date(2024, 1, 1)


def study_shares_of(day: date, dated_by: tuple[str, ...] = ("epoch", "catalogue")) -> Study:
    """Every invented model as a release dated by either, and one family's downloads in three months of one list."""
    dated = [point for point in POINTS if point.released <= day]
    releases = [
        Release(point.released, point.access, dated_by[at % len(dated_by)]) for at, point in enumerate(dated)
    ]
    points = [Point(point.model, point.released, point.access, point.level, point.name) for point in dated]
    samples = [
        Sample("pulse", date(2025, month, 1), f"invented/amber-{size}", "amber", 1_000_000 * month)
        for month in (6, 7, 8)
        for size in range(month - 5)
    ]
    study = study_shares(releases, points, samples, since=SINCE, until=day)
    return Study.objects.create(
        subject=Study.Subject.SHARES,
        inputs=Inputs.ALL,
        method_version=METHOD_VERSION,
        inputs_hash=f"invented shares {day}",
        as_of=day,
        vintage=CAPTURED,
        known_at=CAPTURED,
        detail=TypeAdapter(ShareStudy).dump_python(study, mode="json"),
        computed_at=CAPTURED,
    )
