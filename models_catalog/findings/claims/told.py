"""What were readers told about the claims, edition by edition? Frozen editions remember every verdict they gave."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from models_catalog.findings.claims.records import Verdict
from models_catalog.findings.then import issued
from models_catalog.models import Edition


@dataclass(frozen=True, slots=True)
class Told:
    """A claim's verdict as an edition gave it. `was` is the verdict before, where this edition told of a flip."""

    slug: str
    verdict: Verdict
    reading: str
    basis: str  # of the way it was judged
    was: str = ""

    def comparable(self, now: Told) -> bool:
        """Judged in the same way, and something differs."""
        return self.basis == now.basis and (self.verdict, self.reading) != (now.verdict, now.reading)

    def stored(self) -> dict[str, str]:
        return asdict(self)


def read_told(row: dict[str, Any]) -> Told:
    return Told(row["slug"], Verdict(row["verdict"]), row["reading"], row["basis"], row.get("was", ""))


def told_before(week: str) -> tuple[str, dict[str, Told]]:
    """The newest earlier edition that told of claims, and by slug what it said; "" and nothing when there is none."""
    rows = Edition.objects.filter(week__lt=week, content__has_key="claims").order_by("-week")
    found = rows.values_list("week", "content__claims").first()
    if found is None:
        return "", {}
    return found[0], {told.slug: told for told in map(read_told, found[1])}


def flips_told(as_of: date | None = None) -> dict[str, date]:
    """By slug, the last day of the newest week (up to a day) whose edition told that the verdict had changed."""
    limits: dict[str, Any] = {"as_of__lte": as_of} if as_of else {}
    rows = Edition.objects.filter(content__has_key="claims", **limits, **issued("composed_at")).order_by(
        "week"
    )
    flips = dict[str, date]()
    for last_day, told in rows.values_list("as_of", "content__claims"):
        flips |= {row["slug"]: last_day for row in told if row.get("was")}
    return flips
