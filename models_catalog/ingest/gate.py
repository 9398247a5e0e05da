"""The gate: may these rows become facts? Shape, range, unit and emptiness; a pure function.

An impossible value quarantines the page: it parses but is not plausible, and the last good data stays.
A row that cannot be read is named and held back; more than `PROBLEM_SHARE` of them quarantines too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from models_catalog.ingest.facts import Fact, fact_of
from models_catalog.normalise.dates import parse_date
from models_catalog.normalise.units import usd_per_million
from models_catalog.sources.contract import (
    Board,
    DownloadsSeen,
    Drift,
    EmptyPayload,
    Parsed,
    PriceSeen,
    Record,
    ReleaseSeen,
    RowProblem,
    ScoreSeen,
)
from models_catalog.vocabulary import Outcome

NUL = "\x00"
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
PROBLEM_SHARE = 0.02
NAME_LENGTH = 200
ID_LENGTH = 300
BIGGEST_COUNT = 2**63 - 1
DEAREST_PER_MILLION = Decimal(1000)
FIRST_MODEL = date(1940, 1, 1)
FIRST_COUNT = date(2010, 1, 1)
SCORE_RANGES = {
    "percent": (Decimal(0), Decimal(100)),
    "fraction": (Decimal(0), Decimal(1)),
    "elo": (Decimal(500), Decimal(2500)),
    "index": (Decimal(-200), Decimal(400)),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    outcome: Outcome  # ACCEPTED or QUARANTINED
    reason: str
    facts: tuple[Fact, ...]
    problems: tuple[RowProblem, ...]
    records: int
    impossible: tuple[Fact, ...] = ()  # prices out of range: never stored, but they may show what is wrong

    @property
    def held_back(self) -> tuple[str, ...]:
        """Labels of the rows that are on the page and could not be taken: nothing of theirs is withdrawn."""
        return tuple(problem.row for problem in self.problems if not isinstance(problem, Drift))


def judge(parsed: Iterable[Parsed], board: Board, observed_at: datetime) -> Verdict:
    """Accept or quarantine one parsed page. EmptyPayload when fewer rows than the board's floor arrived."""
    facts: dict[tuple[str, str, str], Fact] = {}
    problems: list[RowProblem] = []
    impossible: list[Fact] = []
    records = 0
    for row in parsed:
        problem = row if isinstance(row, RowProblem) else problem_of(row, observed_at)
        if problem is not None:
            problems.append(problem)
            impossible.extend(out_of_range(row, observed_at))
            continue
        assert isinstance(row, Record)
        records += 1
        fact = fact_of(row, observed_at)
        known = facts.setdefault((fact.subject, fact.kind, fact.key), fact)
        if known.digest != fact.digest:
            problems.append(
                RowProblem(row.model, f"two values for one {fact.kind} {fact.key}".strip(), row.quote)
            )
    if records < board.min_rows and all(isinstance(problem, Drift) for problem in problems):
        raise EmptyPayload(f"{board.title}: {records} rows, at least {board.min_rows} are due")
    outcome, reason = ruling(problems, records)
    return Verdict(outcome, reason, tuple(facts.values()), tuple(problems), records, tuple(impossible))


def ruling(problems: Sequence[RowProblem], records: int) -> tuple[Outcome, str]:
    """What the rows that were not read mean for the page. Drift is noted and weighs nothing: no row was lost."""
    drift = sum(isinstance(problem, Drift) for problem in problems)
    problems = [problem for problem in problems if not isinstance(problem, Drift)]
    impossible = [problem for problem in problems if problem.implausible]
    if impossible:
        first = impossible[0]
        reason = f"{len(impossible)} impossible value(s), first: {first.row}: {first.reason}"
        return Outcome.QUARANTINED, reason
    if problems and len(problems) > PROBLEM_SHARE * (records + len(problems)):
        first = problems[0]
        reason = f"{len(problems)} of {records + len(problems)} rows unreadable, first: {first.row}: {first.reason}"
        return Outcome.QUARANTINED, reason
    held = f"{len(problems)} row(s) held back" if problems else ""
    return Outcome.ACCEPTED, "; ".join(
        filter(None, (held, f"{drift} change(s) of the page noticed" if drift else ""))
    )


