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


def test_every_benchmark_lies_between_chance_and_ceiling_and_has_a_domain() -> None:
    for benchmark in benchmarks().values():
        assert 0 <= benchmark.chance < benchmark.ceiling <= 1
        assert benchmark.domains
        assert set(benchmark.domains) <= set(DOMAINS)


def test_what_stays_out_of_the_index_says_why() -> None:
    assert all(benchmark.why for benchmark in benchmarks().values() if not benchmark.index)


def test_a_score_without_a_unit_is_read_in_the_reviewed_one() -> None:
    gpqa = benchmarks()["gpqa-diamond"]
    assert gpqa.share(Decimal("95.5"), "unstated") == gpqa.share(Decimal("0.955"), "fraction")


def test_a_score_whose_unit_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="no share"):
        benchmarks()["aider-polyglot"].share(Decimal(88), "unstated")
