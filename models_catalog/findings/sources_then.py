"""Which sources were there, and how much of each was known at an instant? Nothing here depends on the clock."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Count, Max, Q

from models_catalog.findings.moment import Moment
from models_catalog.findings.records import SourceLine
from models_catalog.findings.registered import registered_line
from models_catalog.findings.remembered import remembered
from models_catalog.findings.stated import facts_at
from models_catalog.models import Fetch, SubjectVersion
from models_catalog.sources import SOURCES
from models_catalog.vocabulary import Outcome


def sources_known(moment: Moment) -> tuple[SourceLine, ...]:
    """One line per registered source; runs, incidents and staleness, which are about now, are empty."""
    return remembered(("sources", moment), lambda: counted(moment))


def counted(moment: Moment) -> tuple[SourceLine, ...]:
    pages = Fetch.objects.filter(outcome=Outcome.ACCEPTED)
    if moment.known_at:
        pages = pages.filter(recorded_at__lte=moment.known_at)
    newest = dict(
        pages.values_list("source").annotate(newest=Max("observed_at")).values_list("source", "newest")
    )
    files = dict(pages.values_list("source").annotate(number=Count("pk")).values_list("source", "number"))
    values = facts_at(Q(), moment).values_list("subject__source").annotate(number=Count("pk"))
    versions = SubjectVersion.objects.at(moment.known_at)
    names = versions.values_list("subject__source").annotate(number=Count("pk"))
    known = versions.exclude(model="").values_list("subject__source").annotate(number=Count("pk"))
    held, seen, resolved = dict(values), dict(names), dict(known)
    return tuple(
        replace(
            registered_line(source),
            newest_observed=newest.get(source.slug),
            files=files.get(source.slug, 0),
            observations=held.get(source.slug, 0),
            subjects=seen.get(source.slug, 0),
            resolved=resolved.get(source.slug, 0),
        )
        for source in SOURCES
    )
