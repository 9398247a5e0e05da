"""What do sources, or two captures of one source, state differently? Both sides, with who said it and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models_catalog.findings.corrections import TITLES
from models_catalog.models import Disagreement
from models_catalog.sources import SOURCES
from models_catalog.vocabulary import Matter

OURS = {"catalogue": "our catalogue"}
HIDDEN = frozenset(source.slug for source in SOURCES if not source.rights.display)


@dataclass(frozen=True, slots=True)
class Stated:
    """One side. `on` is the day of the capture that holds it; None for what was reviewed here."""

    said: str
    source: str
    source_title: str
    on: date | None


@dataclass(frozen=True, slots=True)
class DisagreementLine:
    """`about` is a model's slug or, of names and of one source's captures, the name it uses; `model` "" when that is
    no model here. `counted` is what we go by. `days` lie between two release dates."""

    matter: Matter
    about: str
    model: str
    counted: Stated
    stated: Stated
    days: int | None


def disagreements(matter: Matter | None = None, *, model: str = "") -> tuple[DisagreementLine, ...]:
    """All that are stored, in the order of matters; the farthest dates first, the rest by what they are about.

    A statement of a source whose owner does not allow public display is left out.
    """
    rows = Disagreement.objects.select_related("model")
    if matter is not None:
        rows = rows.filter(matter=matter)
    if model:
        rows = rows.filter(model__slug=model)
    lines = (line(row) for row in rows.iterator() if not {row.counted_source, row.stated_source} & HIDDEN)
    return tuple(sorted(lines, key=order))


def order(found: DisagreementLine) -> tuple[int, int, str, str, str]:
    matters = list(Matter)
    return (
        matters.index(found.matter),
        -(found.days or 0),
        found.about,
        found.stated.source,
        found.stated.said,
    )


def by_matter(found: Iterable[DisagreementLine]) -> dict[Matter, int]:
    counted = Counter(item.matter for item in found)
    return {matter: counted[matter] for matter in Matter if counted[matter]}


def line(row: Disagreement) -> DisagreementLine:
    return DisagreementLine(
        matter=Matter(row.matter),
        about=row.about,
        model=row.model.slug if row.model else "",
        counted=side(row.counted, row.counted_source, row.counted_on),
        stated=side(row.stated, row.stated_source, row.stated_on),
        days=row.days,
    )


def side(said: str, source: str, on: date | None) -> Stated:
    return Stated(said, source, (TITLES | OURS).get(source, source), on)
