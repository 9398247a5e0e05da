"""A figure's data and picture as files: CSV, JSON, SVG, PNG at the page's own path.

A row is exported only when the owner of every source it rests on allows it; how many were withheld is said.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from models_catalog.charts.cells import csv_cell
from models_catalog.charts.figure import DataRow, Figure
from models_catalog.findings.records import SourceLine
from models_catalog.findings.status import source_lines

KINDS = ("csv", "json", "svg", "png")
EMBED = "embed"  # the figure alone, for a frame on another site
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


def exported(rows: Iterable[DataRow]) -> tuple[list[DataRow], int]:
    """The rows that may leave, and how many may not."""
    every = list(rows)
    cleared = {line.slug for line in source_lines() if line.export}
    kept = [row for row in every if cleared.issuperset(row.sources)]
    return kept, len(every) - len(kept)


@dataclass(frozen=True, slots=True)
class Withheld:
    """How many rows a figure's files hold, of how many it has, and the sources that keep the others on the page."""

    kept: int
    rows: int
    owners: tuple[SourceLine, ...]


def withheld(figure: Figure) -> Withheld | None:
    """What a reader must know before downloading; None where the files hold every row."""
    kept, missing = exported(figure.data.rows)
    if not missing:
        return None
    used = {source for row in figure.data.rows for source in row.sources}
    owners = tuple(line for line in source_lines() if line.slug in used and not line.export)
    return Withheld(len(kept), len(kept) + missing, owners)


def csv_response(figure: Figure) -> HttpResponse:
    rows, withheld = exported(figure.data.rows)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*figure.data.keys, "attribution"])
    for row in rows:
        writer.writerow([*(csv_cell(value) for value in row.values), csv_cell(figure.source_line)])
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["X-Withheld-Rows"] = str(withheld)
    return response


def json_response(figure: Figure, about: dict[str, Any]) -> JsonResponse:
    rows, withheld = exported(figure.data.rows)
    data = [dict(zip(figure.data.keys, row.values, strict=True)) for row in rows]
    meta = about | {
        "title": figure.title,
        "sentence": figure.sentence,
        "attribution": figure.source_line,
        "withheld_rows": withheld,
    }
    return JsonResponse({"data": data, "meta": meta})
