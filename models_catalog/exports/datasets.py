"""What is exported: each dataset with its columns, what they mean, and its rows in a stable order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from models_catalog.charts.cells import Cell
from models_catalog.findings.entries import ORDERS, Entry, EntryQuery, entries, sources_of
from models_catalog.findings.facts import may_leave, price, score, score_corrections
from models_catalog.findings.issued import issued_gap
from models_catalog.findings.moment import Moment
from models_catalog.findings.stated import KINDS, facts_at, subjects_released, who
from models_catalog.models import Observation
from models_catalog.normalise.statements import REVIEW
from models_catalog.sources import SOURCES
from models_catalog.vocabulary import Inputs

BATCH = 250  # rows held at a time: few, because every process pays for them
Record = dict[str, Cell]
Rows = Callable[[Moment], Iterator[Record]]
FACT = {
    "observation": "id of the stored observation: /api/v1/observations/<id> tells its evidence",
    "model": "slug of the model; empty: nobody the catalogue knows",
    "source": "slug of the source, see the manifest for its licence",
    "subject": "the name the source uses",
    "valid_from": "day from which it holds: stated, else first observed; a score's is its model's release",
    "observed_at": "when the payload was captured, UTC",
    "payload_sha256": "of the payload it was read from",
}


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


def facts(what: str, moment: Moment) -> Iterator[tuple[Observation, str, str]]:
    """Every exportable value with model slug and name, in the order of its id; never all in memory."""
    rows = facts_at(KINDS[what], moment).filter(subject__source__in=cleared())
    if what == "scores" and moment.as_of:
        rows = rows.filter(subject_id__in=subjects_released(moment))
    found = rows.select_related("subject", "fetch").order_by("pk").iterator(chunk_size=BATCH)
    while batch := list(islice(found, BATCH)):
        known = who({row.subject_id: row.subject for row in batch}, moment)
        yield from ((row, *known[row.subject_id]) for row in batch if may_leave(row))


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
    """Dates and access only as far as an exportable source, or our own review, states them."""
    row, model = item.row, item.model
    dated = model.released_source in allowed | {REVIEW}
    known = model.access_source in allowed | {REVIEW}
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


def gap_rows(moment: Moment) -> Iterator[Record]:
    """Results that rest on exportable sources alone."""
    for inputs in Inputs:
        found = issued_gap(inputs, moment)
        if found is None or not cleared().issuperset(item.slug for item in found.frontier.credits):
            continue
        for item in found.results:
            about: Record = {"as_of": found.as_of, "method_version": found.method_version}
            yield about | {key: getattr(item, key) for key in GAP if key not in about}


def frontier_rows(moment: Moment) -> Iterator[Record]:
    for inputs in Inputs:
        found = issued_gap(inputs, moment)
        for point in found.frontier.points if found else ():
            if cleared().issuperset(point.sources):
                said = {key: getattr(point, key) for key in FRONTIER if key not in ("inputs", "sources")}
                yield {"inputs": inputs.value} | said | {"sources": " ".join(point.sources)}


STATED = {
    "date": "as stated: a day, a month or a year",
    "date_kind": "which event the date is: announced, api, weights, listing",
    "organization": "developer, in the source's words",
    "access_claim": "access, in the source's words",
    "licence": "licence, in the source's words",
    "licence_name": "its name where `licence` says other",
}
GAP = {
    "inputs": "which scores: all, own, epoch",
    "as_of": "models released by this day",
    "method": "how the gap is read off the frontiers, see /method/",
    "domain": "overall, or one domain",
    "delta": "tolerance, index points",
    "value": "the figure; empty with a reason",
    "low": "lower end of the 90 % interval",
    "high": "upper end of the 90 % interval",
    "at_least": "the true figure can only be larger",
    "unit": "months or points",
    "n": "how many `n_unit` it rests on",
    "n_unit": "what n counts",
    "reason": "why there is no figure",
    "method_version": "of the method",
}
FRONTIER = {
    "inputs": "which scores",
    "model": "slug",
    "name": "name",
    "organization": "developer",
    "released": "day",
    "access": "open, closed, unknown",
    "level": "index points",
    "low": "lower end of the 90 % interval",
    "high": "upper end",
    "record": "it set a record of its side",
    "sources": "whose scores it rests on",
}
MODELS = {
    "slug": "stable id; its page is /models/<slug>/",
    "name": "name",
    "organization": "developer",
    "organization_slug": "its slug",
    "released": "day; empty where no exportable source states it",
    "released_precision": "day, month or year",
    "released_source": "who states it",
    "access": "open, closed, unknown; empty where no exportable source states it",
    "access_source": "who states it",
    "sources": "exportable sources that name the model",
}
SCORES = FACT | {
    "benchmark": "our name of it, else the source's",
    "benchmark_slug": "empty: not reviewed",
    "metric": "what is measured",
    "value": "in `unit`, corrected where `corrected` says so",
    "unit": "percent, fraction, index, elo …",
    "low": "lower end of the stated interval",
    "high": "upper end",
    "settings": "effort, scaffold, edit format …",
    "evaluator": "who measured",
    "evaluated_on": "as stated",
    "corrected": "why it differs from the stated value",
}
PRICES = FACT | {
    "provider": "who sells, in the source's words",
    "unit": "what is bought: input, output, cache_read …",
    "tier": "standard, batch …",
    "band": "context band",
    "amount": "in `currency` per `per`; empty: variable",
    "per": "unit of sale",
    "currency": "ISO 4217",
    "variable": "the source says that it depends",
    "per_million_tokens": "in `currency` per 1,000,000 tokens",
}
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
