"""LM Studio's catalogue: models its makers picked, as one JSON list of a public repository.

The repository is no longer updated (last capture August 2024); the present catalogue is a web page. So this says
what could be run then, with low trust, and `datePublished` is when the entry was made.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from models_catalog.sources.cells import Row, facts_of, numbered_rows
from models_catalog.sources.contract import (
    Board,
    Door,
    Page,
    Parsed,
    ReleaseSeen,
    Rights,
    RuntimeSeen,
    Source,
)
from models_catalog.sources.links import hub_repository
from models_catalog.sources.reading import list_of, read_json, require_keys
from models_catalog.vocabulary import DateKind

DUE = ("name", "datePublished", "author.name", "resources.canonicalUrl", "files")

CATALOGUE = Board(
    slug="catalogue",
    title="LM Studio model catalogue (no longer updated)",
    url="https://raw.githubusercontent.com/lmstudio-ai/model-catalog/main/catalog.json",
    media="json",
    recorded=("lmstudio_catalog@*.json",),
)


def pages(get: Door) -> Iterator[Page]:
    yield get(CATALOGUE.slug, CATALOGUE.url)


def parse(page: Page) -> Iterator[Parsed]:
    """Listings, and the runtime itself."""
    models = list_of(read_json(page), "LM Studio's list of models")
    require_keys(models, DUE, "model")
    yield from facts_of(numbered_rows(models, "model", "name"), entry)


def entry(row: Row) -> Iterator[Parsed]:
    name, resources = row.due_text("name"), row.inner("resources")
    yield ReleaseSeen(
        model=name,
        name=name,
        quote=row.quote("name", "datePublished"),
        organization=row.inner("author").text("name"),
        date=row.date("datePublished"),
        date_kind=DateKind.LISTING,
        hub_repository=hub_repository(resources.text("canonicalUrl")),
    )
    yield RuntimeSeen(model=name, name=name, quote=row.quote("name"), runtime="lm studio")


SOURCE = Source(
    slug="lm-studio",
    title="LM Studio catalogue",
    home="https://lmstudio.ai/models",
    rights=Rights(
        owner="Element Labs, Inc. (LM Studio)",
        terms_url="https://github.com/lmstudio-ai/model-catalog",
        data_licence="none verified",
        display=True,
        export=False,
        attribution="LM Studio model catalogue",
        robots="Not applied: a file of a public repository, served raw to programs.",
        basis="The repository's licence was not opened; entries are shown with a link, nothing is exported.",
    ),
    boards=(CATALOGUE,),
    hosts=("raw.githubusercontent.com",),
    cadence=timedelta(days=30),
    stale_after=timedelta(days=120),
    pages=pages,
    parse=parse,
    folder="providers",
)
