"""What may be done with the weights? One pure function from separate facts, each with who stated it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models_catalog.normalise.authorities import CATALOGUE, OPEN_LLM
from models_catalog.normalise.disagreements import Disagreement, Side
from models_catalog.normalise.licences import Licence, review_of
from models_catalog.normalise.organizations import compact
from models_catalog.normalise.records import Claim
from models_catalog.normalise.statements import REVIEW, REVIEWED_AT, LicenceStatement, OpennessFacts
from models_catalog.normalise.weights import EPOCH, HUB, MODELS_DEV, OSAI, access_of
from models_catalog.vocabulary import Access, Matter, Tier

OWN_PAGES = {"mistral": "mistral", "meta": "meta"}  # source -> the organisation whose page it is
WITNESSES = frozenset({OSAI, *OWN_PAGES})  # believed about models they name, but they create none
EPOCH_TIERS = {
    "open weights (unrestricted)": Tier.PERMISSIVE,
    "open weights (restricted use)": Tier.RESTRICTED,
    "open weights (non-commercial)": Tier.RESEARCH,
}
COMMERCIAL_TIERS = frozenset({Tier.OSI, Tier.PERMISSIVE, Tier.RESTRICTED})  # commercial use is allowed
TRAINING_DATA = ("datasources_endmodel", "datasources_basemodel")
TRAINING_CODE = ("trainingcode", "code")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """The tier with its reason, and the separate facts behind it. None: not known.

    `users_cap` and `revenue_cap_usd` are None where the licence is known and caps nothing, too: see `licence`.
    """

    tier: Tier
    reason: str
    licence: Licence | None = None
    stated_by: LicenceStatement | None = None
    osi: bool | None = None
    commercial: bool | None = None
    users_cap: int | None = None
    revenue_cap_usd: int | None = None
    field_limits: bool | None = None


def grade(facts: OpennessFacts) -> Grade:
    """What may be done with the weights, and why. Closed and unknown access are their own tiers.

    A licence we know decides. One that Epoch AI's notes name counts only where nothing else speaks of other terms.
    Without one, Epoch AI's wording decides with the caveat in the reason: it says what use is allowed, not by which
    licence, so "unrestricted" is graded permissive, never OSI. What was then made from weights for research only
    is for research only.
    Gates, training data and training code are facts beside the tier and never change it.
    """
    if facts.access is Access.CLOSED:
        return Grade(tier=Tier.CLOSED, reason=facts.access_reason or "served only")
    if facts.access is Access.UNKNOWN:
        reason = facts.access_reason or "whether the weights can be downloaded is not known"
        return Grade(tier=Tier.UNKNOWN, reason=reason)
    for statement in facts.licences:
        if (licence := statement.licence) and (statement.source != EPOCH or notes_count(facts)):
            return grade_of_licence(licence, statement)
    return grade_of_words(facts)


def notes_count(facts: OpennessFacts) -> bool:
    """Epoch AI's notes may mean the code: they count where nothing else that is known speaks of other terms."""
    alone = (
        facts.licences[0].source == EPOCH
    )  # it is believed least, so it is first only where nobody else speaks
    return alone and not facts.bound_by and tier_words(facts.wording) is Tier.PERMISSIVE


def grade_of_licence(licence: Licence, statement: LicenceStatement) -> Grade:
    return Grade(
        tier=licence.tier,
        reason=f"{licence.name} ({statement.said}): {licence.why}",
        licence=licence,
        stated_by=statement,
        osi=licence.osi,
        commercial=licence.commercial,
        users_cap=licence.users_cap,
        revenue_cap_usd=licence.revenue_cap_usd,
        field_limits=licence.field_limits,
    )


def grade_of_words(facts: OpennessFacts) -> Grade:
    """The grade of open weights whose licence is not known."""
    tier = tier_words(facts.wording)
    if facts.bound_by and tier in COMMERCIAL_TIERS:
        reason = f"made from {facts.bound_by}, whose weights are for research only; its own licence is not recorded"
        return Grade(tier=Tier.RESEARCH, reason=reason, commercial=False)
    if tier is not None:
        caveat = ", so at least permissive, possibly OSI-approved" if tier is Tier.PERMISSIVE else ""
        reason = f'Epoch AI states "{facts.wording}"; the licence itself is not recorded{caveat}'
        return Grade(tier=tier, reason=reason, commercial=tier is not Tier.RESEARCH)
    if facts.licences:
        reason = f"the licence {facts.licences[0].stated!r} has not been read yet"
    else:
        reason = "the weights can be downloaded; no licence is recorded"
    return Grade(tier=Tier.UNKNOWN, reason=reason)


def tier_of(facts: OpennessFacts) -> tuple[Tier, str]:
    found = grade(facts)
    return found.tier, found.reason


