"""How much is stored of every source, and of which day is the newest? Counts over large tables, remembered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from models_catalog.findings.remembered import remembered
from models_catalog.models import CurrentObservation, DownloadSample, Fetch, Subject
from models_catalog.vocabulary import Outcome

DELIVERED = (Outcome.ACCEPTED, Outcome.UNCHANGED)


@dataclass(frozen=True, slots=True)
class Holding:
    """One source: pages that delivered, the newest capture among them, current values, names and resolved names."""

    files: int = 0
    newest: datetime | None = None
    observations: int = 0
    subjects: int = 0
    resolved: int = 0


def holdings() -> dict[str, Holding]:
    """By source slug; a source of which nothing is stored is absent.

    An unchanged page makes no new generation, but is newer: the newest page is part of the question.
    """
    newest_page = Fetch.objects.aggregate(newest=Max("id"))["newest"]
    return remembered(("holdings", newest_page), counted_holdings)


def counted_holdings() -> dict[str, Holding]:
    delivered = Fetch.objects.filter(outcome__in=DELIVERED).values_list("source")
    pages = {
        source: (files, newest)
        for source, files, newest in delivered.annotate(files=Count("id"), newest=Max("observed_at"))
    }
    known = Q(resolution__model__isnull=False)
    names = {
        source: (subjects, resolved)
        for source, subjects, resolved in Subject.objects.values_list("source").annotate(
            subjects=Count("id"), resolved=Count("id", filter=known)
        )
    }
    values = current_values()
    return {
        source: Holding(*pages.get(source, (0, None)), values[source], *names.get(source, (0, 0)))
        for source in {*pages, *names, *values}
    }


def current_values() -> Counter[str]:
    """Current facts and download samples per source."""
    facts = CurrentObservation.objects.values_list("subject__source").annotate(count=Count("pk"))
    found: Counter[str] = Counter(dict(facts.values_list("subject__source", "count")))
    sources = dict(Fetch.objects.filter(outcome=Outcome.ACCEPTED).values_list("id", "source"))
    for fetch, count in DownloadSample.objects.values_list("fetch_id").annotate(count=Count("*")):
        if fetch in sources:  # the samples' table has no foreign key: the fetch names the source
            found[sources[fetch]] += count
    return found
