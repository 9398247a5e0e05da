"""What is exported: each dataset with its columns, what they mean, and its rows in a stable order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db.models import Count, QuerySet

from models_catalog.charts.cells import Cell
from models_catalog.exports.columns import FACT, FRONTIER, GAP, MODELS, PRICES, SCORES, STATED
from models_catalog.findings.entries import ORDERS, Entry, EntryQuery, entries, sources_of
from models_catalog.findings.facts import price, score, score_corrections
from models_catalog.findings.handing import Quote, kept_back, level_quotes
from models_catalog.findings.issued import issued_gap
from models_catalog.findings.moment import Moment
from models_catalog.findings.records import FrontierPoint, Gap
from models_catalog.findings.stated import KINDS, facts_at, subjects_released, who
from models_catalog.models import Observation
from models_catalog.normalise.authorities import CATALOGUE
from models_catalog.normalise.statements import REVIEW
from models_catalog.sources import SOURCES, by_slug
from models_catalog.sources.leaving import may_leave
from models_catalog.vocabulary import Inputs

OURS = frozenset({REVIEW, CATALOGUE})  # statements of our own reading, each with its cite
BATCH = 250  # rows held at a time: few, because every process pays for them
Record = dict[str, Cell]
Rows = Callable[[Moment], Iterator[Record]]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table. `columns`: name -> meaning and unit, in the order of the file."""

    name: str
    about: str
    columns: dict[str, str]
    rows: Rows


def cleared() -> frozenset[str]:
    """Slugs of the sources whose owners' terms allow their data to be handed on."""
    return frozenset(source.slug for source in SOURCES if source.rights.export)


def stated(what: str, moment: Moment) -> QuerySet[Observation]:
    """Every value of a kind, exportable or not."""
    rows = facts_at(KINDS[what], moment)
    return (
        rows.filter(subject_id__in=subjects_released(moment)) if what == "scores" and moment.as_of else rows
    )


def held(what: str, moment: Moment) -> dict[str, int]:
    """How many values of each source there are; none of what was never stated by a source, but computed."""
    if what not in KINDS:
        return {}
    counted = stated(what, moment).order_by().values_list("subject__source").annotate(rows=Count("pk"))
    return dict(counted)


def facts(what: str, moment: Moment) -> Iterator[tuple[Observation, str, str]]:
    """Every exportable value with model slug and name, in the order of its id; never all in memory."""
    found = stated(what, moment).filter(subject__source__in=cleared())
    rows = found.select_related("subject", "fetch").order_by("pk").iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        known = who({row.subject_id: row.subject for row in batch}, moment)
        kept = [row for row in batch if may_leave(by_slug(row.subject.source), row.board, row.value)]
        yield from ((row, *known[row.subject_id]) for row in kept)


def basics(row: Observation, model: str, name: str) -> Record:
    return {
        "observation": row.pk,
        "model": model,
        "source": row.subject.source,
        "subject": name,
        "valid_from": row.valid_from,
        "observed_at": row.observed_at,
        "payload_sha256": row.fetch.sha256,
    }


def model_rows(moment: Moment) -> Iterator[Record]:
    allowed, after = cleared(), None
    while page := entries(EntryQuery(), moment, ORDERS["slug"], after, BATCH):
        sources = sources_of([item.row.slug for item in page], moment)
        for item in page:
            behind = [slug for slug in sources.get(item.row.slug, ()) if slug in allowed]
            if behind:
                yield model_record(item, behind, allowed)
        after = page[-1].position


def model_record(item: Entry, behind: Sequence[str], allowed: frozenset[str]) -> Record:
    """Dates and access only as far as an exportable source, or what we reviewed ourselves, states them."""
    row, model = item.row, item.model
    dated = model.released_source in allowed | OURS
    known = model.access_source in allowed | OURS
    return {
        "slug": row.slug,
        "name": row.name,
        "organization": row.organization,
        "organization_slug": row.organization_slug,
        "released": row.released if dated else None,
        "released_precision": row.released_precision if dated else "",
        "released_source": model.released_source if dated else "",
        "access": row.access.value if known else "",
        "access_source": model.access_source if known else "",
        "sources": " ".join(behind),
        "withheld": "; ".join(
            f"{what}: {whose}"
            for what, whose, said in (
                ("released", model.released_source, dated),
                ("access", model.access_source, known),
            )
            if whose and not said
        ),
    }


