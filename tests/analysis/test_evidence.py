from __future__ import annotations

from models_catalog.analysis.evidence import Dropped, Minimum, components, prune
from models_catalog.analysis.records import Score


def _scores(cells: dict[str, str]) -> list[Score]:
    """One score for every letter: {"model": "benchmarks"}."""
    return [Score(model, benchmark, 0.5) for model, taken in cells.items() for benchmark in taken]


def test_pruning_goes_on_until_nothing_more_falls() -> None:
    # x is too thin, which starves benchmark d, which leaves w too thin
    scores = _scores({"t": "abc", "u": "abc", "v": "abc", "w": "abd", "x": "d"})
    kept, dropped = prune(scores, Minimum(per_model=3, per_benchmark=2))
    assert {score.model for score in kept} == {"t", "u", "v"}
    assert dropped == (
        Dropped("model", "x", "1 of 3 benchmarks needed"),
        Dropped("benchmark", "d", "1 of 2 models needed"),
        Dropped("model", "w", "2 of 3 benchmarks needed"),
    )


def test_what_has_enough_evidence_stays_as_it_was() -> None:
    scores = _scores({"t": "abc", "u": "abc"})
    assert prune(scores, Minimum(per_model=3, per_benchmark=2)) == (tuple(scores), ())


def test_two_rows_of_one_benchmark_are_one_benchmark() -> None:
    scores = _scores({"t": "aaa", "u": "abc", "v": "abc"})
    _, dropped = prune(scores, Minimum(per_model=2, per_benchmark=2))
    assert dropped[0] == Dropped("model", "t", "1 of 2 benchmarks needed")


def test_the_default_is_four_benchmarks_and_eight_models() -> None:
    enough = {f"m{number}": "abcd" for number in range(8)}
    assert prune(_scores(enough))[1] == ()
    assert len(prune(_scores({**enough, "m8": "abc"}))[1]) == 1
    enough.pop("m0")
    assert prune(_scores(enough))[0] == ()


def test_models_are_connected_through_what_they_share_however_far() -> None:
    scores = _scores({"a": "1", "b": "12", "c": "23", "x": "8", "y": "89"})
    assert components(scores) == (frozenset("abc"), frozenset("xy"))
    assert components([]) == ()
