"""Reviewed corrections of what sources state, applied before anything is made of the statements.

A correction never touches what was stored. It matches one field of one subject, and only as long as the source
states exactly the wrong value: what a source mends by itself is left alone, and reported (`standing`).
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from models_catalog.normalise.records import Claim
from models_catalog.normalise.statements import REVIEW

PATH = Path(__file__).with_name("corrections.toml")
WEIGHTS_DATE = "weights_date"
OF_CLAIMS = frozenset(
    {"date", "access_claim", "organization", "licence", "parameters", "hub_repository", "base_model"}
)
OF_SCORES = frozenset({"value", "settings"})
PARTS = "; "  # between the parts of a score's settings


@dataclass(frozen=True, slots=True)
class Correction:
    """One wrong statement, what counts instead, why, and the text that was read.

    `model` is the source's own id (or, on the Hub, the repository's name); for facts no source states it is the
    model's slug. `key` says which score. `wrong` "" = nothing is stated.
    """

    source: str
    model: str
    field: str
    wrong: str
    right: str
    reason: str
    cite: str
    reviewed_on: date
    key: str = ""

    @property
    def mistake(self) -> tuple[str, str, str, str, str]:
        """What is corrected: of one mistake, the newest word counts."""
        return self.source, self.model, self.key, self.field, self.wrong

    @property
    def sentence(self) -> str:
        return f"corrected: {self.source} states {self.field} {self.wrong!r}, counted as {self.right!r}. {self.reason}"

    def mends(self, stated: object) -> bool:
        """Does the statement still hold the mistake? One part of a score's settings may be one."""
        if self.wrong == self.right or stated is None:
            return False
        return self.wrong == str(stated) or (
            self.field == "settings" and self.wrong in str(stated).split(PARTS)
        )

    def mended(self, stated: object) -> str:
        if self.wrong == str(stated):
            return self.right
        return PARTS.join(self.right if part == self.wrong else part for part in str(stated).split(PARTS))


@cache
def shipped_corrections() -> tuple[Correction, ...]:
    """The entries of corrections.toml. Raises ValueError for a field that cannot be corrected, for a mistake
    that stands twice, and for a reviewed day that is none."""
    table = tomllib.loads(PATH.read_text(encoding="utf-8"))
    found = (*map(entry, table.get("correction", [])), *map(weights_entry, table.get("weights", [])))
    check(found)
    return found


def entry(row: Mapping[str, Any]) -> Correction:
    return Correction(**{key: value for key, value in row.items() if key != "date"}, reviewed_on=row["date"])


def weights_entry(row: Mapping[str, Any]) -> Correction:
    """The reviewed day a model's weights came out, which no source states."""
    return Correction(
        source=REVIEW,
        model=row["model"],
        field=WEIGHTS_DATE,
        wrong="",
        right=row["day"].isoformat(),
        reason=row["reason"],
        cite=row["cite"],
        reviewed_on=row["date"],
    )


def check(corrections: Iterable[Correction]) -> None:
    """Raises ValueError, naming the first entry that cannot be applied, or a second accepted date of one kind."""
    seen: set[tuple[str, str, str, str, str]] = set()
    days: dict[tuple[str, str, str], str] = {}
    for correction in corrections:
        name = f"{correction.source} {correction.model}: {correction.field!r}"
        if correction.source == REVIEW:
            if correction.field != WEIGHTS_DATE:
                raise ValueError(f"{name}: only {WEIGHTS_DATE!r} can be reviewed without a source")
            date.fromisoformat(correction.right)
        elif correction.field not in (OF_SCORES if correction.key else OF_CLAIMS):
            raise ValueError(f"{name} cannot be corrected")
        if correction.field in ("date", WEIGHTS_DATE):
            kind = (correction.source, correction.model, correction.field)
            if days.setdefault(kind, correction.right) != correction.right:
                raise ValueError(f"{name} has two accepted days: {days[kind]} and {correction.right}")
        if correction.mistake in seen:
            raise ValueError(f"{name} {correction.wrong!r} is corrected twice")
        seen.add(correction.mistake)


def corrected(claims: Iterable[Claim], corrections: Iterable[Correction]) -> list[Claim]:
    """The claims with every reviewed mistake replaced; a corrected claim carries the sentence that says so."""
    by_subject: dict[tuple[str, str], list[Correction]] = defaultdict(list)
    for correction in corrections:
        if correction.field in OF_CLAIMS:
            by_subject[correction.source, correction.model].append(correction)
    return [apply(claim, by_subject.get((claim.source, claim.model), [])) for claim in claims]


def apply(claim: Claim, corrections: Iterable[Correction]) -> Claim:
    """Matched against what the source itself states: a corrected value is never corrected again."""
    changes: dict[str, Any] = {}
    sentences: list[str] = []
    for correction in corrections:
        if correction.mends(getattr(claim, correction.field)):
            right = correction.right
            changes[correction.field] = int(right) if correction.field == "parameters" else right or None
            sentences.append(correction.sentence)
    return replace(claim, corrected=(*claim.corrected, *sentences), **changes) if changes else claim


@dataclass(frozen=True, slots=True)
class ScoreCorrections:
    """Corrections of scores, by whose score of what they are. Build with `of`."""

    by_fact: Mapping[tuple[str, str, str], tuple[Correction, ...]]

    @classmethod
    def of(cls, corrections: Iterable[Correction]) -> ScoreCorrections:
        found: dict[tuple[str, str, str], tuple[Correction, ...]] = {}
        for item in corrections:
            if item.field in OF_SCORES:
                fact = (item.source, item.model, item.key)
                found[fact] = (*found.get(fact, ()), item)
        return cls(found)

    def applied(
        self, source: str, subject: str, key: str, value: Mapping[str, Any]
    ) -> tuple[dict[str, Any], tuple[str, ...]]:
        """The value of one stored score with its mistakes replaced, and the sentences that say so."""
        changes: dict[str, Any] = {}
        sentences: list[str] = []
        for item in self.by_fact.get((source, subject, key), ()):
            if item.mends(value.get(item.field)):
                changes[item.field] = item.mended(value[item.field])
                sentences.append(item.sentence)
        return {**value, **changes}, tuple(sentences)


def weights_days(corrections: Iterable[Correction]) -> dict[str, date]:
    """Model slug -> the reviewed day its weights came out, where that was after the announcement."""
    return {item.model: date.fromisoformat(item.right) for item in corrections if item.field == WEIGHTS_DATE}


def settled(claims: Iterable[Claim], corrections: Iterable[Correction]) -> list[Correction]:
    """Corrections of claims that no board's newest claim needs any more: the source now states something else."""
    newest: dict[tuple[str, str], dict[str, Claim]] = defaultdict(dict)
    for claim in sorted(claims, key=lambda item: item.observed_at):
        newest[claim.source, claim.model][claim.board] = claim
    return [
        correction
        for correction in corrections
        if correction.field in OF_CLAIMS
        and (stated := newest.get((correction.source, correction.model)))
        and not any(correction.mends(getattr(claim, correction.field)) for claim in stated.values())
    ]
