"""Which of the field's claims hold? The ledger: every claim re-tested with what is stored now."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from models_catalog.findings.claims import lags, makers
from models_catalog.findings.claims.records import Claim, Entry, Judgement, Kind, Verdict
from models_catalog.findings.claims.told import flips_told
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


def ledger() -> tuple[Entry, ...]:
    """Every claim in the reviewed order, with its verdict now, when it was made, and its last change."""
    flips = flips_told()
    return remembered(("claims", flips), lambda: tuple(entry(claim, flips) for claim in claims()))


def entry(claim: Claim, flips: dict[str, date]) -> Entry:
    judge = JUDGES[claim.judge]
    now = judge(None, **claim.parameters)
    then = judge(claim.said_on, **claim.parameters) if claim.judge in DATED else None
    return Entry(claim, now, then, last_flip(claim) or flips.get(claim.slug))


def last_flip(claim: Claim) -> date | None:
    """The day the verdict became what it is now, where a weekly series tells; else the editions remember it."""
    if claim.judge != "lag_within":
        return None
    weeks = lags.lag_verdicts(**lags.judged(dict(claim.parameters)))
    flips = [day for (day, verdict), (_, before) in zip(weeks[1:], weeks, strict=False) if verdict != before]
    return flips[-1] if flips else None


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
