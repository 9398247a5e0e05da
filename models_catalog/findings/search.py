"""What does a reader mean by these letters? Models, organisations and families, typos forgiven."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from models_catalog.findings.catalogue import SEARCH_LENGTH, falling
from models_catalog.models import AIModel, Family, Organization

Named = TypeVar("Named", Organization, Family)
ALIKE = 0.3  # word similarity (pg_trgm, 0 to 1) from which a name is offered for a misspelt one
MODELS, OTHERS = 8, 3


@dataclass(frozen=True, slots=True)
class Found:
    """One hit: what it is ("model", "organisation", "family"), its slug, and what to say beside its name."""

    kind: str
    slug: str
    name: str
    beside: str


def suggestions(asked: str) -> tuple[Found, ...]:
    """At most 8 models, 3 organisations and 3 families, the closest first; nothing for fewer than two letters."""
    text = " ".join(asked[:SEARCH_LENGTH].replace("\x00", "").lower().split())
    if len(text) < 2:
        return ()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL pg_trgm.word_similarity_threshold = %s", [ALIKE])  # the index's own bound
        return (*models(text), *organizations(text), *families(text))


def models(text: str) -> list[Found]:
    """By every name any source uses: those that hold all words first, then those spelt alike."""
    holding = Q(*(Q(search__contains=word) for word in text.split()))
    exact = Case(When(name__istartswith=text, then=Value(0)), When(holding, then=Value(1)), default=Value(2))
    found = AIModel.objects.filter(holding | Q(search__trigram_word_similar=text))
    found = found.annotate(alike=TrigramWordSimilarity(text, "search"))
    ordered = (
        found.annotate(rank=exact)
        .select_related("organization")
        .order_by("rank", F("alike").desc(), falling("level"), "slug")
    )
    return [Found("model", row.slug, row.name, maker(row)) for row in ordered[:MODELS]]


def maker(row: AIModel) -> str:
    return row.organization.name if row.organization else ""


def organizations(text: str) -> list[Found]:
    named = Organization.objects.filter(ai_models__isnull=False)
    return [Found("organisation", row.slug, row.name, row.country) for row in alike(named, text)]


def families(text: str) -> list[Found]:
    named = Family.objects.select_related("organization").filter(ai_models__isnull=False)
    return [
        Found("family", row.slug, row.name, row.organization.name if row.organization else "")
        for row in alike(named, text)
    ]


def alike(rows: QuerySet[Named], text: str) -> QuerySet[Named]:
    found = rows.annotate(alike=TrigramWordSimilarity(text, "name"), size=Count("ai_models"))
    found = found.filter(Q(name__icontains=text) | Q(alike__gte=ALIKE))
    return found.order_by(F("alike").desc(), "-size", "slug")[:OTHERS]
