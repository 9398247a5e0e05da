"""How much faster is the Schur solver than SciPy on the same objective, in the same run, on one thread?

    make bench, or OMP_NUM_THREADS=1 .venv/bin/python -m bench.index [--refits 1000] [--sparse-refits 40]

Invented score sheets, so it runs anywhere. Three solvers minimise the same function from the same start:
ours, `scipy.optimize.least_squares` with a sparse analytic Jacobian, and the same with finite differences.
Processor time is compared, because other work on the machine does not count. Ratios are printed, not asserted:
what to expect is 100× against finite differences, 8× against the sparse Jacobian on one fit, 10× over refits,
and at most 60× the time for ten times the models and twenty times the cells. A ratio counts only if the costs
beside it agree.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from scipy.optimize import least_squares
from scipy.sparse import csr_array, diags_array, vstack
from scipy.special import expit

from models_catalog.analysis.bootstrap import REFIT_TOLERANCE
from models_catalog.analysis.index import OWN_PRIOR
from models_catalog.analysis.objective import Problem, State, predict
from models_catalog.analysis.records import Floats
from models_catalog.analysis.solver import solve

REPEATS = 3  # of each pair of refits


class Timing(NamedTuple):
    seconds: float
    cost: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--refits", type=int, default=1000, help="warm refits of resampled cells by our solver"
    )
    parser.add_argument(
        "--sparse-refits", type=int, default=40, help="as many of them by SciPy, extrapolated"
    )
    wishes = parser.parse_args()
    real = sheet(193, 57, 2120)
    compare_fits(real)
    compare_refits(real, wishes.refits, wishes.sparse_refits)
    compare_sizes(sheet(300, 40, 3_000), sheet(3_000, 200, 60_000))


def sheet(models: int, benchmarks: int, cells: int, seed: int = 1) -> Problem:
    """An invented sheet with noise of 0.05, each cell of the grid at most once."""
    random = np.random.default_rng(seed)
    model, benchmark = np.divmod(random.choice(models * benchmarks, cells, replace=False), benchmarks)
    ability, difficulty = random.normal(0, 1.5, models), random.normal(0, 1.5, benchmarks)
    slope = np.exp(random.normal(0.5, 0.4, benchmarks))[benchmark]
    truth = expit(slope * (ability[model] - difficulty[benchmark]))
    return Problem(
        model=model,
        benchmark=benchmark,
        value=np.clip(truth + random.normal(0, 0.05, cells), 1e-3, 1 - 1e-3),
        weight=np.ones(cells),
        logistic=np.ones(cells, dtype=bool),
        models=models,
        benchmarks=benchmarks,
        prior=OWN_PRIOR,
    )


def start(problem: Problem) -> State:
    count = problem.benchmarks
    return State(np.zeros(problem.models), np.zeros(count), np.full(count, problem.prior.slope_centre))


def compare_fits(problem: Problem) -> None:
    first = start(problem)
    ours = best_of(5, lambda: schur(problem, first, 1e-10))
    sparse = best_of(2, lambda: by_scipy(problem, first, sparse=True))
    finite = best_of(1, lambda: by_scipy(problem, first, sparse=False))
    say(f"One fit, {problem.models} models × {problem.benchmarks} benchmarks, {len(problem.value)} cells")
    say_ratio("Schur", ours, ours)
    say_ratio("SciPy, sparse analytic Jacobian", sparse, ours)
    say_ratio("SciPy, finite differences", finite, ours)


def compare_refits(problem: Problem, count: int, by_others: int) -> None:
    """All refits by ours; SciPy does evenly spaced ones among them, and its time is scaled up to all.

    The ratio is of pairs: both solve the same sheet, one right after the other, each `REPEATS` times, and the least
    time counts. What else the machine does then slows both alike or is left out; timing ours over all refits first
    and SciPy's on some afterwards gave 9.3 to 14 on a busy machine.
    """
    warm = solve(problem, start(problem)).state
    random = np.random.default_rng(2)
    sheets = [replace(problem, weight=random.exponential(size=len(problem.value))) for _ in range(count)]
    ours = total([schur(resampled, warm, REFIT_TOLERANCE) for resampled in sheets])
    at = np.linspace(0, count - 1, min(by_others, count)).astype(int)
    pairs = [paired(sheets[number], warm) for number in at]
    agree, sparse = total([pair[0] for pair in pairs]), total([pair[1] for pair in pairs])
    say(f"{count} warm refits of reweighted cells; SciPy timed on {len(at)} of them, in pairs, and scaled")
    say_ratio("Schur", ours, ours)
    scale = ours.seconds / agree.seconds
    scaled = Timing(sparse.seconds * scale, sparse.cost)
    say_ratio("SciPy, sparse analytic Jacobian", scaled, ours)
    say(f"  costs on those {len(at)}: Schur {agree.cost:.6f}, SciPy {sparse.cost:.6f}")


def paired(problem: Problem, warm: State) -> tuple[Timing, Timing]:
    """The least time of ours and of SciPy's on one sheet, taken in turns."""
    turns = [
        (schur(problem, warm, REFIT_TOLERANCE), by_scipy(problem, warm, sparse=True)) for _ in range(REPEATS)
    ]
    return min(turn[0] for turn in turns), min(turn[1] for turn in turns)


