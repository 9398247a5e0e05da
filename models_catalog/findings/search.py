"""What does a reader mean by these letters? Models, organisations and families, typos forgiven."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Replace

from models_catalog.findings.catalogue import SEARCH_LENGTH, falling
from models_catalog.models import AIModel, Family, Organization

Named = TypeVar("Named", Organization, Family)
ALIKE = 0.3  # word similarity (pg_trgm, 0 to 1) from which a name is offered for a misspelt one
MISSPELT = 4  # letters; shorter ones are like everything
MODELS, OTHERS = 8, 3


@dataclass(frozen=True, slots=True)
class Found:
    """One hit: what it is ("model", "organisation", "family"), its slug, and what to say beside its name."""

    kind: str
    slug: str
    name: str
    beside: str


def suggestions(asked: str) -> tuple[Found, ...]:
    """At most 8 models, 3 organisations and 3 families, the likeliest first; nothing for fewer than two letters.

    Models spelt alike are offered only where few hold the words, others only where none does: who finds has not
    misspelt.
    """
    text = " ".join(asked[:SEARCH_LENGTH].replace("\x00", "").replace("-", " ").lower().split())
    if len(text) < 2:
        return ()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL pg_trgm.word_similarity_threshold = %s", [ALIKE])  # the index's own bound
        holding = holders(text)
        found = holding
        if len(holding) < MODELS and len(text) >= MISSPELT:
            found = [*holding, *spelt_alike(text)][:MODELS]
        forgiving = not holding
        return (
            *(Found("model", row.slug, row.name, maker(row)) for row in found),
            *organizations(text, forgiving=forgiving),
            *families(text, forgiving=forgiving),
        )


def holders(text: str) -> list[AIModel]:
    """Models with a name that holds all words: that name itself, names that begin so, then by capability."""
    rank = Case(
        When(spoken__iexact=text, then=Value(0)),
        When(spoken__istartswith=text, then=Value(1)),
        default=Value(2),
    )
    spoken = Replace("name", Value("-"), Value(" "))
    rows = AIModel.objects.filter(all_words(text)).annotate(spoken=spoken).annotate(rank=rank)
    return list(
        rows.select_related("organization").order_by(
            "-listed", "rank", falling("level"), falling("released"), "slug"
        )[:MODELS]
    )


def spelt_alike(text: str) -> list[AIModel]:
    """Models with a name like it, without those that hold it."""
    rows = AIModel.objects.filter(search__trigram_word_similar=text).exclude(all_words(text))
    spoken = Replace("name", Value("-"), Value(" "))
    alike = TrigramWordSimilarity(text, "search") + TrigramSimilarity(
        spoken, text
    )  # "gtp 5" is not only its "5"
    rows = rows.annotate(alike=alike).select_related("organization")
    return list(rows.order_by(F("alike").desc(), "-listed", falling("level"), "slug")[:MODELS])


def all_words(text: str) -> Q:
    """By every name any source uses."""
    return Q(*(Q(search__contains=word) for word in text.split()))


def maker(row: AIModel) -> str:
    return row.organization.name if row.organization else ""


def organizations(text: str, *, forgiving: bool) -> list[Found]:
    named = Organization.objects.filter(ai_models__isnull=False)
    rows = likest(named, text, forgiving=forgiving)
    return [Found("organisation", row.slug, row.name, row.country) for row in rows]


def families(text: str, *, forgiving: bool) -> list[Found]:
    named = Family.objects.select_related("organization").filter(ai_models__isnull=False)
    rows = likest(named, text, forgiving=forgiving)
    return [
        Found("family", row.slug, row.name, row.organization.name if row.organization else "") for row in rows
    ]


def likest(rows: QuerySet[Named], text: str, *, forgiving: bool) -> QuerySet[Named]:
    found = rows.annotate(alike=TrigramWordSimilarity(text, "name"), size=Count("ai_models"))
    found = found.filter(Q(name__icontains=text) | Q(alike__gte=ALIKE if forgiving else 1))
    return found.order_by(F("alike").desc(), "-size", "slug")[:OTHERS]
