"""Who states a score: somebody independent, or a developer of what was measured? By reviewed rules."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models_catalog.vocabulary import Reporter

PATH = Path(__file__).with_name("evaluators.toml")


@dataclass(frozen=True, slots=True)
class Rule:
    """Empty `sources` and `contains` fit everything."""

    reporter: Reporter
    sources: frozenset[str]
    contains: tuple[str, ...]

    def fits(self, source: str, evaluator: str) -> bool:
        told = evaluator.casefold()
        return (not self.sources or source in self.sources) and (
            not self.contains or any(part in told for part in self.contains)
        )


@cache
def reporter_of(source: str, evaluator: str) -> Reporter:
    """Whose word a score is, by its source and the evaluator that source names; unknown where it names none."""
    if not evaluator.strip():
        return Reporter.UNKNOWN
    fitting = (rule.reporter for rule in rules() if rule.fits(source, evaluator))
    return next(fitting, Reporter.UNKNOWN)


@cache
def rules() -> tuple[Rule, ...]:
    """The reviewed evaluators.toml, in its order. Raises ValueError for an unknown reporter."""
    return tuple(
        Rule(
            Reporter(row["reporter"]),
            frozenset(row.get("sources", ())),
            tuple(part.casefold() for part in row.get("contains", ())),
        )
        for row in tomllib.loads(PATH.read_text(encoding="utf-8"))["rule"]
    )