def out_of_range(row: Parsed, observed_at: datetime) -> Iterator[Fact]:
    """A price that can be read and cannot be true: were all prices multiplied?"""
    if isinstance(row, PriceSeen) and row.amount is not None and row.amount.is_finite():
        yield fact_of(row, observed_at)


def problem_of(record: Record, observed_at: datetime) -> RowProblem | None:
    """What is wrong with one record, or None. Values beyond what is possible are `implausible`."""
    for text, limit in ((record.model, ID_LENGTH), (record.name, NAME_LENGTH)):
        if damage := text_problem(text, limit):
            return RowProblem(record.model[:80], damage, record.quote, implausible="character" in damage)
    check = CHECKS.get(type(record))
    reason = unstorable(record) or (check(record, observed_at) if check else "")
    return RowProblem(record.model, reason, record.quote, implausible=True) if reason else None


def text_problem(text: str, limit: int) -> str:
    if not text.strip():
        return "no name"
    if len(text) > limit:
        return f"a name of {len(text)} letters, at most {limit} are stored"
    if CONTROL.search(text):
        return "a control character or half a surrogate character in a name"
    return ""


def unstorable(record: Record) -> str:
    """No database takes a NUL or half a surrogate character, wherever it stands."""
    for name in record.__dataclass_fields__:
        value = getattr(record, name)
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str) and (found := UNSTORABLE.search(text)):
                return f"{'a NUL' if found[0] == NUL else 'half a surrogate character'} in {name}"
    return ""


def price_problem(record: Record, _observed_at: datetime) -> str:
    assert isinstance(record, PriceSeen)
    if record.amount is None:
        return "" if record.variable else "a price without an amount"
    if not record.amount.is_finite() or record.amount < 0:
        return f"{record.unit} price {record.amount}: a price cannot be negative or endless"
    per_million = usd_per_million(record.amount, record.per)
    if per_million is not None and record.currency == "USD" and per_million > DEAREST_PER_MILLION:
        return (
            f"{record.unit} price of ${per_million} per 1M tokens, at most {DEAREST_PER_MILLION} is plausible"
        )
    return ""


def score_problem(record: Record, _observed_at: datetime) -> str:
    assert isinstance(record, ScoreSeen)
    if not record.value.is_finite():
        return f"score {record.value} is not a number"
    low, high = SCORE_RANGES.get(record.unit, (None, None))
    if low is not None and high is not None and not low <= record.value <= high:
        return f"{record.benchmark} {record.value}: outside {low} to {high} {record.unit}"
    return ""


def release_problem(record: Record, observed_at: datetime) -> str:
    assert isinstance(record, ReleaseSeen)
    if record.date and (parsed := parse_date(record.date)):
        latest = observed_at.date() + timedelta(days=730)  # announced models carry planned dates
        if not FIRST_MODEL <= parsed[0] <= latest:
            return f"release date {record.date} is outside {FIRST_MODEL:%Y} to {latest:%Y-%m}"
    return count_problem(record.parameters, "parameters") or count_problem(record.context_tokens, "context")


def downloads_problem(record: Record, observed_at: datetime) -> str:
    assert isinstance(record, DownloadsSeen)
    day = parse_date(record.day) if record.day else None
    if record.day and (day is None or not FIRST_COUNT <= day[0] <= observed_at.date() + timedelta(days=1)):
        return f"a count of {record.day}: not a day from {FIRST_COUNT} to the capture"
    return count_problem(record.count, "downloads")


def count_problem(count: int | None, what: str) -> str:
    if count is not None and not 0 <= count <= BIGGEST_COUNT:
        return f"{what} {count}: outside 0 to 2^63"
    return ""


CHECKS: dict[type[Record], Callable[[Record, datetime], str]] = {
    PriceSeen: price_problem,
    ScoreSeen: score_problem,
    ReleaseSeen: release_problem,
    DownloadsSeen: downloads_problem,
}
