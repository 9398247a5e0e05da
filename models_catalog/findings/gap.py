"""How far are open-weight models behind closed ones? The stored answer, or the same scale as of another day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from models_catalog.analysis.drawn import past_draws
from models_catalog.analysis.frontier import running_maximum
from models_catalog.analysis.reasons import EPOCH_IS_ONE
from models_catalog.analysis.records import Estimate, Point
from models_catalog.analysis.sensitivity import changed
from models_catalog.analysis.table import HEADLINE, INTERVAL, kept, tabulate_past
from models_catalog.findings.labels import cut_label, level_unit
from models_catalog.findings.records import Frontier, FrontierPoint, Gap, GapValue
from models_catalog.findings.remembered import remembered
from models_catalog.findings.status import credit
from models_catalog.findings.then import issued, known_then
from models_catalog.models import Fit, Issue, Refusal, Result
from models_catalog.vocabulary import Access, Cut, Inputs, Method

OVERALL = "overall"


def standing_issue(
    inputs: Inputs, cut: Cut = Cut.INDEX, key: str = "", sensitivity: str = ""
) -> Issue | None:
    """The newest answer made by `compute` for one part of the scores."""
    asked = {"fit__inputs": inputs, "fit__cut": cut, "fit__key": key, "sensitivity": sensitivity}
    rows = Issue.objects.filter(standing=True, **asked, **issued("issued_at")).select_related("fit")
    return rows.defer("fit__draws").order_by("-id").first()  # draws are large and seldom needed


def standing_gap(inputs: Inputs = Inputs.ALL, cut: Cut = Cut.INDEX, key: str = "") -> Gap | None:
    """The answer the site gives now; None when nothing has been computed for these inputs and this part."""
    return remembered(("standing gap", inputs, cut, key), lambda: stored_gap(inputs, cut, key))


def stored_gap(inputs: Inputs, cut: Cut, key: str) -> Gap | None:
    row = standing_issue(inputs, cut, key)
    return gap_of(row) if row else None


def refusal(inputs: Inputs, cut: Cut = Cut.INDEX, key: str = "") -> str:
    """Why the newest computation gave no answer; "" when it gave one, or none was tried.

    Reasons are of now and not kept: at an earlier instant there is none. Of Epoch's index no part is ever tried.
    """
    if inputs is Inputs.EPOCH and cut is not Cut.INDEX:
        return EPOCH_IS_ONE
    if known_then():
        return ""
    rows = Refusal.objects.filter(inputs=inputs, cut=cut, key=key)
    return rows.values_list("reason", flat=True).first() or ""


def gap_of(row: Issue) -> Gap:
    """A frozen issue as the pages, the API and the command line show it."""
    return assembled(row, row.as_of, stored_values(row))


def gap_as_of(as_of: date, inputs: Inputs = Inputs.ALL, cut: Cut = Cut.INDEX, key: str = "") -> Gap | None:
    """The standing scale seen as of an earlier day: the day selects models, it never refits."""
    return remembered(("gap as of", as_of, inputs, cut, key), lambda: seen_from(as_of, inputs, cut, key))


def seen_from(as_of: date, inputs: Inputs, cut: Cut, key: str) -> Gap | None:
    row = standing_issue(inputs, cut, key)
    if row is None:
        return None
    return gap_of(row) if as_of == row.as_of else past_gap(row, as_of)


def past_gap(row: Issue, as_of: date) -> Gap:
    """The figures of a day before the answer's own: those that the weekly series has, if it has that day."""
    cells = tabulate_past(row.fit.placed_points(), row.fit.drawn_levels(), as_of=as_of)
    values = tuple(value(cell.method, cell.delta, kept(cell.estimate), row.fit) for cell in cells)
    return assembled(row, as_of, values)


def assembled(row: Issue, as_of: date, values: tuple[GapValue, ...]) -> Gap:
    headline = next(item for item in values if item.method is HEADLINE and item.delta == 0)
    return Gap(
        as_of=as_of,
        known_at=row.known_at,
        vintage=row.vintage,
        method_version=row.fit.method_version,
        interval_level=INTERVAL,
        headline=headline,
        results=values,
        frontier=frontier_of(row.fit, as_of),
    )


def stored_values(row: Issue) -> tuple[GapValue, ...]:
    past = row.as_of < row.vintage.date()
    draws = past_draws(row.fit.draw_count) if past else row.fit.draw_count
    return tuple(stored_value(result, row.fit, draws) for result in row.results.order_by("pk"))


