"""Which benchmark is this, and what do its numbers mean? One identity across sources, reviewed by hand."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from models_catalog.normalise.units import unit_interval

TABLES = tuple(
    Path(__file__).with_name(name)
    for name in (
        "benchmarks.toml",
        "benchmarks_arena.toml",
        "benchmarks_boards.toml",
        "benchmarks_livebench.toml",
    )
)
UNSTATED = "unstated"
DOMAINS = {
    "reasoning": "Reasoning and science",
    "maths": "Maths",
    "coding": "Coding",
    "agentic": "Agentic",
    "knowledge": "Knowledge and factuality",
    "long-context": "Long context and writing",
    "vision": "Vision and multimodal",
    "language": "Language and multilingual",
    "instruction-following": "Instruction following",
    "safety": "Safety",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """One benchmark. `chance` and `ceiling` are raw scores as fractions; `private` None: not established.

    `index` False keeps it out of the capability index, for the reason in `why`. `unit` is what a score is
    counted in where a source leaves that unstated ("" = never left unstated). `rating`: an Elo-like rating
    without floor or ceiling, never a percentage. `trained`: models, by slug, whose scores here are of copies trained
    on its own training questions; they say nothing of the model that can be had.
    """

    slug: str
    name: str
    domains: tuple[str, ...]
    chance: float = 0.0
    ceiling: float = 1.0
    higher_is_better: bool = True
    private: bool | None = None
    index: bool = True
    rating: bool = False
    part_of: str = ""
    unit: str = ""
    trained: tuple[str, ...] = ()
    why: str = ""

    def share(self, value: Decimal, unit: str) -> Decimal:
        """A score as a share of 1, with the reviewed unit where the source states none.

        Raises ValueError where no unit is known, or the unit has no upper end.
        """
        return unit_interval(value, self.unit if unit == UNSTATED else unit)


def benchmark_named(source: str, name: str, metric: str = "") -> Benchmark | None:
    """The benchmark a source means by a name; None if nobody has reviewed it.

    Where one name stands for several tests, the metric tells them apart: the table lists "name [metric]".
    """
    named, called = read_benchmarks()[1], " ".join(name.split())
    return named.get((source, f"{called} [{metric}]")) or named.get((source, called))


def benchmarks() -> dict[str, Benchmark]:
    """Every reviewed benchmark, by slug."""
    return read_benchmarks()[0]


@cache
def read_benchmarks() -> tuple[dict[str, Benchmark], dict[tuple[str, str], Benchmark]]:
    """The reviewed tables. Raises ValueError for an unknown domain, or a name with two meanings."""
    known: dict[str, Benchmark] = {}
    named: dict[tuple[str, str], Benchmark] = {}
    for row in (
        row for path in TABLES for row in tomllib.loads(path.read_text(encoding="utf-8"))["benchmark"]
    ):
        benchmark = benchmark_in(row)
        if known.setdefault(benchmark.slug, benchmark) is not benchmark:
            raise ValueError(f"benchmarks: {benchmark.slug} is listed twice")
        for source, names in row["names"].items():
            for name in names:
                if named.setdefault((source, name), benchmark) is not benchmark:
                    raise ValueError(f"benchmarks: {name!r} of {source} is two benchmarks")
    return known, named


def benchmark_in(row: dict[str, Any]) -> Benchmark:
    unknown = set(row["domains"]) - set(DOMAINS)
    if unknown:
        raise ValueError(f"benchmarks: {row['slug']}: unknown domain {sorted(unknown)}")
    return Benchmark(
        slug=row["slug"],
        name=row["name"],
        domains=tuple(row["domains"]),
        chance=float(Fraction(row.get("chance", "0"))),
        ceiling=float(Fraction(row.get("ceiling", "1"))),
        higher_is_better=row.get("higher_is_better", True),
        private=row.get("private"),
        index=row.get("index", True),
        rating=row.get("rating", False),
        part_of=row.get("part_of", ""),
        unit=row.get("unit", ""),
        trained=tuple(row.get("trained", ())),
        why=row.get("why", ""),
    )
