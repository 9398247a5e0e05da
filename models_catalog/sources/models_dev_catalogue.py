"""models.dev `models.json`: models apart from any host, with benchmark results and links to weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from models_catalog.sources.cells import Row, Unreadable, facts_of, rows_of
from models_catalog.sources.contract import LicenceSeen, Parsed, ReleaseSeen, ScoreSeen
from models_catalog.sources.links import hub_repository
from models_catalog.sources.reading import require_keys

MODEL_KEYS = ("id", "name", "release_date", "open_weights", "limit.context", "modalities.input")
PERCENT_METRICS = {
    "percent",
    "percent correct",
    "percent resolved",
    "resolved",
    "resolve rate",
    "success rate",
    "pass@1",
    "average pass@1",
}
RUN_KEYS = ("harness", "variant")


def catalogue(models: Mapping[str, object]) -> Iterator[Parsed]:
    """Releases, licences and benchmark results of every model."""
    require_keys(models.values(), MODEL_KEYS, "model")
    yield from facts_of(rows_of(models.items()), catalogue_release, catalogue_licence, catalogue_scores)


def catalogue_release(row: Row) -> Iterator[Parsed]:
    developer, slash, _ = row.due_text("id").partition("/")
    yield release(row, row.due_text("id"), developer if slash else None, weights_repository(row))


def release(row: Row, model: str, organization: str | None = None, hub: str | None = None) -> ReleaseSeen:
    """What both boards say about a model. A context of 0 means not stated."""
    open_weights, modalities = row.flag("open_weights"), row.inner("modalities")
    return ReleaseSeen(
        model=model,
        name=row.due_text("name"),
        quote=row.quote("release_date", "open_weights"),
        organization=organization,
        family=row.text("family"),
        date=row.date("release_date"),
        access_claim=None if open_weights is None else f"open_weights: {str(open_weights).lower()}",
        hub_repository=hub,
        context_tokens=row.inner("limit").count("context") or None,
        modalities_in=modalities.words("input"),
        modalities_out=modalities.words("output"),
        status=row.text("status"),
    )


def weights_repository(row: Row) -> str | None:
    """The Hub repository of the weights as released: a link marked as a quantisation does not count."""
    whole = (weights for weights in row.inner_rows("weights") if weights.text("quantization") is None)
    return next(filter(None, (hub_repository(weights.text("url")) for weights in whole)), None)


def catalogue_licence(row: Row) -> Iterator[Parsed]:
    if licence := row.text("license"):
        yield LicenceSeen(
            model=row.due_text("id"), name=row.due_text("name"), quote=row.quote("license"), licence=licence
        )


def catalogue_scores(row: Row) -> Iterator[Parsed]:
    for result in row.inner_rows("benchmarks"):
        try:
            yield score(row, result)
        except Unreadable as error:
            yield error.problem(row.label)


def score(row: Row, result: Row) -> ScoreSeen:
    """One result; `evaluator` is the page it was taken from.

    A version or a data set makes another benchmark: `Terminal-Bench 2.1`, `SWE-Bench Pro [public]`. Harness
    and variant make another run.
    """
    metric = result.text("metric")
    settings = "; ".join(f"{key}: {result.text(key)}" for key in RUN_KEYS if result.text(key))
    unit = score_unit(metric)
    low_high = (0, 100) if unit == "percent" else (-1_000_000, 1_000_000)
    return ScoreSeen(
        model=row.due_text("id"),
        name=row.due_text("name"),
        quote=result.quote("name", "score", "metric"),
        benchmark=benchmark(result),
        metric=metric or "score",
        value=result.number_within("score", *low_high),
        unit=unit,
        run=settings,
        evaluator=result.text("source"),
        evaluated_on=result.date("date"),
        settings=settings or None,
    )


def benchmark(result: Row) -> str:
    name, version, dataset = result.due_text("name"), result.text("version"), result.text("dataset")
    return name + (f" {version}" if version else "") + (f" [{dataset}]" if dataset else "")


def score_unit(metric: str | None) -> str:
    """`percent` and `index` where the metric says so; a metric that names no unit leaves it unstated."""
    if metric in PERCENT_METRICS:
        return "percent"
    return "index" if metric == "index" else "unstated"
