"""The separate facts that openness is graded from, each with who stated it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from models_catalog.normalise.licences import Licence, Review, licence_of, review_of
from models_catalog.vocabulary import Access

REVIEW = "review"  # our own reading of a licence, in licences.toml
REVIEWED_AT = datetime(2026, 11, 30, tzinfo=UTC)  # of licences.toml as shipped
OF_A_MODEL = (
    "review of a model"  # by its name: it may rest on what others list, so the developer's tags go before it
)
RANKS = {
    REVIEW: 0,
    "catalogue": 1,
    "huggingface": 2,
    "open-llm-leaderboard": 2,
    OF_A_MODEL: 3,
    "models-dev": 4,
    "mistral": 5,
    "meta": 5,
    "osai": 6,
    "epoch": 7,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceStatement:
    """One statement of a licence: by a source in its words, or by our review of a text (source "review").

    A review names what it was of: a Hub repository, or a model by its slug.
    """

    stated: str
    source: str
    repository: str | None = None
    model: str | None = None
    link: str | None = None
    observed_at: datetime = field(compare=False)

    @property
    def licence(self) -> Licence | None:
        if self.source != REVIEW:
            return licence_of(self.stated, self.repository)
        review = self.review
        return review.licence if review else None

    @property
    def review(self) -> Review | None:
        return review_of(self.repository, self.model)

    @property
    def order(self) -> tuple[int, float, int, str, str, str]:
        """Who is believed first: the text as read, then the developer's repository, list and page, then an index.

        Of one model's repositories that state different licences on one day, the original counts: what was made from
        it ("-Instruct", "-AWQ") has the longer name.
        """
        rank = RANKS.get(OF_A_MODEL if self.model else self.source, len(RANKS))
        place = self.repository or ""
        return rank, -self.observed_at.timestamp(), len(place), place, self.stated, self.model or ""

    @property
    def said(self) -> str:
        if self.source == REVIEW:
            return f"reviewed licence of {self.repository or self.model}"
        return f"{self.source} states {self.stated!r}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpennessFacts:
    """What is stated about one model's own release. None and () mean that nobody believed on it states it.

    `licences` best first; `wording` is Epoch AI's newest word on what use is allowed; `gated` the Hub's word;
    `training_data` and `training_code` the European Open Source AI Index's grade: open, partial or closed;
    `bound_by` is the name of the model it was made from, if that one's weights are for research only.
    """

    access: Access
    access_reason: str = ""
    access_source: str | None = None
    licences: tuple[LicenceStatement, ...] = ()
    wording: str | None = None
    wording_on: date | None = field(default=None, compare=False)
    gated: str | None = None
    training_data: str | None = None
    training_code: str | None = None
    bound_by: str | None = None