def compare_sizes(small: Problem, large: Problem) -> None:
    times = [min(schur(problem, start(problem), 1e-10) for _ in range(3)) for problem in (small, large)]
    say("Ten times the models, twenty times the cells")
    for problem, timing in zip((small, large), times, strict=True):
        label = f"{problem.models} × {problem.benchmarks}, {len(problem.value)} cells"
        say_ratio(label, timing, times[0])


def schur(problem: Problem, first: State, tolerance: float) -> Timing:
    before = time.process_time()
    solution = solve(problem, first, tolerance=tolerance)
    return Timing(time.process_time() - before, solution.cost)


def by_scipy(problem: Problem, first: State, *, sparse: bool) -> Timing:
    """The same objective as rows: weighted cells, then one row per parameter for the priors."""
    prior, models, count = problem.prior, problem.models, problem.benchmarks
    strength = np.repeat([prior.ability, prior.difficulty, prior.slope], [models, count, count])
    centre = np.repeat([0.0, 0.0, prior.slope_centre], [models, count, count])
    root = np.sqrt(problem.weight)

    def state(vector: Floats) -> State:
        return State(vector[:models], vector[models : models + count], vector[models + count :])

    def rows(vector: Floats) -> Floats:
        cells = root * (predict(problem, state(vector)) - problem.value)
        return np.concatenate([cells, np.sqrt(strength) * (vector - centre)])

    def jacobian(vector: Floats) -> csr_array:
        pulls = diags_array(np.sqrt(strength))
        return csr_array(vstack([_cell_rows(problem, state(vector)), pulls], format="csr"))

    vector = np.concatenate([first.ability, first.difficulty, first.slope])
    before = time.process_time()
    result = least_squares(rows, vector, jac=jacobian if sparse else "2-point", method="trf")
    return Timing(time.process_time() - before, float(result.cost))


def _cell_rows(problem: Problem, state: State) -> csr_array:
    slope = np.exp(state.slope)[problem.benchmark]
    distance = state.ability[problem.model] - state.difficulty[problem.benchmark]
    fitted, cells = expit(slope * distance), len(problem.value)
    rise = np.sqrt(problem.weight) * fitted * (1 - fitted) * slope
    values = np.column_stack([rise, -rise, rise * distance]).ravel()
    at = problem.models + problem.benchmark
    columns = np.column_stack([problem.model, at, at + problem.benchmarks]).ravel()
    width = problem.models + 2 * problem.benchmarks
    return csr_array((values, columns, np.arange(0, 3 * cells + 1, 3)), shape=(cells, width))


def best_of(times: int, run: Callable[[], Timing]) -> Timing:
    return min(run() for _ in range(times))


def total(timings: list[Timing]) -> Timing:
    return Timing(sum(timing.seconds for timing in timings), sum(timing.cost for timing in timings))


def say(line: str) -> None:
    sys.stdout.write(f"\n{line}\n")


def say_ratio(label: str, timing: Timing, base: Timing) -> None:
    ratio = timing.seconds / base.seconds
    sys.stdout.write(f"  {label:34} {timing.seconds:9.4f} s   {ratio:7.1f}×   cost {timing.cost:.6f}\n")


if __name__ == "__main__":
    main()
