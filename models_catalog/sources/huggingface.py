"""The Hugging Face Hub: repositories as `/api/models` lists them, and single ones.

Rows are read by the library's own `ModelInfo`, which knows their older and newer shapes. `downloads` counts
the trailing thirty days. `createdAt` is the repository's creation (never before 2022-03-02), not the model's
release. A repository is its `_id`; its name changes and can be taken over by another one. A row without
`_id` is legal and names its repository by the name of that day only.

Live, its lists are swept page after page (`huggingface_sweeps.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from models_catalog.sources import huggingface_recorded
from models_catalog.sources.cells import Row, Unreadable, facts, facts_of, numbered_rows, quotable
from models_catalog.sources.contract import (
    Board,
    Door,
    DownloadsSeen,
    LicenceSeen,
    Page,
    Parsed,
    ReleaseSeen,
    Rights,
    RuntimeSeen,
    Source,
)
from models_catalog.sources.huggingface_bases import base_of
from models_catalog.sources.huggingface_sweeps import RUNS_IN, SWEEPS
from models_catalog.sources.reading import list_of, object_of, read_json, require_keys
from models_catalog.vocabulary import DateKind, FactKind

if TYPE_CHECKING:
    from huggingface_hub.hf_api import ModelInfo

DUE = ("id", "downloads")
WHOLE_DTYPES = {"F64", "F32", "F16", "BF16"}
LICENCE_TAG = huggingface_recorded.LICENCE_TAG
GGUF = "gguf file"


def restated(page: Page) -> tuple[FactKind, ...]:
    """Of what does a row say all there is? A field that has no value is left out, so the question decides."""
    asked = set(parse_qs(urlsplit(page.url).query).get("expand", ()))
    return tuple(kind for kind, fields in STATED_IN.items() if fields <= asked)


STATED_IN = {
    FactKind.LICENCE: {"cardData", "gated", "tags"},
    FactKind.RUNTIME: {"gguf", "inferenceProviderMapping"},
}
MODELS = Board(
    slug="models",
    title="Hugging Face Hub, lists of models",
    url="https://huggingface.co/api/models",
    media="json",
    recorded=("api-models_*@*.json", "api-models_*@*.json.gz"),
    complete=False,
    paged=True,
    restated=restated,
)
MODEL = Board(
    slug="model",
    title="Hugging Face Hub, single models",
    url="https://huggingface.co/api/models/",
    media="json",
    recorded=("api-model_*@*.json", "api-model_*@*.json.gz"),
    complete=False,
)


def pages(get: Door) -> Iterator[Page]:
    """The first page of every list."""
    for sweep in SWEEPS:
        yield get(sweep.board, sweep.url)


def parse(page: Page) -> Iterator[Parsed]:
    """Releases, licences and download counts, of one repository or of a list of them."""
    if page.board in huggingface_recorded.SLUGS:
        yield from huggingface_recorded.parse(page)
        return
    payload = read_json(page)
    if page.board == MODEL.slug:
        rows: list[object] = [object_of(payload, "the Hub's description of a model")]
    else:
        rows = list(list_of(payload, "the Hub's list of models"))
    require_keys(rows, DUE, "model")
    yield from facts_of(numbered_rows(rows, "model", "id"), READERS.get(page.board, repository))


def repository(row: Row) -> Iterator[Parsed]:
    info = model_info(row)
    yield from facts(
        row,
        lambda row: releases(row, info),
        lambda row: licences(row, info),
        downloads,
        lambda row: runtimes(row, info),
    )


def model_info(row: Row) -> ModelInfo:
    """The row by the library's reader. Its complaints are all plain Python errors."""
    from huggingface_hub.hf_api import ModelInfo  # noqa: PLC0415 - costs a process 15 MB, and few ever read a row

    row.due_text("id")
    read_by_library: Callable[..., ModelInfo] = ModelInfo  # its constructor carries no types
    try:
        return read_by_library(**row.cells)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise Unreadable(f"the Hub's own reader refuses the row: {error!r}", row.quote("id")) from None


def identity(row: Row) -> str:
    """What stays when a repository is renamed, or its name where the row says no more."""
    return row.text("_id") or row.due_text("id")


def releases(row: Row, info: ModelInfo) -> Iterator[Parsed]:
    name = row.due_text("id")
    base, relation = base_of(row.words("tags"), on_card(info, "quantized_by"))
    yield ReleaseSeen(
        model=identity(row),
        name=name,
        quote=row.quote("id", "createdAt"),
        organization=name.partition("/")[0] if "/" in name else None,
        date=row.date("createdAt"),
        date_kind=DateKind.LISTING,
        hub_repository=name,
        hub_id=row.text("_id"),
        base_model=base,
        base_relation=relation,
        parameters=parameters(info),
        status="disabled" if row.flag("disabled") else None,
        task=row.text("pipeline_tag"),
    )


