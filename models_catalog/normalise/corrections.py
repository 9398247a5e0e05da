"""Reviewed corrections of what sources state, applied to claims before anything is made of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from models_catalog.normalise.records import Claim

PATH = Path(__file__).with_name("corrections.toml")
CORRECTABLE = frozenset(
    {"date", "access_claim", "organization", "licence", "parameters", "hub_repository", "base_model"}
)


@dataclass(frozen=True, slots=True)
class Correction:
    """One wrong statement, what counts instead, why, and the text that was read."""

    source: str
    model: str
    field: str
    wrong: str
    right: str
    reason: str
    cite: str
    reviewed_on: date

    @property
    def sentence(self) -> str:
        return f"corrected: {self.source} states {self.field} {self.wrong!r}, counted as {self.right!r}. {self.reason}"


@cache
def shipped_weights() -> dict[str, date]:
    """Model slug -> the reviewed day its weights came out, where that was after the announcement."""
    rows = tomllib.loads(PATH.read_text(encoding="utf-8")).get("weights", [])
    return {row["model"]: row["day"] for row in rows}


@cache
def shipped_corrections() -> tuple[Correction, ...]:
    """The entries of corrections.toml. Raises ValueError for a field that cannot be corrected."""
    rows = tomllib.loads(PATH.read_text(encoding="utf-8")).get("correction", [])
    corrections = tuple(Correction(**{**row_without_date(row), "reviewed_on": row["date"]}) for row in rows)
    for correction in corrections:
        if correction.field not in CORRECTABLE:
            raise ValueError(
                f"corrections.toml: {correction.model}: {correction.field!r} cannot be corrected"
            )
    return corrections


def row_without_date(row: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in row.items() if key != "date"}


def corrected(claims: Iterable[Claim], corrections: Iterable[Correction]) -> list[Claim]:
    """The claims with every reviewed mistake replaced; a corrected claim carries the sentence that says so."""
    by_subject: dict[tuple[str, str], list[Correction]] = {}
    for correction in corrections:
        by_subject.setdefault((correction.source, correction.model), []).append(correction)
    return [apply(claim, by_subject.get((claim.source, claim.model), [])) for claim in claims]


def apply(claim: Claim, corrections: list[Correction]) -> Claim:
    for correction in corrections:
        if str(getattr(claim, correction.field)) == correction.wrong:
            value = int(correction.right) if correction.field == "parameters" else correction.right
            changes: dict[str, Any] = {correction.field: value}
            claim = replace(claim, corrected=(*claim.corrected, correction.sentence), **changes)
    return claim


def settled(claims: Iterable[Claim], corrections: Iterable[Correction]) -> list[Correction]:
    """Corrections no newest claim needs any more: the source now states something else by itself."""
    newest: dict[tuple[str, str], Claim] = {}
    for claim in sorted(claims, key=lambda item: item.observed_at):
        newest[claim.source, claim.model] = claim
    return [
        correction
        for correction in corrections
        if (stated := newest.get((correction.source, correction.model)))
        and str(getattr(stated, correction.field)) != correction.wrong
    ]
