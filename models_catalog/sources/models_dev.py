"""models.dev: a community's catalogue of models, their hosts and prices, in two files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from models_catalog.sources.contract import Board, Door, Page, Parsed, Rights, Source
from models_catalog.sources.models_dev_catalogue import catalogue
from models_catalog.sources.models_dev_offers import offers
from models_catalog.sources.reading import object_of, read_json

BOARDS = (
    Board(
        slug="api",
        title="models.dev, models by provider",
        url="https://models.dev/api.json",
        media="json",
        recorded=("api-*.json", "api-*.json.gz"),
    ),
    Board(
        slug="models",
        title="models.dev, models apart from providers",
        url="https://models.dev/models.json",
        media="json",
        recorded=("models-*.json", "models-*.json.gz"),
    ),
)


def pages(get: Door) -> Iterator[Page]:
    for board in BOARDS:
        yield get(board.slug, board.url)


def parse(page: Page) -> Iterator[Parsed]:
    """`api`: releases, prices and deprecations per provider; `models`: releases, licences and scores."""
    payload = object_of(read_json(page), "the JSON object of models.dev")
    return offers(payload) if page.board == "api" else catalogue(payload)


SOURCE = Source(
    slug="models-dev",
    title="models.dev",
    home="https://models.dev",
    rights=Rights(
        owner="the models.dev contributors (anomalyco/models.dev)",
        terms_url="https://github.com/anomalyco/models.dev/blob/dev/LICENSE",
        data_licence="MIT",
        display=True,
        export=True,
        attribution="models.dev, MIT License, Copyright (c) 2025 spin.dev",
        robots="Not applied: the README offers both files to programs as the project's API.",
        basis="The repository's LICENSE was read: the MIT text, without a carve-out for the data files, "
        "which live in the same repository. Benchmark results are quoted there from other sites; the link "
        "of each is kept, and those owners' terms are not settled by this licence. Artificial Analysis's are "
        "not exported: its terms ask for a key and attribution.",
        withheld=("Artificial Analysis", "artificialanalysis.ai"),
    ),
    boards=BOARDS,
    hosts=("models.dev",),
    cadence=timedelta(hours=12),
    stale_after=timedelta(days=3),
    pages=pages,
    parse=parse,
)
