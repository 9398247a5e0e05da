from decimal import Decimal

import pytest

from models_catalog.normalise.benchmarks import DOMAINS, benchmark_named, benchmarks


def test_aider_polyglot_arrives_three_times_and_is_one() -> None:
    found = {
        benchmark_named(source, name)
        for source, name in (
            ("epoch", "Aider polyglot"),
            ("models-dev", "Aider Polyglot"),
            ("aider", "Aider polyglot"),
        )
    }
    assert {item.slug if item else None for item in found} == {"aider-polyglot"}


def test_releases_with_other_tasks_are_other_benchmarks() -> None:
    names = [
        ("epoch", "Terminal Bench"),
        ("models-dev", "Terminal-Bench 2.1"),
        ("models-dev", "Terminal-Bench Hard"),
    ]
    assert len({benchmark_named(*name) for name in names}) == 3


def test_a_name_belongs_to_its_source() -> None:
    assert benchmark_named("aider", "GPQA diamond") is None
    assert benchmark_named("epoch", "Unheard of") is None


@pytest.mark.parametrize(
    ("slug", "chance"),
    [
        ("gpqa-diamond", 1 / 4),
        ("simplebench", 1 / 6),
        ("winogrande", 1 / 2),
        ("hle", 0.048),
        ("aider-polyglot", 0),
    ],
)
def test_chance_is_the_raw_score_of_guessing(slug: str, chance: float) -> None:
    assert benchmarks()[slug].chance == pytest.approx(chance)


def test_every_benchmark_lies_between_chance_and_ceiling_and_has_a_domain_or_says_why_not() -> None:
    for benchmark in benchmarks().values():
        assert 0 <= benchmark.chance < benchmark.ceiling <= 1
        assert benchmark.domains or benchmark.why
        assert set(benchmark.domains) <= set(DOMAINS)


def test_a_part_belongs_to_a_benchmark_of_its_own_kind_that_counts() -> None:
    known = benchmarks()
    parts = [benchmark for benchmark in known.values() if benchmark.part_of]
    assert parts
    for part in parts:
        assert part.domains
        assert (known[part.part_of].index, known[part.part_of].rating) == (True, part.rating)


def test_a_new_release_with_the_same_tasks_is_the_same_benchmark() -> None:
    def reasoning(release: str) -> str:
        found = benchmark_named("livebench", f"LiveBench {release}, Reasoning")
        return found.slug if found else ""

    assert reasoning("2025-12-23") == reasoning("2026-01-08")
    assert reasoning("2025-11-25") != reasoning("2025-12-23")


def test_where_an_arena_scale_breaks_another_benchmark_begins() -> None:
    scales = [
        benchmark_named("arena", name)
        for name in (
            "Arena text, first scale",
            "Arena text, scale of May 2025",
            "Arena text, with style control",
        )
    ]
    assert len({scale.slug for scale in scales if scale and scale.rating}) == 3


def test_a_rate_of_mistakes_counts_downwards() -> None:
    assert not benchmarks()["vectara-hhem-2"].higher_is_better


def test_what_stays_out_of_the_index_says_why() -> None:
    assert all(benchmark.why for benchmark in benchmarks().values() if not benchmark.index)


def test_a_score_without_a_unit_is_read_in_the_reviewed_one() -> None:
    gpqa = benchmarks()["gpqa-diamond"]
    assert gpqa.share(Decimal("95.5"), "unstated") == gpqa.share(Decimal("0.955"), "fraction")


def test_a_score_whose_unit_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="no share"):
        benchmarks()["aider-polyglot"].share(Decimal(88), "unstated")
