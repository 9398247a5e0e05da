"""How many open models did each engine and host carry at a moment, and what became of it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db.models import Q

from models_catalog.findings.entries import EntryQuery, matching
from models_catalog.findings.facts import displayed_sources
from models_catalog.findings.moment import Moment
from models_catalog.findings.remembered import remembered
from models_catalog.findings.running import ALSO_HOSTS, ENGINES, Platform, platforms
from models_catalog.findings.stated import facts_at
from models_catalog.findings.status import credit_known
from models_catalog.models import Resolution, SubjectVersion
from models_catalog.vocabulary import Access, FactKind, PriceUnit

SOLD = Q(kind=FactKind.PRICE, value__unit=PriceUnit.INPUT.value, value__has_key="provider")
NOTHING = Q(value__amount="0") | Q(value__amount=None) | Q(value__amount="")


def platforms_then(moment: Moment) -> tuple[Platform, ...]:
    """Every engine and host of /run/, as of a day, as known at an instant. Statuses are reviewed, and of now."""
    return remembered(("platforms", moment), lambda: counted(moment))


def counted(moment: Moment) -> tuple[Platform, ...]:
    listed = slugs(EntryQuery(access=Access.OPEN), moment)
    carried = models_of(Q(kind=FactKind.RUNTIME), ENGINES, moment)
    sold = models_of(SOLD & ~NOTHING, ALSO_HOSTS, moment)
    numbers = {slug: len(models & listed) for slug, models in (*carried.items(), *sold.items())}
    return tuple(at(item, numbers.get(item.slug, 0), moment) for item in platforms(()))


def at(item: Platform, models: int, moment: Moment) -> Platform:
    if moment.known_at and item.home:
        item = replace(item, seen=credit_known(item.slug, moment.known_at).retrieved)
    return replace(item, models=models)


def slugs(query: EntryQuery, moment: Moment) -> set[str]:
    rows = matching(query, moment)
    if moment.known_at is None:
        rows = rows.select_related(None).prefetch_related(None)
    return set(rows.order_by().values_list("slug", flat=True))


def models_of(facts: Q, sources: Iterable[str], moment: Moment) -> Mapping[str, set[str]]:
    """By source: the models (slugs) that it states such a fact of."""
    shown = set(sources) & set(displayed_sources())
    stated = facts_at(facts, moment).filter(subject__source__in=shown).values("subject_id")
    known: Iterable[tuple[str, str]]
    if moment.known_at is None:
        names = Resolution.objects.filter(subject_id__in=stated, model__isnull=False)
        known = names.values_list("subject__source", "model__slug")
    else:
        versions = SubjectVersion.objects.at(moment.known_at).filter(subject_id__in=stated).exclude(model="")
        known = versions.values_list("subject__source", "model")
    found: dict[str, set[str]] = {}
    for source, model in known:
        found.setdefault(source, set()).add(model)
    return found
