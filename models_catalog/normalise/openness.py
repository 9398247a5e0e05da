"""Can the weights be downloaded, and what may be done with them? One pure function for each question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from models_catalog.normalise.licences import Licence, licence_at, licence_of
from models_catalog.normalise.organizations import compact
from models_catalog.normalise.records import Claim
from models_catalog.vocabulary import Access, Tier

EPOCH, MODELS_DEV, HUB, REVIEW = "epoch", "models-dev", "huggingface", "review"
OPEN_LLM = "open-llm-leaderboard"  # copies a repository's card; it downloaded the weights to score them
CATALOGUE = "catalogue"  # our reviewed list, in Epoch AI's words
OPEN_WORDS, SERVED_WORDS, UNRELEASED = "open weights", ("api access", "hosted access (no api)"), "unreleased"
EPOCH_TIERS = {
    "open weights (unrestricted)": Tier.PERMISSIVE,
    "open weights (restricted use)": Tier.RESTRICTED,
    "open weights (non-commercial)": Tier.RESEARCH,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one claim says about access. Rank 0 is believed most; within a rank, the newest."""

    rank: int
    access: Access
    reason: str
    source: str
    observed_at: datetime

    @property
    def order(self) -> tuple[int, float, str, str]:
        return (self.rank, -self.observed_at.timestamp(), self.access, self.reason)


def access_of(claims: Iterable[Claim], own: frozenset[str] = frozenset()) -> tuple[Access, str, str | None]:
    """Can the weights be downloaded under any terms? (access, the reason in words, the source slug).

    `own` are the developer's namespaces on the Hub (compact). Precedence: weights in the developer's own
    namespace, as the Hub or models.dev's provider-independent list states them; then Epoch AI's
    accessibility; then models.dev's `open_weights` on that list. A host's entry is never asked, and
    what nobody states stays unknown: it is not closed.
    """
    statements = statements_of(claims, own)
    if not statements:
        return (
            Access.UNKNOWN,
            "no source that is believed on this states whether the weights can be downloaded",
            None,
        )
    first = statements[0]
    return first.access, first.reason, first.source


def access_conflicts(claims: Iterable[Claim], own: frozenset[str] = frozenset()) -> list[str]:
    """Newest statements of each kind that contradict the verdict, as sentences to show."""
    statements = statements_of(claims, own)
    verdict = statements[0].access if statements else Access.UNKNOWN
    heard: set[tuple[int, str]] = set()
    conflicts: list[str] = []
    for statement in statements:
        if (statement.rank, statement.source) in heard:
            continue
        heard.add((statement.rank, statement.source))
        if statement.access not in (verdict, Access.UNKNOWN):
            conflicts.append(f"graded {verdict}, but {statement.reason} ({statement.source})")
    return conflicts


def statements_of(claims: Iterable[Claim], own: frozenset[str]) -> list[Statement]:
    found = [
        statement for claim in claims for statement in (repository(claim, own), words(claim)) if statement
    ]
    return sorted(found, key=lambda statement: statement.order)


def repository(claim: Claim, own: frozenset[str]) -> Statement | None:
    """Weights in the developer's own namespace, on the Hub itself or linked by the provider-independent list."""
    if claim.source in (HUB, OPEN_LLM):
        place = claim.hub_repository or claim.model
    elif claim.source == MODELS_DEV and claim.board == "models":
        place = claim.hub_repository or ""
    else:
        return None
    if "/" not in place or compact(place.split("/")[0]) not in own:
        return None
    reason = f"weights are published at {place}"
    return Statement(
        rank=0, access=Access.OPEN, reason=reason, source=claim.source, observed_at=claim.observed_at
    )


def words(claim: Claim) -> Statement | None:
    """What Epoch AI or models.dev's provider-independent list says in words."""
    stated = " ".join((claim.access_claim or "").lower().split())
    if claim.source == EPOCH:
        rank, access, reason = 1, *epoch_words(stated, claim.access_claim or "")
    elif claim.source == MODELS_DEV and claim.board == "models":
        rank, access, reason = 2, *flag_words(stated)
    elif claim.source == CATALOGUE:
        rank, access, reason = 3, *reviewed_words(stated)
    else:
        return None
    if not reason:
        return None
    return Statement(
        rank=rank, access=access, reason=reason, source=claim.source, observed_at=claim.observed_at
    )


def epoch_words(stated: str, verbatim: str) -> tuple[Access, str]:
    if stated.startswith(OPEN_WORDS):
        return Access.OPEN, f'Epoch AI states "{verbatim}"'
    if stated in SERVED_WORDS:
        return Access.CLOSED, f'Epoch AI states "{verbatim}": served only'
    if stated == UNRELEASED:
        sentence = "neither downloadable nor served, so on neither side"
        return Access.UNKNOWN, f'Epoch AI states "{verbatim}": {sentence}'
    return Access.UNKNOWN, ""


def reviewed_words(stated: str) -> tuple[Access, str]:
    """The words of our own reviewed list of models, each with the text it was read from."""
    if stated.startswith(OPEN_WORDS):
        return Access.OPEN, "our reviewed catalogue states open weights"
    if stated in SERVED_WORDS:
        return Access.CLOSED, "our reviewed catalogue states that it is served only"
    return Access.UNKNOWN, ""