def score_rows(moment: Moment) -> Iterator[Record]:
    mended = score_corrections(moment.known_at)
    for row, model, name in facts("scores", moment):
        found = score(row, mended)
        own = (
            "benchmark",
            "benchmark_slug",
            "metric",
            "value",
            "unit",
            "low",
            "high",
            "settings",
            "evaluator",
        )
        yield (
            basics(row, model, name)
            | {key: getattr(found, key) for key in own}
            | {
                "evaluated_on": found.evaluated_on,
                "corrected": " ".join(found.corrected),
            }
        )


def price_rows(moment: Moment) -> Iterator[Record]:
    for row, model, name in facts("prices", moment):
        found = price(row)
        own = ("provider", "unit", "tier", "band", "amount", "per", "currency", "variable")
        yield (
            basics(row, model, name)
            | {key: getattr(found, key) for key in own}
            | {"per_million_tokens": found.per_million}
        )


def statement_rows(moment: Moment) -> Iterator[Record]:
    for row, model, name in facts("statements", moment):
        said: Record = {"kind": row.kind} | {key: row.value.get(key) for key in STATED}
        yield basics(row, model, name) | said


def lifecycle_rows(moment: Moment) -> Iterator[Record]:
    for row, model, name in facts("lifecycle-events", moment):
        yield basics(row, model, name) | {key: row.value.get(key) for key in ("provider", "event", "date")}


def answers(moment: Moment) -> Iterator[tuple[Inputs, Gap]]:
    """The answer from each kind of scores that had one."""
    for inputs in Inputs:
        found = issued_gap(inputs, moment)
        if found:
            yield inputs, found


def gap_rows(moment: Moment) -> Iterator[Record]:
    """Results of ours, whatever they were made from, with whose scores that was."""
    for _, found in answers(moment):
        behind = " ".join(credit.slug for credit in found.frontier.credits)
        about: Record = {
            "as_of": found.as_of,
            "method_version": found.method_version,
            "sources": behind,
        }
        for item in found.results:
            yield about | {key: getattr(item, key) for key in GAP if key not in about}


def computed_from(moment: Moment) -> frozenset[str]:
    """Slugs of the sources whose scores the exported results were made from."""
    return frozenset(credit.slug for _, found in answers(moment) for credit in found.frontier.credits)


def frontier_rows(moment: Moment) -> Iterator[Record]:
    for inputs, found in answers(moment):
        points = found.frontier.points
        kept = kept_back(quote for point in points for quote in level_quotes(point))
        yield from (frontier_record(inputs, point, kept) for point in points)


def frontier_record(inputs: Inputs, point: FrontierPoint, kept: Mapping[Quote, tuple[str, ...]]) -> Record:
    own = {quote.key: kept[quote] for quote in level_quotes(point) if quote in kept}
    about: Record = {
        "inputs": inputs.value,
        "sources": " ".join(point.sources),
        "withheld": "; ".join(f"{key}: {' '.join(whose)}" for key, whose in own.items()),
    }
    said = {key: getattr(point, key) for key in FRONTIER if key not in about}
    return about | {key: None if key in own else value for key, value in said.items()}


DATASETS = (
    Dataset("models", "Models", MODELS, model_rows),
    Dataset("scores", "Benchmark scores", SCORES, score_rows),
    Dataset("prices", "Prices", PRICES, price_rows),
    Dataset(
        "statements", "What sources state of releases and licences", FACT | {"kind": "release or licence"} | STATED,
        statement_rows,
    ),
    Dataset(
        "lifecycle-events", "Deprecations and ends",
        FACT | {"provider": "where it ends", "event": "the source's word", "date": "day"}, lifecycle_rows,
    ),
    Dataset("gap", "The gap by every method", GAP, gap_rows),
    Dataset("frontier", "Models on the scale", FRONTIER, frontier_rows),
)  # fmt: skip
