"""Can the weights be downloaded, under any terms? What is stated about it, and who is believed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from models_catalog.normalise.authorities import CATALOGUE, OPEN_LLM
from models_catalog.normalise.disagreements import Disagreement, Side
from models_catalog.normalise.licences import review_of
from models_catalog.normalise.organizations import compact
from models_catalog.normalise.records import Claim
from models_catalog.normalise.statements import REVIEW, REVIEWED_AT
from models_catalog.vocabulary import Access, Matter

EPOCH, MODELS_DEV, HUB, MISTRAL, OSAI = "epoch", "models-dev", "huggingface", "mistral", "osai"
OPEN_WORDS, SERVED_WORDS, UNRELEASED = "open weights", ("api access", "hosted access (no api)"), "unreleased"
NEITHER = "neither downloadable nor served, so on neither side"
GIVEN, NOT_GIVEN = "weight availability: yes", "weight availability: none stated"
OWN_SERVICE = (
    "own service"  # the board of a models.dev entry that is known to be of the developer's own service
)
INDEXED = ("weights_endmodel: open", "weights_endmodel: partial")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one claim says about access. Rank 0 is believed most; within a rank, the newest."""

    rank: int
    access: Access
    reason: str
    source: str
    observed_at: datetime

    @property
    def order(self) -> tuple[int, float, str, str, str]:
        return self.rank, -self.observed_at.timestamp(), self.access, self.reason, self.source

    @property
    def side(self) -> Side:
        return Side(f"{self.access}: {self.reason}", self.source, self.observed_at.date())


def access_of(
    claims: Iterable[Claim], own: frozenset[str] = frozenset(), slug: str | None = None
) -> tuple[Access, str, str | None]:
    """Can the weights be downloaded under any terms? (access, the reason in words, the source slug).

    `own` are the developer's namespaces on the Hub (compact). Precedence: weights in the developer's own
    namespace, as the Hub, models.dev's provider-independent list or the European index link them; then our
    review of the licence they are published under; then the developer's own page; then Epoch AI's
    accessibility; then models.dev's `open_weights` on that list; then our catalogue of older models; then
    models.dev's `open_weights` at the developer's own service. A host's or leaderboard's entry is never asked,
    and what nobody states stays unknown: it is not closed.
    """
    statements = statements_of(claims, own, slug)
    if not statements:
        reason = "no source that is believed on this states whether the weights can be downloaded"
        return Access.UNKNOWN, reason, None
    first = statements[0]
    return first.access, first.reason, first.source


def access_disagreements(
    claims: Iterable[Claim], own: frozenset[str] = frozenset(), slug: str | None = None
) -> list[Disagreement]:
    """Newest statements of each kind that contradict the verdict."""
    statements = statements_of(claims, own, slug)
    verdict = statements[0].access if statements else Access.UNKNOWN
    newest: dict[tuple[int, str], Statement] = {}
    for statement in statements:
        newest.setdefault((statement.rank, statement.source), statement)
    return [
        Disagreement(
            matter=Matter.ACCESS,
            counted=statements[0].side,
            stated=statement.side,
            sentence=f"graded {verdict}, but {statement.reason} ({statement.source})",
        )
        for statement in newest.values()
        if statement.access not in (verdict, Access.UNKNOWN)
    ]


def statements_of(claims: Iterable[Claim], own: frozenset[str], slug: str | None) -> list[Statement]:
    claims = list(claims)
    found = [
        statement for claim in claims for statement in (repository(claim, own), words(claim)) if statement
    ]
    tables = [statement for claim in claims if (statement := own_table(claim))]
    if len({statement.access for statement in tables}) == 1:  # one name may stand for several models there
        found += tables
    if reviewed := reviewed_weights(slug):
        found.append(reviewed)
    return sorted(found, key=lambda statement: statement.order)


def reviewed_weights(slug: str | None) -> Statement | None:
    """A model whose licence we reviewed has weights that were published."""
    review = review_of(None, slug)
    if review is None:
        return None
    reason = f"published under {review.licence.name}, as reviewed: {review.cite}"
    return Statement(rank=1, access=Access.OPEN, reason=reason, source=REVIEW, observed_at=REVIEWED_AT)


def repository(claim: Claim, own: frozenset[str]) -> Statement | None:
    """Weights in the developer's own namespace, on the Hub itself or linked by a list that is no host's."""
    place = linked_place(claim)
    if not place or "/" not in place or compact(place.split("/")[0]) not in own:
        return None
    reason = f"weights are published at {place}"
    return Statement(
        rank=0, access=Access.OPEN, reason=reason, source=claim.source, observed_at=claim.observed_at
    )


def linked_place(claim: Claim) -> str | None:
    if claim.source in (HUB, OPEN_LLM):  # that leaderboard downloaded the weights to score them
        return claim.hub_repository or claim.model
    if claim.source == MODELS_DEV and claim.board == "models":
        return claim.hub_repository
    if claim.source == OSAI and claim.access_claim in INDEXED:
        return claim.hub_repository
    return None


def own_table(claim: Claim) -> Statement | None:
    """What the developer's own table of models says about the weights."""
    stated = (claim.access_claim or "").lower()
    if claim.source != MISTRAL or stated not in (GIVEN, NOT_GIVEN):
        return None
    access = Access.OPEN if stated == GIVEN else Access.CLOSED
    says = "gives the weights out" if access is Access.OPEN else "names no weights: served only"
    return Statement(
        rank=2,
        access=access,
        reason=f"Mistral’s own table of models {says}",
        source=claim.source,
        observed_at=claim.observed_at,
    )


def words(claim: Claim) -> Statement | None:
    """What Epoch AI or models.dev's provider-independent list says in words."""
    stated = " ".join((claim.access_claim or "").lower().split())
    if claim.source == EPOCH:
        rank, access, reason = 3, *epoch_words(stated, claim.access_claim or "")
    elif claim.source == MODELS_DEV and claim.board == "models":
        rank, access, reason = 4, *flag_words(stated, "provider-independent list")
    elif claim.source == CATALOGUE:
        rank, access, reason = 5, *reviewed_words(stated)
    elif claim.source == MODELS_DEV and claim.board == OWN_SERVICE:
        rank, access, reason = 6, *flag_words(stated, "entry of the developer's own service")
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
        return Access.UNKNOWN, f'Epoch AI states "{verbatim}": {NEITHER}'
    return Access.UNKNOWN, ""


def reviewed_words(stated: str) -> tuple[Access, str]:
    """The words of our own reviewed list of models, each with the text it was read from."""
    if stated.startswith(OPEN_WORDS):
        return Access.OPEN, "our reviewed catalogue states open weights"
    if stated in SERVED_WORDS:
        return Access.CLOSED, "our reviewed catalogue states that it is served only"
    if stated == UNRELEASED:
        return Access.UNKNOWN, f"our reviewed catalogue states that it was never released: {NEITHER}"
    return Access.UNKNOWN, ""


def flag_words(stated: str, where: str) -> tuple[Access, str]:
    """models.dev's flag, as "open_weights: true" or the bare word."""
    flag = stated.removeprefix("open_weights").strip(" :=")
    if flag in ("true", "yes"):
        return Access.OPEN, f"models.dev's {where} states open weights"
    if flag in ("false", "no"):
        return Access.CLOSED, f"models.dev's {where} states that the weights are not open"
    return Access.UNKNOWN, ""
