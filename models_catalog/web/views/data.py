"""The data: how to ask the API, the bulk files, what their columns mean, whose they are and how to cite them."""

from __future__ import annotations

import json
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_catalog.findings.exports import DICTIONARY, LATEST, exported_file, exports
from models_catalog.findings.status import source_lines

SHOWN = 12  # newest exports listed; the API has them all
TYPES = {".csv": "text/csv; charset=utf-8", ".ndjson": "application/x-ndjson", ".json": "application/json"}


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    found = exports()
    page = {
        "newest": found[-1] if found else None,
        "exports": tuple(reversed(found))[:SHOWN],
        "dictionary": dictionary(),
        "cleared": tuple(line for line in source_lines() if line.export),
        "shown_only": sum(1 for line in source_lines() if line.display and not line.export),
        "root": request.build_absolute_uri("/api/v1"),
    }
    return render(request, "pages/data.html", page)


def dictionary() -> dict[str, Any]:
    """Of the newest export: dataset -> what it is, and its columns."""
    path = exported_file(LATEST, DICTIONARY)
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path else {}


@require_safe
def exported(_request: HttpRequest, name: str, file: str) -> HttpResponseBase:
    """One file, streamed. A dated one never changes; `latest` is another name of the newest."""
    path = exported_file(name, file)
    if path is None:
        raise Http404("no such file was exported")
    response = FileResponse(path.open("rb"), content_type=TYPES[path.suffix])
    kind = "inline" if path.suffix == ".json" else "attachment"
    response["Content-Disposition"] = f'{kind}; filename="open-gap-{name}-{file}"'
    response["Cache-Control"] = (
        "public, max-age=300" if name == LATEST else "public, max-age=31536000, immutable"
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response
