"""Mistral: the models overview, from the source of its documentation: weights, licences, versions, retirements.

An empty "Weight availability" means that the weights are not given out. The page has no prices: they stand on
mistral.ai, of which no recording was found. A model is its API endpoint where it has one of its own, else its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from models_catalog.sources.cells import Row, facts_of, quotable
from models_catalog.sources.contract import (
    Board,
    Bounds,
    Drift,
    LicenceSeen,
    LifecycleSeen,
    Page,
    Parsed,
    ReleaseSeen,
)
from models_catalog.sources.days import day_stated
from models_catalog.sources.money import plain
from models_catalog.sources.offers import distinct
from models_catalog.sources.tables import LINK, MARK_UP, Column, Layout, Reading, read_all
from models_catalog.sources.tables_markdown import read_markdown, tables_of
from models_catalog.sources.vendor import vendor_rights, vendor_source
from models_catalog.vocabulary import DateKind

OVERVIEW = Board(
    slug="models",
    title="Mistral, models overview",
    url="https://docs.mistral.ai/getting-started/models/models_overview/",
    media="markdown",
    recorded=("markdown/mistral_models-overview@*.md",),
    bounds=Bounds(
        overlap=0.5,
        reason="The page moves models to their successor's row as versions change: a fifth of its names went in five "
        "months of 2025.",
    ),
)
LAYOUT = Layout(
    columns=(
        Column("name", "model", due=True),
        Column("weights", "weight availability", due=True),
        Column("endpoint", "api endpoints", due=True),
        Column("context", "max tokens"),
        Column("version", "version"),
        Column("deprecated", "deprecation (?:on )?date"),
        Column("retires", "retirement date"),
    ),
    ignored=("available via api", "description", "alternative model", "legacy date"),
    noun="model",
    signs=("weights",),
)
ENDPOINT = re.compile(r"`([\w.-]+)`", re.ASCII)
CHECK = ":heavy_check_mark:"
SIZE = re.compile(r"(\d+)k", re.IGNORECASE)
YEAR_MONTH = re.compile(r"(\d\d)\.(\d\d)")
LICENCE_LINK = re.compile(r"\[[^\]]*\]\(([^)]*)\)")


def parse(page: Page) -> Iterator[Parsed]:
    """Releases with version month and access, licences of given-out weights, deprecations and retirements."""
    tables = tables_of(read_markdown(page))
    found = read_all(tables, [LAYOUT], "Mistral's models")
    return distinct(item for _, reading in found for item in facts(reading))


def facts(reading: Reading) -> Iterator[Parsed]:
    yield from reading.drift
    yield from facts_of(reading.rows, release, licence, endings)


def model_id(row: Row) -> str:
    """The endpoint when the cell is just one; `voxtral-mini-2507` "via" another API is a second model's."""
    match = ENDPOINT.fullmatch((row.text("endpoint") or "").strip())
    return match[1] if match else model_name(row)


def model_name(row: Row) -> str:
    return plain(row.due_text("name"))


def release(row: Row) -> Iterator[Parsed]:
    size, version = SIZE.search(row.text("context") or ""), YEAR_MONTH.fullmatch(row.text("version") or "")
    given = CHECK in (row.text("weights") or "")
    yield ReleaseSeen(
        model=model_id(row),
        name=model_name(row),
        quote=row.quote("name", "weights", "endpoint", "version"),
        organization="Mistral AI",
        date=f"20{version[1]}-{version[2]}" if version else None,
        date_kind=DateKind.API,
        access_claim="Weight availability: yes" if given else "Weight availability: none stated",
        context_tokens=int(size[1]) * 1_000 if size else None,
    )


def licence(row: Row) -> Iterator[Parsed]:
    """The licence's name as the page writes it, with its link."""
    cell = row.text("weights") or ""
    words = plain(MARK_UP.sub(" ", LINK.sub(r"\1", cell.replace(CHECK, ""))))
    if CHECK in cell and words:
        link = LICENCE_LINK.search(cell)
        yield LicenceSeen(
            model=model_id(row),
            name=model_name(row),
            quote=row.quote("weights"),
            licence=words,
            link=link[1] if link else None,
        )


def endings(row: Row) -> Iterator[Parsed]:
    for key, event in (("deprecated", "deprecated"), ("retires", "retires")):
        words = row.text(key)
        if not words:
            continue
        day = day_stated(words)
        if day is None:
            yield Drift(row.label, f"{key}: no day that can be", quotable(words))
        yield LifecycleSeen(
            model=model_id(row),
            name=model_name(row),
            quote=row.quote("name", key),
            provider="mistral",
            event=event,
            date=day,
        )


SOURCE = vendor_source(
    slug="mistral",
    title="Mistral models",
    rights=vendor_rights(
        "Mistral AI",
        "https://github.com/mistralai/platform-docs-public/blob/main/LICENSE",
        "Mistral AI, documentation",
        "The documentation's repository is recorded as Apache-2.0; its LICENSE was not opened, and whether it covers "
        "the page's facts was not confirmed. So nothing is exported; single facts are shown with their source.",
    ),
    boards=(OVERVIEW,),
    hosts=("docs.mistral.ai",),
    live=("models",),
    parse=parse,
)