def stored_value(result: Result, fit: Fit, draws: int) -> GapValue:
    return GapValue(
        method=Method(result.method),
        inputs=Inputs(fit.inputs),
        scale=fit.scale,
        domain=domain_of(fit),
        delta=result.delta,
        value=result.value,
        low=result.low,
        high=result.high,
        unit=result.unit,
        n=result.n,
        n_unit=result.n_unit,
        censored_share=result.censored_share,
        reason=result.reason,
        at_least=result.at_least,
        cut=Cut(fit.cut),
        key=fit.key,
        draws=0 if unbounded(result) else draws,
    )


def domain_of(fit: Fit) -> str:
    return fit.key if fit.cut == Cut.DOMAIN else OVERALL


def value(method: Method, delta: float, estimate: Estimate, fit: Fit) -> GapValue:
    """A figure of a past day."""
    return GapValue(
        method=method,
        inputs=Inputs(fit.inputs),
        scale=fit.scale,
        domain=domain_of(fit),
        delta=delta,
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        unit=estimate.unit,
        n=estimate.n,
        n_unit=estimate.n_unit,
        censored_share=estimate.censored_share,
        reason=estimate.reason,
        at_least=estimate.at_least,
        cut=Cut(fit.cut),
        key=fit.key,
        draws=0 if unbounded(estimate) else past_draws(fit.draw_count),
    )


def unbounded(found: Result | Estimate) -> bool:
    return found.low is None and found.high is None


def frontier_of(fit: Fit, as_of: date, sensitivity: str = "") -> Frontier:
    """The scale's models released by that day, and who led each side."""
    points = changed(fit.placed_points(), sensitivity)
    access = {point.model: point.access for point in points}
    records = record_keys(points, Access.OPEN, as_of) | record_keys(points, Access.CLOSED, as_of)
    shown = tuple(
        frontier_point(stored, access[stored["key"]], stored["key"] in records, exact=is_exact(fit))
        for stored in sorted(fit.points, key=lambda item: (item["released"], item["key"]))
        if date.fromisoformat(stored["released"]) <= as_of
    )
    sources = sorted({source for point in shown for source in point.sources})
    return Frontier(
        inputs=Inputs(fit.inputs),
        scale=fit.scale,
        points=shown,
        best_open=best(shown, Access.OPEN),
        best_closed=best(shown, Access.CLOSED),
        credits=tuple(credit(source) for source in sources),
        part="" if fit.cut == Cut.INDEX else cut_label(Cut(fit.cut), fit.key),
        level_unit=level_unit(Cut(fit.cut), fit.key),
    )


def record_keys(points: Iterable[Point], access: Access, as_of: date) -> set[str]:
    return {step.model for step in running_maximum(points, access, as_of=as_of)}


def is_exact(fit: Fit) -> bool:
    """Does one observation state each level? On a published index and on a benchmark's own scale."""
    published = Inputs(fit.inputs) is Inputs.EPOCH and fit.cut == Cut.INDEX
    return published or fit.cut == Cut.BENCHMARK


def frontier_point(
    stored: dict[str, object], access: Access, record: bool, *, exact: bool = False
) -> FrontierPoint:
    low, high, observation = stored["low"], stored["high"], stored["observation"]
    sources = stored["sources"]
    assert isinstance(sources, list)
    return FrontierPoint(
        model=str(stored["model"]),
        name=str(stored["name"]),
        organization=str(stored["organization"]),
        released=date.fromisoformat(str(stored["released"])),
        access=access,
        level=float(str(stored["level"])),
        low=float(str(low)) if low is not None else None,
        high=float(str(high)) if high is not None else None,
        record=record,
        sources=tuple(str(source) for source in sources),
        observation=int(str(observation)) if observation is not None else None,
        exact=exact,
    )


def best(points: Iterable[FrontierPoint], access: Access) -> FrontierPoint | None:
    side = [point for point in points if point.access is access]
    return max(side, key=lambda point: (point.level, point.name), default=None)


def standing_point(slug: str) -> FrontierPoint | None:
    """A model's best version on the standing scale."""
    row = standing_issue(Inputs.ALL)
    stored = [point for point in row.fit.points if point["model"] == slug] if row else []
    versions = [frontier_point(point, Access(point["access"]), record=False) for point in stored]
    return max(versions, key=lambda point: (point.level, point.name), default=None)
