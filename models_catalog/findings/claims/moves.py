"""Which claims stand otherwise than readers were told last? Compared with the newest edition, else with a week before.

A judge that can look back is asked as of the week's last day. One that knows only what is stored now counts when what
it rests on is no newer than that week, or the week is the newest there is; else the claim is left out, and counted.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models_catalog.findings.claims import DATED, JUDGES, claims
from models_catalog.findings.claims.records import Claim, Judgement, Verdict
from models_catalog.findings.claims.told import Told, told_before


@dataclass(frozen=True, slots=True)
class ClaimMove:
    """One claim with another verdict, or another value under the same one, than readers were told."""

    claim: Claim
    before: Told
    now: Told

    @property
    def flipped(self) -> bool:
        return self.before.verdict != self.now.verdict


@dataclass(frozen=True, slots=True)
class ClaimWeek:
    """The ledger at a week's end. `since` names what it is compared with; "" when there is nothing to compare."""

    told: tuple[Told, ...]  # as of the week's last day, in the ledger's order
    moves: tuple[ClaimMove, ...]  # flipped ones first
    resolved: tuple[tuple[Claim, Told], ...]  # predictions whose day fell into the week
    left_out: int  # claims whose judge knows no standing of that week
    since: str

    @property
    def flips(self) -> tuple[ClaimMove, ...]:
        return tuple(move for move in self.moves if move.flipped)


def week_of_claims(week: str, monday: date, *, newest: bool) -> ClaimWeek:
    """`newest`: no later week is over, so that what is stored now is what the week ended with."""
    sunday = monday + timedelta(days=6)
    now = standings(sunday, newest=newest)
    edition, before = told_before(week)
    if not edition:
        before = standings(sunday - timedelta(days=7), newest=False)
    known = {claim.slug: claim for claim in claims()}
    moves = [
        ClaimMove(known[slug], before[slug], told)
        for slug, told in now.items()
        if slug in before and before[slug].comparable(told)
    ]
    return ClaimWeek(
        told=tuple(now.values()),
        moves=tuple(sorted(moves, key=lambda move: not move.flipped)),
        resolved=tuple(
            (claim, now[claim.slug])
            for claim in claims()
            if claim.slug in now and claim.resolves_on and monday <= claim.resolves_on <= sunday
        ),
        left_out=len(known) - len(now),
        since=f"the edition of {edition}" if edition else "a week before" if before else "",
    )


def standings(day: date, *, newest: bool) -> dict[str, Told]:
    """By slug, every claim that can be judged as of a day."""
    judged = ((claim, judged_on(claim, day, newest=newest)) for claim in claims())
    return {
        claim.slug: Told(claim.slug, said.verdict, said.reading, basis(claim))
        for claim, said in judged
        if said
    }


def judged_on(claim: Claim, day: date, *, newest: bool) -> Judgement | None:
    """The judgement of that day; None where only today's is known, and today's rests on later data."""
    judge = JUDGES[claim.judge]
    if claim.judge in DATED and not newest:
        return judge(day, **claim.parameters)
    now = judge(None, **claim.parameters)
    return now if newest or (now.as_of is not None and now.as_of <= day) else None


def basis(claim: Claim) -> str:
    """Changes when the claim is judged in another way: then a new verdict is no flip."""
    said: list[Any] = [claim.sentence, claim.formula, claim.judge, sorted(claim.parameters.items())]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:12]


def verdicts(told: tuple[Told, ...]) -> dict[Verdict, int]:
    return {verdict: sum(one.verdict is verdict for one in told) for verdict in Verdict}
