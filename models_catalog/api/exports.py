"""The bulk files: which there are, with hashes, licences and how to cite them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from models_catalog.api import links
from models_catalog.api.answers import paged
from models_catalog.api.parameters import PageAsked, Word
from models_catalog.api.problems import Problem
from models_catalog.api.schemas import Meta, Row
from models_catalog.findings.exports import Export, exports

router = Router()


class FileOut(Schema):
    file: str
    dataset: str
    rows: int | None
    bytes: int
    sha256: str
    url: str


class ExportOut(Row):
    """One immutable folder of files; `latest` in an address is only another name of the newest."""

    name: str
    as_of: date | None
    known_at: datetime
    method_version: str
    citation: str
    files: list[FileOut]


class ExportList(Schema):
    data: list[ExportOut]
    next: str | None
    meta: Meta


class ExportsAsked(PageAsked):
    dataset: Word = Field("", description="with a file of it: scores, prices, gap …")
    sort: Literal["name"] = "name"


@router.get("/exports", response={200: ExportList, 422: Problem}, summary="Bulk files, CSV and NDJSON")
def export_list(request: HttpRequest, asked: Query[ExportsAsked]) -> HttpResponse:
    """Dated files of everything whose owners allow it, with the SHA-256 of each."""
    kept = [
        (item.name, item)
        for item in exports(asked.moment)
        if not asked.dataset or asked.dataset in {file.dataset for file in item.files}
    ]
    return paged(request, asked, ExportOut, kept, lambda item: export_out(request, item))


def export_out(request: HttpRequest, item: Export) -> ExportOut:
    def place(file: str) -> str:
        return links.page(request, f"/data/exports/{item.name}/{file}")

    names = ("file", "dataset", "rows", "bytes", "sha256")
    return ExportOut.model_validate(
        {
            "id": item.name,
            "links": {"manifest": place("manifest.json"), "dictionary": place("data-dictionary.json")},
            "sources": list(item.sources),
            "files": [
                {name: getattr(row, name) for name in names} | {"url": place(row.file)} for row in item.files
            ],
        }
        | {name: getattr(item, name) for name in ("name", "as_of", "known_at", "method_version", "citation")}
    )