def parameters(info: ModelInfo) -> int | None:
    """Weights counted by safetensors, when all are of one unquantised type.

    The sum over mixed types is not the parameter count of a quantised repository: packed weights count less.
    """
    counts = info.safetensors.parameters if info.safetensors else None
    if not isinstance(counts, dict) or len(counts) != 1:
        return None
    ((dtype, count),) = counts.items()
    return Row("", {dtype: count}).count(dtype) if dtype in WHOLE_DTYPES else None


def licences(row: Row, info: ModelInfo) -> Iterator[Parsed]:
    """The licence tag and what the card adds; nothing when neither a licence nor a gate is stated."""
    card = Row(row.label, licence_fields(info))
    tags = tuple(tag for tag in row.words("tags") if tag.startswith(LICENCE_TAG))
    words, gated = licence_words(tags, card), gate(row)
    if words or gated or card.text("license_name") or card.text("license_link"):
        yield LicenceSeen(
            model=identity(row),
            name=row.due_text("id"),
            quote=quotable(", ".join(filter(None, (*tags, card.quote(*card.cells), row.quote("gated"))))),
            licence=", ".join(words) or None,
            licence_name=card.text("license_name"),
            link=card.text("license_link"),
            gated=gated,
        )


def licence_fields(info: ModelInfo) -> dict[str, object]:
    """What the model card states of `license`, `license_name` and `license_link`."""
    stated = {key: on_card(info, key) for key in ("license", "license_name", "license_link")}
    return {key: value for key, value in stated.items() if value is not None}


def on_card(info: ModelInfo, key: str) -> object:
    return getattr(info.card_data, key, None)


def licence_words(tags: tuple[str, ...], card: Row) -> tuple[str, ...]:
    """The tag's word first, then the card's if it differs: a conflict stays visible."""
    listed = isinstance(card.cells.get("license"), list)
    on_card = card.words("license") if listed else (card.text("license"),)
    tagged = (tag.removeprefix(LICENCE_TAG) for tag in tags)
    return tuple(dict.fromkeys(word for word in (*tagged, *on_card) if word))


def gate(row: Row) -> str | None:
    """`auto`, `manual` or `false`, the Hub's own three words."""
    value = row.cells.get("gated")
    return str(row.flag("gated")).lower() if isinstance(value, bool) else row.text("gated")


def downloads(row: Row) -> Iterator[Parsed]:
    for window, key in (("30d", "downloads"), ("all-time", "downloadsAllTime")):
        count = row.count(key)
        if count is not None:
            yield DownloadsSeen(
                model=identity(row),
                name=row.due_text("id"),
                quote=row.quote(key),
                window=window,
                count=count,
                likes=row.count("likes"),
            )


def runtimes(row: Row, info: ModelInfo) -> Iterator[Parsed]:
    """Where its weights run: from a GGUF file, and at the inference providers that serve it now."""
    if info.gguf:
        yield runs_in(row, GGUF, row.quote("gguf"))
    for provider in info.inference_provider_mapping or ():
        if provider.status == "live":
            yield runs_in(row, provider.provider, row.quote("inferenceProviderMapping"))


def runs_in(row: Row, runtime: str, quote: str) -> RuntimeSeen:
    return RuntimeSeen(model=identity(row), name=row.due_text("id"), quote=quote, runtime=runtime)


def listed_under(runtime: str) -> Callable[[Row], Iterator[Parsed]]:
    """Reads a list that was asked for by an application: being on it is what it says."""

    def read(row: Row) -> Iterator[Parsed]:
        yield runs_in(row, runtime, row.quote("id"))

    return read


READERS = {board.slug: listed_under(runtime) for runtime, board in RUNS_IN.items()}

SOURCE = Source(
    slug="huggingface",
    title="Hugging Face Hub",
    home="https://huggingface.co/models",
    rights=Rights(
        owner="Hugging Face, Inc.; model cards belong to their authors",
        terms_url="https://huggingface.co/terms-of-service",
        data_licence="none stated for the catalogue",
        display=True,
        export=False,
        attribution="Hugging Face Hub",
        robots="Not applied: the documented Hub API, within its published rate limits.",
        basis="The opening of the terms of service (effective 2022-09-15) and the Hub's page on rate limits "
        "were read: programs may use the API, and no licence to pass the catalogue on was found there. Facts "
        "of single repositories are shown with a link; nothing is exported.",
    ),
    boards=(MODELS, MODEL, *RUNS_IN.values(), *huggingface_recorded.BOARDS),
    hosts=("huggingface.co",),
    cadence=timedelta(hours=6),
    stale_after=timedelta(days=2),
    pages=pages,
    parse=parse,
    parser_version=4,
    opaque_ids=True,
    sweeps=SWEEPS,
)
