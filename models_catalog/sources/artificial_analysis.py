"""Artificial Analysis: its Intelligence, Coding and Agentic Index per model, for those with a key of their own.

Written against the free tier of the Data API as its documentation and several public clients of 2026 describe it:
`GET /api/v2/language/models/free?page=1` with `x-api-key` answers `{"tier", "intelligence_index_version",
"pagination": {"page", "has_more", …}, "data": […]}`. No page of it was recorded. An index is refitted with each of its
versions, so the version is part of the benchmark's name; null is not measured, and never zero.

Not read: prices and speeds. They are medians over hosts, so nobody's offer, and latency has no place here yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from models_catalog.sources.cells import Row, facts_of, numbered_rows, quotable
from models_catalog.sources.contract import (
    Board,
    Bounds,
    Door,
    Drift,
    Page,
    Parsed,
    PayloadError,
    ReleaseSeen,
    Rights,
    ScoreSeen,
    Source,
)
from models_catalog.sources.reading import list_of, object_of, read_json, require_keys

INDICES = {
    "artificial_analysis_intelligence_index": "Artificial Analysis Intelligence Index",
    "artificial_analysis_coding_index": "Artificial Analysis Coding Index",
    "artificial_analysis_agentic_index": "Artificial Analysis Agentic Index",
}
VERSION = "intelligence_index_version"
DUE = ("name", "slug", "model_creator.name", "evaluations", "release_date")
MOST_PAGES = 20  # of 200 models
MODELS = Board(
    slug="models",
    title="Artificial Analysis, language models",
    url="https://artificialanalysis.ai/api/v2/language/models/free",
    media="json",
    recorded=("models-*.json",),
    complete=False,  # one of several pages
    bounds=Bounds(size=0.0, reason="The last page holds what is left over."),
)


def pages(get: Door) -> Iterator[Page]:
    """Page after page until one says that no other follows."""
    for number in range(1, MOST_PAGES + 1):
        page = get(MODELS.slug, f"{MODELS.url}?page={number}")
        yield page
        if not has_more(page):
            return


def has_more(page: Page) -> bool:
    """False also for a page that cannot be read: what is wrong with it is said when it is parsed."""
    try:
        answer = object_of(read_json(page), "Artificial Analysis' answer")
    except PayloadError:
        return False
    listed = answer.get("pagination")
    return isinstance(listed, dict) and listed.get("has_more") is True


def parse(page: Page) -> Iterator[Parsed]:
    """Releases, and one score per model and index."""
    answer = object_of(read_json(page), "Artificial Analysis' answer")
    require_keys([answer], ("data", VERSION), "answer")
    models = list_of(answer["data"], "Artificial Analysis' list of models")
    require_keys(models, DUE, "model")
    version = str(answer[VERSION])
    yield from unknown_scores(models)
    yield from facts_of(numbered_rows(models, "model", "slug"), release, lambda row: scores(row, version))


def unknown_scores(models: Sequence[object]) -> Iterator[Drift]:
    """A measure that nobody here has reviewed is noted once, and not read."""
    stated = [item.get("evaluations") for item in models if isinstance(item, dict)]
    names = {str(name) for found in stated if isinstance(found, dict) for name in found}
    for name in sorted(names - set(INDICES)):
        yield Drift("evaluations", "a measure we do not know", quotable(name))


def release(row: Row) -> Iterator[Parsed]:
    yield ReleaseSeen(
        model=row.due_text("slug"),
        name=row.due_text("name"),
        quote=row.quote("slug", "release_date"),
        organization=row.inner("model_creator").text("name"),
        date=row.date("release_date"),
    )


def scores(row: Row, version: str) -> Iterator[Parsed]:
    stated = row.inner("evaluations")
    for key, title in INDICES.items():
        value = stated.number(key)
        if value is not None:
            yield ScoreSeen(
                model=row.due_text("slug"),
                name=row.due_text("name"),
                quote=stated.quote(key),
                benchmark=f"{title} {version}",
                metric=key,
                value=value,
                unit="index",
                evaluator="Artificial Analysis",
                evaluator_type="independent",
            )


SOURCE = Source(
    slug="artificial-analysis",
    title="Artificial Analysis",
    home="https://artificialanalysis.ai",
    rights=Rights(
        owner="Artificial Analysis",
        terms_url="https://artificialanalysis.ai/documentation",
        data_licence="free API, attribution required",
        display=True,
        export=False,
        attribution="Artificial Analysis, https://artificialanalysis.ai/",
        robots="Not applied: a documented API endpoint, asked with the operator's own key.",
        basis="The API's documentation, read in a stored copy: 'Attribution is required for all use of our free API. "
        "Please provide attribution to https://artificialanalysis.ai/.' It says nothing about handing the data on, and "
        "the terms of use were not opened: values are shown with the credit, and never exported.",
    ),
    boards=(MODELS,),
    hosts=("artificialanalysis.ai",),
    cadence=timedelta(days=1),
    stale_after=timedelta(days=7),
    pages=pages,
    parse=parse,
    key="ARTIFICIAL_ANALYSIS_API_KEY",
    key_header="x-api-key",
)
