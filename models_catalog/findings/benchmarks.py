"""Which benchmarks are reviewed, and how many scores on each counted at a moment, from whom?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.fields.json import KT

from models_catalog.findings.facts import displayed_sources
from models_catalog.findings.moment import Moment
from models_catalog.findings.remembered import remembered
from models_catalog.findings.stated import KINDS, facts_at, subjects_released
from models_catalog.normalise.benchmarks import Benchmark, benchmark_named, benchmarks


@dataclass(frozen=True, slots=True)
class ReviewedBenchmark:
    """A reviewed benchmark with the present scores on it: how many, and of which sources (slugs)."""

    benchmark: Benchmark
    scores: int
    sources: tuple[str, ...]


def reviewed_benchmarks(moment: Moment) -> Mapping[str, ReviewedBenchmark]:
    """All of them in the order of slugs: the review is shipped with a release, what counts on it is of the moment."""
    return remembered(("benchmarks", moment), lambda: counted(moment))


def counted(moment: Moment) -> dict[str, ReviewedBenchmark]:
    rows = facts_at(KINDS["scores"], moment).filter(subject__source__in=displayed_sources())
    if moment.as_of:
        rows = rows.filter(subject_id__in=subjects_released(moment))
    named = rows.order_by().values_list("subject__source", KT("value__benchmark"), KT("value__metric"))
    held: dict[str, dict[str, int]] = {}
    for source, name, metric, number in named.annotate(number=Count("pk")):
        found = benchmark_named(source, str(name), str(metric))
        if found:
            by_source = held.setdefault(found.slug, {})
            by_source[source] = by_source.get(source, 0) + number
    return {
        slug: ReviewedBenchmark(found, sum(held.get(slug, {}).values()), tuple(sorted(held.get(slug, {}))))
        for slug, found in sorted(benchmarks().items())
    }
