"""Epoch AI's model database: four CSV files with the same kind of row, and headers that drift.

A few columns hold one of a handful of words. They are checked, because they show a shifted row: in the file
of May 2025 seventeen rows have their cells moved to the right, most of them into columns without a name.
A word that is new here is a problem of its row until somebody has looked at it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from models_catalog.sources.cells import Row, facts_of
from models_catalog.sources.contract import LicenceSeen, Page, Parsed, ReleaseSeen
from models_catalog.sources.epoch_notes import licence_in
from models_catalog.sources.links import hub_repository
from models_catalog.sources.reading import read_csv

COUNTRY = ("Country (of organization)", "Country (from Organization)")
COLUMNS = (
    "Model",
    "Organization",
    "Publication date",
    "Domain",
    "Parameters",
    "Model accessibility",
    "Link",
    "Base model",
    "Confidence",
    COUNTRY,
)
NOTES = "Accessibility notes"
OPEN_WEIGHTS = "Open model weights?"
REPORT_COLUMNS = ("System", "Model accessibility", "Base model", NOTES)
KNOWN_WORDS = {
    "Confidence": {"Confident", "Likely", "Speculative", "Unknown", "Unverified", "Wrong"},
    "Model accessibility": {
        "API access",
        "Hosted access (no API)",
        "Open weights (unrestricted)",
        "Open weights (restricted use)",
        "Open weights (non-commercial)",
        "Unreleased",
    },
    "Training code accessibility": {
        "Open source",
        "Open (restricted use)",
        "Open (non-commercial)",
        "Unreleased",
    },
    "Frontier model": {"True", "False", "checked"},
    OPEN_WEIGHTS: {"Yes", "No"},
}


def database(page: Page) -> Iterator[Parsed]:
    """One release per model, and the licence its notes name. A date may be a day, a month or a year, or be absent."""
    return facts_of(read_csv(page, COLUMNS, name="Model"), release, licence)


def report_database(page: Page) -> Iterator[Parsed]:
    """The database as of November 2024, with notes that its newer files leave out. Access, base and licence only: the
    rows' other columns are older than theirs. The file was published without an end of its last line."""
    whole = replace(page, body=page.body.rstrip(b"\n") + b"\n")
    yield from facts_of(read_csv(whole, REPORT_COLUMNS, name="System"), access, licence)


def access(row: Row) -> Iterator[Parsed]:
    refuse_shifted(row)
    if stated := row.text("Model accessibility"):
        yield ReleaseSeen(
            model=named(row),
            name=named(row),
            quote=row.quote("System", "Model accessibility", "Base model"),
            access_claim=stated,
            base_model=row.text("Base model"),
        )


def named(row: Row) -> str:
    return row.text("Model") or row.due_text("System")


def release(row: Row) -> Iterator[Parsed]:
    refuse_shifted(row)
    open_weights = row.text(OPEN_WEIGHTS)
    yield ReleaseSeen(
        model=row.due_text("Model"),
        name=row.due_text("Model"),
        quote=row.quote("Model", "Publication date", "Model accessibility", OPEN_WEIGHTS),
        organization=row.text("Organization"),
        date=row.date("Publication date"),
        access_claim=row.text("Model accessibility"),
        access_group=f"{OPEN_WEIGHTS}: {open_weights}" if open_weights else None,
        hub_repository=hub_repository(row.text("Link")),
        base_model=row.text("Base model"),
        parameters=row.count("Parameters"),
        country=next(filter(None, map(row.text, COUNTRY)), None),
        task=row.text("Domain"),
    )


def licence(row: Row) -> Iterator[Parsed]:
    """Where the weights are open; elsewhere the notes are about code."""
    refuse_shifted(row)
    open_weights = (row.text("Model accessibility") or "").startswith("Open weights")
    if stated := licence_in(str(row.cells.get(NOTES) or "")) if open_weights else None:
        yield LicenceSeen(
            model=named(row), name=named(row), quote=row.quote("Model accessibility", NOTES), licence=stated
        )


def refuse_shifted(row: Row) -> None:
    for column, words in KNOWN_WORDS.items():
        word = row.text(column)
        if word is not None and word not in words:
            raise row.wrong(column, "not one of its known words: a shifted row, or a new word")
