"""A figure's data and picture as files: CSV, JSON, SVG, PNG at the page's own path.

Every row is there. A quoted value whose owner does not clear it for handing on is left out, and its row says whose it
is (`findings.handing` has the rule).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from models_catalog.charts.cells import csv_cell
from models_catalog.charts.figure import Data, DataRow, Figure, Raw
from models_catalog.findings.handing import Quote, kept_back
from models_catalog.findings.records import SourceLine
from models_catalog.findings.status import source_lines

KINDS = ("csv", "json", "svg", "png")
EMBED = "embed"  # the figure alone, for a frame on another site
MOST_NAMED = 3  # possible owners of one value
LIVE = "vega"  # the specification a page's own script draws from; the address is ours to change


def download(request: HttpRequest, figure: Figure, kind: str, about: dict[str, Any]) -> HttpResponse:
    """The figure in one of KINDS, LIVE or EMBED. `about` states the view: as of when, by which method version."""
    match kind:
        case "embed":
            return embedded(request, figure)
        case "csv":
            response = csv_response(figure)
        case "json":
            response = json_response(figure, about | {"address": request.build_absolute_uri()})
        case "vega":
            return JsonResponse(figure.live(narrow=request.GET.get("shape") == "narrow"))
        case "svg":
            response = HttpResponse(figure.svg(), content_type="image/svg+xml; charset=utf-8")
        case _:
            response = HttpResponse(figure.png(), content_type="image/png")
    name = f"open-gap-{figure.slug}.{kind}"
    disposition = "attachment" if kind == "csv" else "inline"
    response["Content-Disposition"] = f'{disposition}; filename="{name}"'
    return response


def embedded(request: HttpRequest, figure: Figure) -> HttpResponse:
    """A page of the figure alone that other sites may frame."""
    response = render(request, "pages/embed.html", {"figure": figure})
    response.xframe_options_exempt = True  # read by Django's middleware
    response._csp_replace = {"frame-ancestors": ["*"]}  # type: ignore[attr-defined]  # read by django-csp
    return response


@dataclass(frozen=True, slots=True)
class Handed:
    """A row as a file holds it: what may not be handed on is None, and `withheld` says whose each such value is."""

    values: tuple[Raw, ...]
    withheld: tuple[tuple[str, tuple[SourceLine, ...]], ...]  # key, owners; () where nobody knows

    @property
    def said(self) -> str:
        """ "price: OpenRouter, https://openrouter.ai/models"; "" where the row is whole."""
        return "; ".join(f"{key}: {named(owners)}" for key, owners in self.withheld)


def named(owners: Sequence[SourceLine]) -> str:
    """Whose it is, or can be; of many possible ones the credits beside it hold them all."""
    if len(owners) > MOST_NAMED:
        return f"one of the {len(owners)} sources credited here that may not be handed on"
    return " or ".join(f"{line.title}, {line.home}" for line in owners) or "an owner nobody knows"


def handed(data: Data) -> tuple[Handed, ...]:
    """Every row, without the quoted values whose owners' terms do not allow handing them on."""
    held = kept_back(quote for row in data.rows for quote in row.quotes)
    lines = {line.slug: line for line in source_lines()} if held else {}
    return tuple(handed_row(data.keys, row, held, lines) for row in data.rows)


def handed_row(
    keys: Sequence[str],
    row: DataRow,
    held: Mapping[Quote, tuple[str, ...]],
    lines: Mapping[str, SourceLine],
) -> Handed:
    kept = {quote.key: tuple(lines[slug] for slug in held[quote]) for quote in row.quotes if quote in held}
    values = tuple(None if key in kept else value for key, value in zip(keys, row.values, strict=True))
    return Handed(values, tuple(kept.items()))


@dataclass(frozen=True, slots=True)
class Withheld:
    """In how many of a figure's rows its files leave which values out, and whose these are."""

    rows: int
    of: int
    keys: tuple[str, ...]
    owners: tuple[SourceLine, ...]


def withheld(figure: Figure) -> Withheld | None:
    """What a reader must know before downloading; None where the files hold every value."""
    rows = handed(figure.data)
    kept = [item for row in rows for item in row.withheld]
    if not kept:
        return None
    keys = dict.fromkeys(key for key, _ in kept)
    owners = dict.fromkeys(line for _, lines in kept for line in lines)
    return Withheld(sum(1 for row in rows if row.withheld), len(rows), tuple(keys), tuple(owners))


def csv_response(figure: Figure) -> HttpResponse:
    rows = handed(figure.data)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*figure.data.keys, "withheld", "attribution"])
    for row in rows:
        writer.writerow([*map(csv_cell, row.values), csv_cell(row.said), csv_cell(figure.source_line)])
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["X-Withheld-Rows"] = str(sum(1 for row in rows if row.withheld))
    return response


def json_response(figure: Figure, about: dict[str, Any]) -> JsonResponse:
    rows = handed(figure.data)
    data = [dict(zip(figure.data.keys, row.values, strict=True)) | {"withheld": row.said} for row in rows]
    meta = about | {
        "title": figure.title,
        "sentence": figure.sentence,
        "attribution": figure.source_line,
        "withheld_rows": sum(1 for row in rows if row.withheld),
    }
    return JsonResponse({"data": data, "meta": meta})
