"""Which repositories stand behind a family's downloads? One list's counts of one day, each with where it is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models_catalog.findings.facts import displayed_sources
from models_catalog.findings.remembered import remembered
from models_catalog.models import DownloadSample, Fetch, Resolution, Subject

WINDOW = "30d"  # trailing, the only one that is compared


@dataclass(frozen=True, slots=True)
class RepositoryCount:
    """One repository's trailing thirty-day count; `subject`, `window` and `day` address its evidence."""

    name: str
    model: str  # slug; "" when it resolves to none
    family: str  # slug; "" when it is not known
    family_name: str
    count: int
    subject: int
    window: str
    day: date


def repository_counts(recorder: str, day: date, family: str = "") -> tuple[RepositoryCount, ...]:
    """What one list held on one day, or what of it was added up for one family; the most downloaded first.

    A family's sum leaves out the zeros: they are windows the recorder could not fill.
    """
    every = remembered(("repositories", recorder, day), lambda: listed_counts(recorder, day))
    return tuple(row for row in every if not family or (row.family == family and row.count > 0))


def listed_counts(recorder: str, day: date) -> tuple[RepositoryCount, ...]:
    fetches = Fetch.objects.filter(source__in=displayed_sources(), board=recorder).values("pk")
    rows = DownloadSample.objects.filter(window=WINDOW, day=day, fetch_id__in=fetches).order_by("observed_at")
    counts = dict(rows.values_list("subject_id", "count"))  # the newest word on each
    names = dict(Subject.objects.filter(pk__in=counts).values_list("pk", "name"))
    known = Resolution.objects.filter(subject_id__in=counts, model__isnull=False)
    fields = ("model__slug", "model__family__slug", "model__family__name")
    meant = {subject: found for subject, *found in known.values_list("subject_id", *fields)}
    found = [
        repository(subject, names.get(subject, ""), meant.get(subject, ()), count, day)
        for subject, count in counts.items()
    ]
    return tuple(sorted(found, key=lambda row: (-row.count, row.name)))


def repository(
    subject: int, name: str, meant: list[str | None] | tuple[()], count: int, day: date
) -> RepositoryCount:
    model, family, family_name = ((text or "") for text in meant or ("", "", ""))
    return RepositoryCount(name, model, family, family_name, count, subject, WINDOW, day)
