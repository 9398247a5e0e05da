"""Which of the field's claims hold? The ledger: every claim re-tested with what is stored now."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from models_catalog.findings.claims import lags, makers
from models_catalog.findings.claims.records import Claim, Entry, Flip, Judgement, Kind, Verdict
from models_catalog.findings.claims.told import flips_told
from models_catalog.findings.gap import standing_gap
from models_catalog.findings.remembered import remembered

PATH = Path(__file__).with_name("claims.toml")
ARTICLE = "the project's founding article, February 2026"
JUDGES: dict[str, Callable[..., Judgement]] = {
    judge.__name__: judge
    for judge in (
        lags.lag_within,
        lags.waited,
        lags.trend_narrows,
        lags.spread_between_domains,
        lags.open_match,
        lags.closed_lead,
        lags.narrowed_by,
        makers.no_data,
        makers.rank_in,
        makers.seldom_first,
        makers.level_with,
        makers.licences_of,
        makers.efficient,
        makers.saving_of,
        makers.closed_prices_fall,
        makers.dated_count,
    )
}
DATED = {"lag_within", "level_with", "efficient", "seldom_first"}  # judges that can look back to a day


def ledger(as_of: date | None = None) -> tuple[Entry, ...]:
    """Every claim in the reviewed order, with its verdict now, when it was made, and its last change.

    As of a day: the claims made by then, judged as that day's models allow; where a judge cannot look back, that is
    not settled. Inside `then.as_known`, from what had been computed by that instant.
    """
    day, flips = past(as_of), flips_told(as_of)
    made = made_by(as_of)
    return remembered(
        ("claims", as_of, day, flips), lambda: tuple(entry(claim, flips, day) for claim in made)
    )


def made_by(day: date | None) -> tuple[Claim, ...]:
    """The claims of the ledger that had been made by a day, in the reviewed order."""
    return tuple(claim for claim in claims() if day is None or claim.said_on <= day)


def past(as_of: date | None) -> date | None:
    """The day, if the standing scale reaches beyond it; else None, which is its newest day."""
    gap = standing_gap() if as_of else None
    return None if gap is None or as_of is None or as_of >= gap.as_of else as_of


def entry(claim: Claim, flips: dict[str, date], day: date | None = None) -> Entry:
    judge = JUDGES[claim.judge]
    now = judge(day, **claim.parameters)
    then = judge(claim.said_on, **claim.parameters) if claim.judge in DATED else None
    return Entry(claim, now, then, flipped_on(claim, flips, day))


def flipped_on(claim: Claim, told: dict[str, date], day: date | None) -> date | None:
    """The day of the last change: off the weekly series, else as the editions told it."""
    return last_flip(claim, day) or told.get(claim.slug)


def last_flip(claim: Claim, day: date | None = None) -> date | None:
    """The day the verdict became what it is now, where a weekly series tells; else the editions remember it."""
    if claim.judge != "lag_within":
        return None
    told = lags.lag_verdicts(**lags.judged(dict(claim.parameters)))
    weeks = [week for week in told if day is None or week[0] <= day]
    flips = [day for (day, verdict), (_, before) in zip(weeks[1:], weeks, strict=False) if verdict != before]
    return flips[-1] if flips else None


def flips(until: date | None = None) -> tuple[Flip, ...]:
    """Whose verdict changed, the newest change first: the same claims and days as the ledger's."""
    day, told = past(until), flips_told(until)
    return remembered(("flips", until, day, told), lambda: found_flips(day, told, made_by(until)))


def found_flips(day: date | None, told: dict[str, date], made: Iterable[Claim]) -> tuple[Flip, ...]:
    changed = ((claim, flipped_on(claim, told, day)) for claim in made)
    found = [
        Flip(claim.slug, claim.sentence, on, JUDGES[claim.judge](day, **claim.parameters).verdict)
        for claim, on in changed
        if on
    ]
    return tuple(sorted(found, key=lambda flip: (-flip.on.toordinal(), flip.claim)))


@cache
def claims() -> tuple[Claim, ...]:
    """The reviewed claims.toml. Raises ValueError naming the entry that is not whole."""
    rows = tomllib.loads(PATH.read_text(encoding="utf-8"))["claim"]
    found = tuple(map(claim_in, rows))
    slugs = [claim.slug for claim in found]
    for claim in found:
        unknown = set(claim.contradicts) - set(slugs)
        if slugs.count(claim.slug) > 1 or unknown:
            raise ValueError(f"claims.toml: {claim.slug}: listed twice, or contradicts {sorted(unknown)}")
    return found


def claim_in(row: dict[str, Any]) -> Claim:
    whole = {"kind": Kind.CLAIM, "said_by": ARTICLE, "parameters": {}} | row
    try:
        claim = Claim(
            **whole | {"kind": Kind(whole["kind"]), "contradicts": tuple(row.get("contradicts", ()))}
        )
    except (TypeError, ValueError) as error:
        raise ValueError(f"claims.toml: {row.get('slug', '?')}: {error}") from None
    if claim.judge not in JUDGES or (claim.kind is Kind.PREDICTION) != (claim.resolves_on is not None):
        raise ValueError(f"claims.toml: {claim.slug}: no such judge, or a prediction without its day")
    return claim


def counted(entries: tuple[Entry, ...]) -> dict[Verdict, int]:
    """How many claims have each verdict, in the order of Verdict."""
    return {verdict: sum(one.now.verdict is verdict for one in entries) for verdict in Verdict}