def flag_words(stated: str) -> tuple[Access, str]:
    """models.dev's flag, as "open_weights: true" or the bare word."""
    flag = stated.removeprefix("open_weights").strip(" :=")
    if flag in ("true", "yes"):
        return Access.OPEN, "models.dev's provider-independent list states open weights"
    if flag in ("false", "no"):
        return Access.CLOSED, "models.dev's provider-independent list states that the weights are not open"
    return Access.UNKNOWN, ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpennessFacts:
    """The separate facts a tier is graded from. `licences` are statements about the model's own release."""

    access: Access
    access_reason: str = ""
    licences: tuple[LicenceStatement, ...] = ()
    epoch_words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceStatement:
    """One statement of a licence: by a source in its words, or by our review of a repository (source "review")."""

    stated: str
    source: str
    repository: str | None = None
    link: str | None = None
    observed_at: datetime = field(compare=False)

    @property
    def licence(self) -> Licence | None:
        return (
            licence_at(self.repository) if self.source == REVIEW else licence_of(self.stated, self.repository)
        )

    @property
    def order(self) -> tuple[int, float, str]:
        ranks = {HUB: 0, MODELS_DEV: 1}
        return ranks.get(self.source, 2), -self.observed_at.timestamp(), self.stated


def facts_of(claims: Sequence[Claim], own: frozenset[str] = frozenset()) -> OpennessFacts:
    """The facts that claims about one model's own release state, best first. Licences come from the
    developer's own Hub repositories, the provider-independent list and our review of those repositories,
    never from a host or leaderboard."""
    access, reason, _ = access_of(claims, own)
    epoch = [claim for claim in claims if claim.source == EPOCH and tier_words(claim.access_claim)]
    newest = max(
        epoch, key=lambda claim: (claim.observed_at, "eci" in claim.board, claim.model), default=None
    )
    statements = {statement for claim in claims for statement in licence_statements(claim, own)}
    return OpennessFacts(
        access=access,
        access_reason=reason,
        licences=tuple(sorted(statements, key=lambda item: (item.order, item.repository or ""))),
        epoch_words=newest.access_claim if newest else None,
    )


def licence_statements(claim: Claim, own: frozenset[str]) -> list[LicenceStatement]:
    listed = claim.source == MODELS_DEV and claim.board == "models"
    on_hub = claim.source in (HUB, OPEN_LLM)
    place = claim.model if on_hub else claim.hub_repository
    if not listed and not on_hub and claim.source != CATALOGUE:
        return []
    if place and compact(place.partition("/")[0]) not in own:
        place = None
    if on_hub and not place:
        return []
    found = []
    if (
        stated := (claim.licence_name if claim.licence in (None, "", "other") else claim.licence)
        or claim.licence
    ):
        found.append(licence_statement(claim, stated, claim.source, place))
    if reviewed := licence_at(place):
        found.append(licence_statement(claim, reviewed.name, REVIEW, place))
    return found


def licence_statement(claim: Claim, stated: str, source: str, place: str | None) -> LicenceStatement:
    return LicenceStatement(
        stated=stated, source=source, repository=place, link=claim.licence_link, observed_at=claim.observed_at
    )


def tier_words(stated: str | None) -> Tier | None:
    return EPOCH_TIERS.get(" ".join((stated or "").lower().split()))


def tier_of(facts: OpennessFacts) -> tuple[Tier, str]:
    """What may be done with the weights, and why. Closed and unknown access are their own tiers.

    A licence we know decides. Without one, Epoch AI's wording decides with the caveat in the reason: it
    says what use is allowed, not by which licence, so "unrestricted" is graded permissive, never OSI.
    """
    if facts.access is Access.CLOSED:
        return Tier.CLOSED, facts.access_reason or "served only"
    if facts.access is Access.UNKNOWN:
        return Tier.UNKNOWN, facts.access_reason or "whether the weights can be downloaded is not known"
    for statement in facts.licences:
        if licence := statement.licence:
            return licence.tier, f"{licence.name} ({said(statement)}): {licence.why}"
    return tier_of_words(facts)


def said(statement: LicenceStatement) -> str:
    if statement.source == REVIEW:
        return f"reviewed licence of {statement.repository}"
    return f"{statement.source} states {statement.stated!r}"


def tier_of_words(facts: OpennessFacts) -> tuple[Tier, str]:
    """The grade of open weights whose licence is not known."""
    tier = tier_words(facts.epoch_words)
    if tier is not None:
        caveat = ", so at least permissive, possibly OSI-approved" if tier is Tier.PERMISSIVE else ""
        return tier, f'Epoch AI states "{facts.epoch_words}"; the licence itself is not recorded{caveat}'
    if facts.licences:
        return Tier.UNKNOWN, f"the licence {facts.licences[0].stated!r} has not been read yet"
    return Tier.UNKNOWN, "the weights can be downloaded; no licence is recorded"


def tier_conflicts(facts: OpennessFacts) -> list[str]:
    """Statements that would give another tier than the verdict, as sentences to show."""
    if facts.access is not Access.OPEN:
        return []
    verdict, _ = tier_of(facts)
    heard = {said(statement): statement.licence.tier for statement in facts.licences if statement.licence}
    if epoch := tier_words(facts.epoch_words):
        heard[f'Epoch AI states "{facts.epoch_words}"'] = epoch
    return sorted(
        f"graded {verdict}, but {sentence}"
        for sentence, tier in heard.items()
        if tier is not verdict and {tier, verdict} != {Tier.OSI, Tier.PERMISSIVE}
    )
