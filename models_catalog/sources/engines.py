"""vLLM and Text Generation Inference: which models an engine's own documentation says it runs.

vLLM's page holds tables of architectures with examples: the Hub names in backticks under "Example HF Models".
An example stands for every checkpoint of its architecture; cells without a name (`TBA`, `N/A`) name none. TGI's page is
a list of links; a link to a collection names a line, not a repository. TGI is archived, so its list is final.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from models_catalog.sources.cells import Row, facts_of, quotable
from models_catalog.sources.contract import (
    Board,
    Door,
    EmptyPayload,
    MissingColumn,
    Page,
    Parsed,
    Rights,
    RowProblem,
    RuntimeSeen,
    Source,
    Truncated,
    WrongShape,
)
from models_catalog.sources.links import hub_repository
from models_catalog.sources.reading import page_text

EXAMPLES, KIND = "Example HF Models", "Architecture"
HUB_NAME = re.compile(r"`([\w.-]+(?:/[\w.-]+)?)`", re.ASCII)
ITEM = re.compile(r"- \[(?P<label>[^\]]+)\]\((?P<link>https?://[^)\s]+)\)")
MOST_LINES = 20_000

VLLM_MODELS = Board(
    slug="models",
    title="vLLM, supported models",
    url="https://raw.githubusercontent.com/vllm-project/vllm/main/docs/models/supported_models.md",
    media="markdown",
    recorded=("markdown/vllm_supported-models@*.md",),
)
TGI_MODELS = Board(
    slug="models",
    title="Text Generation Inference, supported models (archived)",
    url="https://raw.githubusercontent.com/huggingface/text-generation-inference/main/docs/source/supported_models.md",
    media="markdown",
    recorded=("markdown/tgi_supported-models@*.md",),
)
VLLM_END, TGI_END = "## Model Support Policy", "If the above list lacks"


def vllm_pages(get: Door) -> Iterator[Page]:
    yield get(VLLM_MODELS.slug, VLLM_MODELS.url)


def tgi_pages(get: Door) -> Iterator[Page]:
    yield get(TGI_MODELS.slug, TGI_MODELS.url)


def parse_vllm(page: Page) -> Iterator[Parsed]:
    """One place to run per example, each once."""
    lines = lines_of(page, "vLLM's list of models")
    rows = list(example_rows(lines))
    if not any(line.startswith("|") and KIND in line for line in lines):
        raise MissingColumn(f"no table of vLLM's page has a column {KIND!r}")
    if not rows:
        raise MissingColumn(f"no table of vLLM's page has rows under {EXAMPLES!r}")
    refuse_cut(lines, VLLM_END)
    yield from once(facts_of(rows, examples))


def example_rows(lines: list[str]) -> Iterator[Row | RowProblem]:
    """The rows of every table that has examples, by the names in its header."""
    header: list[str] = []
    for line in lines:
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.startswith("|") else []
        if not cells:
            header = []
        elif KIND in cells:
            header = cells
        elif EXAMPLES in header and not set(line) <= set("|-: "):
            label = quotable(f"row {cells[0]}")
            if len(cells) == len(header):
                yield Row(label, dict(zip(header, cells, strict=True)), "csv")
            else:
                yield RowProblem(label, f"{len(cells)} cells under {len(header)} columns", quotable(line))


def examples(row: Row) -> Iterator[Parsed]:
    for name in HUB_NAME.findall(row.text(EXAMPLES) or ""):
        yield RuntimeSeen(model=name, name=name, quote=row.quote(EXAMPLES), runtime="vllm")


def parse_tgi(page: Page) -> Iterator[Parsed]:
    """One place to run per listed model, each once."""
    lines = lines_of(page, "TGI's list of models")
    items = [match for line in lines if (match := ITEM.match(line))]
    if not items:
        raise WrongShape("TGI's page holds no list of links")
    refuse_cut(lines, TGI_END)
    rows = [
        Row(quotable(f"item {item['label']}"), item.groupdict() | {"line": item[0]}, "csv") for item in items
    ]
    yield from once(facts_of(rows, listed))


def listed(row: Row) -> Iterator[Parsed]:
    label = row.due_text("label")
    model = hub_repository(row.text("link")) or label
    yield RuntimeSeen(model=model, name=label, quote=row.quote("line"), runtime="tgi")


def lines_of(page: Page, due: str) -> list[str]:
    lines = page_text(page, due).splitlines()
    if len(lines) > MOST_LINES:
        raise WrongShape(f"{len(lines)} lines, at most {MOST_LINES} are read")
    if not any(lines):
        raise EmptyPayload(f"nothing where {due} is due")
    return lines


def refuse_cut(lines: list[str], end: str) -> None:
    """Text cut between two lines is still Markdown: what always follows the list must be there."""
    if not any(line.startswith(end) for line in lines):
        raise Truncated(f"the page stops before {end!r}, which follows the list")


def once(parsed: Iterator[Parsed]) -> Iterator[Parsed]:
    """The first record of each model: tables overlap."""
    named: set[str] = set()
    for item in parsed:
        if isinstance(item, RowProblem):
            yield item
        elif item.model not in named:
            named.add(item.model)
            yield item


VLLM = Source(
    slug="vllm",
    title="vLLM supported models",
    home="https://docs.vllm.ai/en/latest/models/supported_models.html",
    rights=Rights(
        owner="The vLLM project",
        terms_url="https://github.com/vllm-project/vllm/blob/main/LICENSE",
        data_licence="Apache-2.0 by report",
        display=True,
        export=False,
        attribution="vLLM documentation, supported models",
        robots="Not applied: a file of a public repository, served raw to programs.",
        basis="The page is part of a repository that is said to be under the Apache License; its text was not "
        "opened, so nothing is exported yet.",
    ),
    boards=(VLLM_MODELS,),
    hosts=("raw.githubusercontent.com",),
    cadence=timedelta(days=7),
    stale_after=timedelta(days=30),
    pages=vllm_pages,
    parse=parse_vllm,
    folder="providers",
)
TGI = Source(
    slug="tgi",
    title="TGI supported models",
    home="https://huggingface.co/docs/text-generation-inference/supported_models",
    rights=Rights(
        owner="Hugging Face, Inc.",
        terms_url="https://github.com/huggingface/text-generation-inference/blob/main/LICENSE",
        data_licence="Apache-2.0 by report",
        display=True,
        export=False,
        attribution="Text Generation Inference documentation, supported models",
        robots="Not applied: a file of a public repository, served raw to programs.",
        basis="The page is part of a repository that is said to be under the Apache License; its text was not "
        "opened, so nothing is exported yet. The repository is archived since 2026-03-21.",
    ),
    boards=(TGI_MODELS,),
    hosts=("raw.githubusercontent.com",),
    cadence=timedelta(days=90),
    stale_after=timedelta(days=400),
    pages=tgi_pages,
    parse=parse_tgi,
    folder="providers",
)
