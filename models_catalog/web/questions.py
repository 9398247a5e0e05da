"""What a reader asked of the gap, read from the address: inputs, method, tolerance, day.

A value that cannot be read is replaced by its default and named in `problems`, so that a page can say so.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from models_catalog.analysis.table import DELTAS, HEADLINE
from models_catalog.charts.numerals import day
from models_catalog.charts.outside import visible
from models_catalog.findings.gap import gap_as_of, standing_gap
from models_catalog.findings.records import Gap, GapValue
from models_catalog.normalise.benchmarks import DOMAINS, benchmarks
from models_catalog.vocabulary import Cut, Inputs, Method, Split

Word = TypeVar("Word", bound=StrEnum)
EARLIEST = date(2010, 1, 1)


@dataclass(frozen=True, slots=True)
class GapQuestion:
    """`as_of` None asks for the standing answer."""

    inputs: Inputs = Inputs.ALL
    method: Method = HEADLINE
    delta: float = 0.0
    as_of: date | None = None
    domain: str = ""  # a domain or a half of the scores
    benchmark: str = ""  # a benchmark's own scale; counts before the domain
    problems: tuple[str, ...] = ()

    @property
    def part(self) -> tuple[Cut, str]:
        """Which part of the scores is asked about: cut and key."""
        if self.benchmark:
            return Cut.BENCHMARK, self.benchmark
        if self.domain:
            return (Cut.DOMAIN if self.domain in DOMAINS else Cut.SPLIT), self.domain
        return Cut.INDEX, ""

    @property
    def untried(self) -> bool:
        """Epoch AI publishes one index: none of its parts is ever computed."""
        return self.inputs is Inputs.EPOCH and self.part[0] is not Cut.INDEX

    @property
    def query(self) -> str:
        """The address's query that asks the same again; defaults are left out."""
        asked = {
            "inputs": self.inputs.value if self.inputs is not Inputs.ALL else "",
            "method": self.method.value if self.method is not HEADLINE else "",
            "delta": f"{self.delta:g}" if self.delta else "",
            "as_of": self.as_of.isoformat() if self.as_of else "",
            "domain": self.domain,
            "benchmark": self.benchmark,
        }
        return urlencode({name: value for name, value in asked.items() if value})


def gap_question(parameters: Mapping[str, str]) -> GapQuestion:
    problems = list[str]()
    return GapQuestion(
        inputs=word(parameters, "inputs", Inputs, Inputs.ALL, problems),
        method=word(parameters, "method", Method, HEADLINE, problems),
        delta=tolerance(parameters, problems),
        as_of=asked_day(parameters, problems),
        domain=one_of(parameters, "domain", (*DOMAINS, *Split), problems),
        benchmark=one_of(parameters, "benchmark", benchmarks(), problems),
        problems=tuple(problems),
    )


def word(
    parameters: Mapping[str, str], name: str, words: type[Word], default: Word, problems: list[str]
) -> Word:
    text = parameters.get(name, "")
    if not text:
        return default
    try:
        return words(text)
    except ValueError:
        problems.append(
            f"“{visible(text, 40)}” is not one of the choices for {name}; showing {default.value}."
        )
        return default


def one_of(parameters: Mapping[str, str], name: str, known: Container[str], problems: list[str]) -> str:
    text = parameters.get(name, "")
    if not text or text in known:
        return text
    problems.append(f"“{visible(text, 40)}” is not one of the choices for {name}; showing all benchmarks.")
    return ""


def tolerance(parameters: Mapping[str, str], problems: list[str]) -> float:
    text = parameters.get("delta", "")
    known = {f"{delta:g}": delta for delta in DELTAS}
    if text and text not in known:
        problems.append(f"“{visible(text, 40)}” is not a tolerance offered here; showing {DELTAS[0]:g}.")
    return known.get(text, DELTAS[0])


def asked_day(parameters: Mapping[str, str], problems: list[str]) -> date | None:
    text = parameters.get("as_of", "")
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found < EARLIEST:
        problems.append(f"“{visible(text, 40)}” is not a day like 2025-10-30 after 2010; showing the newest.")
        return None
    return found


@dataclass(frozen=True, slots=True)
class GapAnswer:
    """The gap that answers a question, the figure asked for, and the newest gap when another day was asked."""

    gap: Gap
    value: GapValue
    newest: date
    problems: tuple[str, ...]

    @property
    def past(self) -> bool:
        return self.gap.as_of < self.newest


def gap_answer(question: GapQuestion) -> GapAnswer | None:
    """None when nothing has been computed for these inputs. A day after the data is refused in words."""
    cut, key = question.part
    standing = standing_gap(question.inputs, cut, key)
    if standing is None:
        return None
    gap, problems = standing, list(question.problems)
    if question.as_of and question.as_of > standing.as_of:
        problems.append(f"There is no data after {day(standing.as_of)}; showing that day.")
    elif question.as_of:
        gap = gap_as_of(question.as_of, question.inputs, cut, key) or standing
    return GapAnswer(gap, chosen(gap, question), standing.as_of, tuple(problems))


def chosen(gap: Gap, question: GapQuestion) -> GapValue:
    """The figure for the method and tolerance asked for; methods without a tolerance have one figure."""
    of_method = [item for item in gap.results if item.method is question.method]
    exact = [item for item in of_method if item.delta == question.delta]
    return next(iter(exact or of_method), gap.headline)