def facts_of(
    claims: Sequence[Claim], own: frozenset[str] = frozenset(), slug: str | None = None
) -> OpennessFacts:
    """The facts that claims about one model's own release state, best first.

    Licences come from our review of their texts, the developer's own Hub repositories and pages, the
    provider-independent list, the European index (of the developer's own repositories) and Epoch AI's notes where its
    own word is "unrestricted", never from a host or leaderboard. `slug` finds what was reviewed by model.
    """
    access, reason, source = access_of(claims, own, slug)
    statements = [statement for claim in claims for statement in licence_statements(claim, own)]
    if review := review_of(None, slug):
        statements.append(
            LicenceStatement(
                stated=review.licence.name, source=REVIEW, model=slug, observed_at=REVIEWED_AT, link=None
            )
        )
    grades, worded = grades_in(claims, own), wording_of(claims)
    return OpennessFacts(
        access=access,
        access_reason=reason,
        access_source=source,
        licences=tuple(
            dict.fromkeys(sorted(statements, key=lambda item: item.order))
        ),  # of equals the newest
        wording=worded.access_claim if worded else None,
        wording_on=worded.observed_at.date() if worded else None,
        gated=gate_of(claims, own),
        training_data=first_grade(grades, TRAINING_DATA),
        training_code=first_grade(grades, TRAINING_CODE),
    )


def wording_of(claims: Iterable[Claim]) -> Claim | None:
    """The claim with Epoch AI's newest word on what use is allowed."""
    return max(
        (claim for claim in claims if claim.source == EPOCH and tier_words(claim.access_claim)),
        key=lambda claim: (claim.observed_at, "eci" in claim.board, claim.model, claim.access_claim or ""),
        default=None,
    )


def gate_of(claims: Iterable[Claim], own: frozenset[str]) -> str | None:
    """The Hub's newest word on whether one must ask first: "false", "auto" or "manual"."""
    stated = [claim for claim in claims if claim.source == HUB and claim.gated and owned(claim.model, own)]
    newest = max(stated, key=lambda claim: (claim.observed_at, claim.model, claim.gated or ""), default=None)
    return newest.gated if newest else None


def grades_in(claims: Iterable[Claim], own: frozenset[str]) -> dict[str, str]:
    """The European index's grades of the model, by criterion; the newest word on each."""
    found: dict[str, str] = {}
    for claim in sorted(claims, key=lambda item: (item.observed_at, item.board, item.model, item.grades)):
        if claim.source == OSAI and owned(claim.hub_repository, own):
            found.update(claim.grades)
    return found


def first_grade(grades: dict[str, str], criteria: Iterable[str]) -> str | None:
    return next((grades[criterion] for criterion in criteria if criterion in grades), None)


def owned(place: str | None, own: frozenset[str]) -> bool:
    return bool(place) and compact((place or "").partition("/")[0]) in own


def licence_statements(claim: Claim, own: frozenset[str]) -> list[LicenceStatement]:
    """What a claim states about the licence, and our review of the repository it names."""
    listed = claim.source == MODELS_DEV and claim.board == "models"
    on_hub = claim.source in (HUB, OPEN_LLM)
    noted = claim.source == EPOCH and tier_words(claim.access_claim) is Tier.PERMISSIVE
    place = claim.model if on_hub else claim.hub_repository
    if not (listed or on_hub or noted or claim.source == CATALOGUE or claim.source in WITNESSES):
        return []
    if not owned(place, own):
        place = None
    if (on_hub or claim.source == OSAI) and not place:
        return []
    found = []
    other = claim.licence in (None, "", "other")
    if stated := (claim.licence_name if other else claim.licence) or claim.licence:
        found.append(licence_statement(claim, stated, claim.source, place))
    if reviewed := review_of(place, None):
        found.append(licence_statement(claim, reviewed.licence.name, REVIEW, place))
    return found


def licence_statement(claim: Claim, stated: str, source: str, place: str | None) -> LicenceStatement:
    return LicenceStatement(
        stated=stated, source=source, repository=place, link=claim.licence_link, observed_at=claim.observed_at
    )


def tier_words(stated: str | None) -> Tier | None:
    return EPOCH_TIERS.get(" ".join((stated or "").lower().split()))


def licence_disagreements(facts: OpennessFacts) -> list[Disagreement]:
    """Statements of another licence than the one that decided, or of another tier."""
    if facts.access is not Access.OPEN:
        return []
    verdict = grade(facts)
    heard: dict[str, Side] = {}
    for statement in facts.licences:
        if (licence := statement.licence) and differs(licence, verdict):
            heard.setdefault(statement.said, side_of(statement))
    wording = tier_words(facts.wording)
    if wording not in (None, verdict.tier) and {wording, verdict.tier} != {Tier.OSI, Tier.PERMISSIVE}:
        heard[f'Epoch AI states "{facts.wording}"'] = Side(facts.wording or "", EPOCH, facts.wording_on)
    return [
        Disagreement(
            matter=Matter.LICENCE,
            counted=counted_side(verdict),
            stated=side,
            sentence=f"graded {verdict.tier}, but {said}",
        )
        for said, side in sorted(heard.items())
    ]


def counted_side(verdict: Grade) -> Side:
    """What decided the tier: the licence with its statement, else the words it was graded by."""
    by = verdict.stated_by
    return side_of(by, verdict.tier) if by else Side(f"{verdict.tier}: {verdict.reason}", EPOCH)


def side_of(statement: LicenceStatement, tier: Tier | None = None) -> Side:
    said = f"{tier}: {statement.said}" if tier else statement.said
    return Side(said, statement.source, statement.observed_at.date())


def differs(licence: Licence, verdict: Grade) -> bool:
    """Another text, unless both only grade alike as OSI-approved and permissive."""
    if verdict.licence is None:
        return licence.tier is not verdict.tier
    return licence.slug != verdict.licence.slug
