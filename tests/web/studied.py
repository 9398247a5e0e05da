"""Studies of the invented world that pages show beside its standing answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pydantic import TypeAdapter

from models_catalog.analysis.adoption import ShareStudy, study_shares
from models_catalog.analysis.records import Point
from models_catalog.analysis.shares import Release, Sample, frontier_shares
from models_catalog.measure.version import METHOD_VERSION
from models_catalog.models import DownloadSample, Fetch, Resolution, Study, Subject
from models_catalog.vocabulary import Inputs, Rung
from tests.charts.invented import POINTS
from tests.web.stored import CAPTURED, World, fetched

SINCE = date(2024, 1, 1)
TOP = 5
SAMPLES = [  # one family's downloads in three months of one list
    Sample("pulse", date(2025, month, 1), f"invented/amber-{size}", "amber", 1_000_000 * month)
    for month in (6, 7, 8)
    for size in range(month - 5)
]


def study_shares_of(day: date, dated_by: tuple[str, ...] = ("epoch", "catalogue")) -> Study:
    """Every invented model as a release dated by either, the best of them as the frontier, and SAMPLES."""
    dated = [point for point in POINTS if point.released <= day]
    releases = [
        Release(point.released, point.access, dated_by[at % len(dated_by)]) for at, point in enumerate(dated)
    ]
    points = [Point(point.model, point.released, point.access, point.level, point.name) for point in dated]
    study = study_shares(releases, points, SAMPLES, since=SINCE, until=day)
    study = replace(study, frontier=frontier_shares(points, [day], top=TOP), top=TOP)
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


def count_downloads(made: World) -> None:
    """SAMPLES as stored counts, of repositories that resolve to a model of the family."""
    hub = made.fetches["huggingface"] = fetched("huggingface")
    Fetch.objects.filter(pk=hub.pk).update(board="pulse")
    for sample in SAMPLES:
        name = sample.repository
        subject, _ = Subject.objects.get_or_create(
            source="huggingface", external_id=name, defaults={"name": name}
        )
        meant = {"model": made.models["Birch 3"], "rung": Rung.EXACT}
        Resolution.objects.get_or_create(subject=subject, defaults=meant)
        DownloadSample.objects.create(
            subject_id=subject.pk,
            window="30d",
            day=sample.day,
            observed_at=CAPTURED,
            recorded_at=CAPTURED,
            count=sample.downloads,
            fetch_id=hub.pk,
        )
