"""The claims section of an edition: verdicts that flipped, values that moved, predictions that came due."""

from __future__ import annotations

from django.urls import reverse

from models_catalog.charts.counts import counts_by_verdict
from models_catalog.charts.numerals import count, day
from models_catalog.digests.lines import Item, item
from models_catalog.digests.sections import Section, group, section
from models_catalog.findings.claims.moves import ClaimMove, ClaimWeek, verdicts
from models_catalog.findings.claims.records import Claim
from models_catalog.findings.claims.told import Told
from models_catalog.vocabulary import DigestTopic


def claim_section(found: ClaimWeek) -> Section:
    flips = [flip_item(move) for move in found.flips]
    moved = [moved_item(move) for move in found.moves if not move.flipped]
    due = [due_item(claim, told) for claim, told in found.resolved]
    groups = [
        group("Another verdict", flips),
        group("Predictions whose day has come", due),
        group("The same verdict, another value", moved, 5),
    ]
    return section("claims", "Claims", DigestTopic.CLAIMS, sentence(found), groups, news=bool(flips or due))


def sentence(found: ClaimWeek) -> str:
    """How the ledger stands, and how many verdicts changed since what."""
    total = count(len(found.told) + found.left_out, "claim")
    said = f"Of {total} of the field, {counts_by_verdict(verdicts(found.told)) or 'none is judged'}."
    if found.left_out:
        said += f" {found.left_out} can be judged as of today only, and this week is past: they are left out."
    return f"{said} {changed(found)}"


def changed(found: ClaimWeek) -> str:
    if not found.since:
        return "Changes can be told from the next edition on."
    number = len(found.flips)
    return f"{count(number, 'verdict') if number else 'No verdict'} changed against {found.since}."


def flip_item(move: ClaimMove) -> Item:
    """ "“…”: holds → does not hold; now 6.2 months, 5.9 months before"."""
    return of_claim(move.claim, f"{move.before.verdict} → {move.now.verdict}{readings(move)}")


def moved_item(move: ClaimMove) -> Item:
    return of_claim(move.claim, f"{move.now.verdict}{readings(move)}")


def readings(move: ClaimMove) -> str:
    now, before = move.now.reading, move.before.reading
    if now == before or not (now or before):
        return f"; {now}" if now else ""
    return f"; now {now or 'no value'}, before {before or 'no value'}"


def due_item(claim: Claim, told: Told) -> Item:
    assert claim.resolves_on is not None
    reading = f", {told.reading}" if told.reading else ""
    return of_claim(claim, f"resolves on {day(claim.resolves_on)}: {told.verdict}{reading}")


def of_claim(claim: Claim, said: str) -> Item:
    return item(f"“{claim.sentence}”", said, path=f"{reverse('claims')}#{claim.slug}")
