"""The claim ledger: what the field says, re-tested with what is stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from models_catalog.charts.counts import counts_by_verdict
from models_catalog.charts.figure import Cell, Column, Rows, Table, absent
from models_catalog.charts.numerals import count, day
from models_catalog.findings.claims import counted, ledger, made_by
from models_catalog.findings.claims.records import Entry, Evidence, Kind, Verdict
from models_catalog.web.past import PastDay, past_day


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as the page shows it; `against` are the claims that cannot hold with it."""

    entry: Entry
    evidence: tuple[Link, ...]
    against: tuple[Link, ...]
    mark: str  # of its verdict, for the stylesheet
    prediction: bool


@require_safe
def claims_page(request: HttpRequest) -> HttpResponse:
    past = past_day(request)
    entries = ledger(past.until)
    sentences = {entry.claim.slug: entry.claim.sentence for entry in entries}
    groups: dict[str, list[list[Line]]] = {}
    for contest in contests(entries):
        lines = [line(entry, sentences) for entry in contest]
        groups.setdefault(contest[0].claim.group, []).append(lines)
    said = headline(counted(entries), len(entries)) if entries else none_yet(past)
    page = {
        "overview": overview(entries),
        "headline": said,
        "groups": groups.items(),
        "past": past,
        "earliest": earliest(),
    }
    return render(request, "pages/claims.html", page)


def overview(entries: Iterable[Entry]) -> Table:
    """Every claim in a line, those that hold first; each leads to its formula and evidence further down."""
    columns = (Column("Claim"), Column("Verdict"), Column("What the data say"))
    ordered = sorted(entries, key=lambda entry: tuple(Verdict).index(entry.now.verdict))
    return Table("Those that hold come first", columns, tuple(overview_row(entry) for entry in ordered))


def overview_row(entry: Entry) -> tuple[Cell, ...]:
    now, below = entry.now, Rows(place=entry.claim.slug)
    said = Cell(now.reading, rows=below) if now.reading else absent(now.because)
    return Cell(f"“{entry.claim.sentence}”", rows=below), Cell(str(now.verdict)), said


def none_yet(past: PastDay) -> str:
    return (
        f"No claim of the ledger had been made by {day(past.until)}."
        if past.until
        else "The ledger is empty."
    )


def earliest() -> date:
    return min(claim.said_on for claim in made_by(None))


def contests(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Every claim once, together with those it contradicts: they are read side by side."""
    waiting = {entry.claim.slug: entry for entry in entries}
    while waiting:
        first = waiting.pop(next(iter(waiting)))
        others = [waiting.pop(slug) for slug in first.claim.contradicts if slug in waiting]
        yield [first, *others]


def line(entry: Entry, sentences: dict[str, str]) -> Line:
    claim = entry.claim
    return Line(
        entry=entry,
        evidence=tuple(Link(item.label, address(item)) for item in entry.now.evidence),
        against=tuple(Link(sentences[slug], f"#{slug}") for slug in claim.contradicts),
        mark=entry.now.verdict.name.lower(),
        prediction=claim.kind is Kind.PREDICTION,
    )


def address(item: Evidence) -> str:
    base = reverse(item.page, args=[item.argument] if item.argument else [])
    return f"{base}?{item.query}" if item.query else base


def headline(verdicts: dict[Verdict, int], total: int) -> str:
    """ "Of 29 claims, 4 hold, 3 hold in part, 2 do not hold, 20 are not settled by data." """
    return f"Of {count(total, 'claim')}, {counts_by_verdict(verdicts)}."
