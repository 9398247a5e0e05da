"""What must hold whatever the world looks like. Levels are quarters, so that sums and doublings are exact."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models_catalog.analysis.evidence import Minimum, components, prune
from models_catalog.analysis.frontier import Roster, running_maximum
from models_catalog.analysis.index import fit_index
from models_catalog.analysis.lag import catch_up_of_level, catch_up_of_model, estimate, estimate_with_interval
from models_catalog.analysis.reading import backward_record
from models_catalog.analysis.records import DAYS_PER_MONTH, Estimate, Insufficient, Point, Score
from models_catalog.analysis.survival import survival
from models_catalog.vocabulary import Access, Method
from tests.analysis.invented import day

AS_OF = day(700)
levels = st.integers(min_value=-400, max_value=800).map(lambda quarters: quarters / 4)
deltas = st.sampled_from([0.0, 0.5, 2.0, 8.0])
methods = st.sampled_from(list(Method))


@st.composite
def worlds(draw: st.DrawFn) -> list[Point]:
    """Two sides that climb by fits and starts (most often far enough for every method), and some unknowns."""
    points = [
        Point(f"{side}-{number}", day(when), side, level)
        for side in (Access.CLOSED, Access.OPEN)
        for number, (when, level) in enumerate(_climb(draw, draw(st.sampled_from([0, 1, 9, 9, 9, 9]))))
    ]
    strays = draw(st.lists(st.tuples(st.integers(0, 1050), levels), max_size=3))
    return points + [
        Point(f"unknown-{number}", day(when), Access.UNKNOWN, level)
        for number, (when, level) in enumerate(strays)
    ]


def _climb(draw: st.DrawFn, count: int) -> list[tuple[int, float]]:
    """Release days and levels: the next model comes some days later, usually better, sometimes worse."""
    steps = draw(
        st.lists(st.tuples(st.integers(0, 90), st.integers(-12, 40)), min_size=count, max_size=3 * count)
    )
    when, level, rows = draw(st.integers(0, 200)), draw(st.integers(0, 60)), list[tuple[int, float]]()
    for days, gain in steps:
        when, level = when + days, level + gain
        rows.append((when, level / 4))
    return rows


def _all(points: list[Point], delta: float) -> dict[Method, Estimate]:
    return {method: estimate(method, points, as_of=AS_OF, delta=delta) for method in Method}


@settings(deadline=None)
@given(worlds(), deltas, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(points: list[Point], delta: float, random: object) -> None:
    shuffled = list(points)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis hands out a random.Random
    assert _all(shuffled, delta) == _all(points, delta)


@settings(deadline=None)
@given(worlds(), deltas, st.data())
def test_a_weaker_model_never_moves_a_frontier(
    points: list[Point], delta: float, data: st.DataObject
) -> None:
    """Released on the day of another model of its side or later, and no better than it."""
    assume(points)
    model = data.draw(st.sampled_from(points))
    later = model.released + timedelta(days=data.draw(st.integers(0, 30)))
    weaker = Point("weaker", later, model.access, model.level - data.draw(st.sampled_from([0.0, 0.25, 40.0])))
    assume(model.released <= AS_OF)
    for access in Access:
        before = [(s.released, s.level) for s in running_maximum(points, access, as_of=AS_OF)]
        after = [(s.released, s.level) for s in running_maximum([weaker, *points], access, as_of=AS_OF)]
        assert after == before
    assert _all([*points, weaker], delta) == _all(points, delta)


@settings(deadline=None)
@given(worlds(), deltas)
def test_models_of_unknown_access_or_of_the_future_change_nothing(points: list[Point], delta: float) -> None:
    counted = [p for p in points if p.access is not Access.UNKNOWN and p.released <= AS_OF]
    assert _all(counted, delta) == _all(points, delta)


@settings(deadline=None)
@given(worlds(), deltas, st.sampled_from([0.5, 2.0, 8.0]), st.integers(-200, 200), methods)
def test_stretching_the_scale_leaves_months_unchanged(
    points: list[Point], delta: float, factor: float, offset: int, method: Method
) -> None:
    stretched = [replace(point, level=offset + factor * point.level) for point in points]
    before = estimate(method, points, as_of=AS_OF, delta=delta)
    after = estimate(method, stretched, as_of=AS_OF, delta=factor * delta)
    if method is Method.POINT_GAP:
        assert after == replace(before, value=None if before.value is None else factor * before.value)
    elif method is Method.BACKWARD_RECORD:  # what counts as a record is stated in points
        values = np.array([point.level for point in stretched], dtype=float)
        sides = Roster.of(points, AS_OF).frontiers(values)
        reading = backward_record(sides, factor * delta, least_record=factor * 0.5)
        assert (reading.least if np.isfinite(reading.least) else None) == before.value
    else:
        _assert_close(after, before)


def _assert_close(left: Estimate, right: Estimate) -> None:
    """Equal but for the last digits: band widths are multiplied by the factor before they are averaged."""
    assert (left.n, left.reason, left.at_least) == (right.n, right.reason, right.at_least)
    assert (left.value is None) == (right.value is None)
    if left.value is not None and right.value is not None:
        assert abs(left.value - right.value) < 1e-9


@settings(deadline=None)
@given(worlds(), deltas, levels)
def test_waiting_is_never_a_lag_of_zero(points: list[Point], delta: float, level: float) -> None:
    """A closed level that open models have not reached has waited since the day closed models reached it."""
    result = catch_up_of_level(points, level, as_of=AS_OF, delta=delta)
    opened = [p for p in points if p.access is Access.OPEN and p.released <= AS_OF]
    closed = [p.released for p in points if p.access is Access.CLOSED and p.level >= level]
    if opened and closed and min(closed) <= AS_OF and max(p.level for p in opened) + delta < level:
        assert result.at_least
        assert result.value == (AS_OF - min(closed)).days / DAYS_PER_MONTH
    elif result.value is not None:
        assert any(p.level + delta >= level for p in opened)


@settings(deadline=None)
@given(worlds(), deltas)
def test_censored_levels_only_ever_lengthen_the_catch_up(points: list[Point], delta: float) -> None:
    """Waiting longer without a new model never makes the figure smaller, nor turns a reason into a number
    that rests on more than the levels already matched."""
    known = [point for point in points if point.released <= AS_OF]
    now = estimate(Method.CATCH_UP, known, as_of=AS_OF, delta=delta)
    later = estimate(Method.CATCH_UP, known, as_of=AS_OF + timedelta(days=200), delta=delta)
    assert now.n == later.n
    assert now.censored_share == later.censored_share
    if now.value is not None and later.value is not None:
        assert later.value >= now.value
    if now.value is None:
        assert later.value is None


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(-50, 100), st.booleans()), min_size=1, max_size=30),
)
def test_a_censored_wait_counts_for_more_than_an_event_at_that_time(rows: list[tuple[int, bool]]) -> None:
    durations = np.array([float(duration) for duration, _ in rows])
    observed = np.array([seen for _, seen in rows])
    curve = survival(durations, observed)
    assert curve.median >= survival(durations, np.ones(len(rows), dtype=bool)).median
    assert ((curve.share >= 0) & (curve.share <= 1)).all()
    assert (np.diff(curve.share) <= 0).all()


@settings(deadline=None)
@given(worlds(), methods, st.integers(0, 2**32 - 1))
def test_an_interval_is_ordered_and_missing_values_have_reasons(
    points: list[Point], method: Method, seed: int
) -> None:
    random = np.random.default_rng(seed)
    draws = np.array([p.level for p in points]) + random.normal(0, 10, (20, len(points)))
    draws[random.random(draws.shape) < 0.1] = np.nan
    result = estimate_with_interval(method, points, draws, as_of=AS_OF)
    if result.value is None:
        assert result.reason
        assert (result.low, result.high) == (None, None)
    if result.low is not None and result.high is not None:
        assert result.low <= result.high
    elif result.value is not None:
        assert result.reason


@settings(deadline=None)
@given(worlds(), methods)
def test_draws_without_noise_give_the_value_as_their_interval(points: list[Point], method: Method) -> None:
    draws = np.tile(np.array([point.level for point in points]), (5, 1))
    result = estimate_with_interval(method, points, draws, as_of=AS_OF)
    assert result.low == result.value
    assert result.high == (None if result.at_least else result.value)


@settings(deadline=None)
@given(worlds())
def test_the_record_holder_is_caught_up_from_its_release_on(points: list[Point]) -> None:
    for step in running_maximum(points, Access.CLOSED, as_of=AS_OF):
        by_model = catch_up_of_model(points, step.model, as_of=AS_OF)
        by_level = catch_up_of_level(points, step.level, as_of=AS_OF)
        assert by_model == by_level


score_sheets = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 5)), min_size=1, max_size=40, unique=True
).map(lambda cells: [Score(f"m{model}", f"b{benchmark}", 0.5) for model, benchmark in cells])


@settings(deadline=None)
@given(score_sheets, st.integers(1, 4), st.integers(1, 4))
def test_what_pruning_keeps_has_enough_evidence(
    scores: list[Score], per_model: int, per_benchmark: int
) -> None:
    minimum = Minimum(per_model, per_benchmark)
    kept, dropped = prune(scores, minimum)
    for model in {score.model for score in kept}:
        assert len({s.benchmark for s in kept if s.model == model}) >= per_model
    for benchmark in {score.benchmark for score in kept}:
        assert len({s.model for s in kept if s.benchmark == benchmark}) >= per_benchmark
    names = {item.name for item in dropped}
    assert {s for s in scores if s not in kept} == {s for s in scores if {s.model, s.benchmark} & names}
    assert prune(kept, minimum) == (kept, ())


@settings(deadline=None)
@given(score_sheets)
def test_every_model_is_in_exactly_one_component(scores: list[Score]) -> None:
    groups = components(scores)
    assert sum(len(group) for group in groups) == len({score.model for score in scores})
    home = {model: number for number, group in enumerate(groups) for model in group}
    for score in scores:
        for other in scores:
            if score.benchmark == other.benchmark:
                assert home[score.model] == home[other.model]


@settings(deadline=None, max_examples=15)
@given(st.lists(st.sampled_from([1e-3, 0.2, 0.5, 0.9, 1 - 1e-3]), min_size=24, max_size=24))
def test_any_sheet_gives_finite_levels_or_a_named_refusal(values: list[float]) -> None:
    """Extreme scores included: all at the floor, all at the ceiling, or contradicting each other."""
    scores = [Score(f"m{n // 4}", f"b{n % 4}", value) for n, value in enumerate(values)]
    try:
        fit = fit_index(scores, anchors={"m0": 130.0, "m1": 150.0}, minimum=Minimum(4, 6))
    except Insufficient as refusal:
        known = ("the fit does not place m1 above m0", "the fit did not settle")
        assume(not refusal.reason.startswith(known))
        raise
    assert np.isfinite(list(fit.levels.values())).all()
    assert fit.levels["m0"] < fit.levels["m1"]
