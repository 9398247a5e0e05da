"""Under which terms are open weights out? Each fact apart, quarter by quarter, and licence by licence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from models_catalog.findings.catalogue import listed
from models_catalog.findings.entries import EntryQuery, matching, model_then
from models_catalog.findings.landscape import stating
from models_catalog.findings.moment import Moment
from models_catalog.findings.records import SourceCredit
from models_catalog.findings.remembered import remembered
from models_catalog.findings.status import credit
from models_catalog.findings.then import known_then
from models_catalog.models import AIModel
from models_catalog.normalise.licences import Licence, licence_of, licences, review_of
from models_catalog.vocabulary import Access, DateKind, Precision, Tier

COMMERCIAL: dict[Tier, bool] = {
    Tier.OSI: True,
    Tier.PERMISSIVE: True,
    Tier.RESTRICTED: True,
    Tier.RESEARCH: False,
}


@dataclass(frozen=True, slots=True)
class FactCount:
    """One yes-or-no fact over the models it can be asked of; what nobody states is counted apart."""

    key: str  # in addresses: "osi", "users-cap"
    fact: str
    yes: int
    no: int
    unknown: int

    @property
    def total(self) -> int:
        return self.yes + self.no + self.unknown


@dataclass(frozen=True, slots=True)
class Quarter:
    """The models released in one quarter; `open_tiers` of those whose weights are out."""

    year: int
    number: int  # 1 to 4
    open_tiers: dict[Tier, int]
    access: dict[Access, int]

    @property
    def name(self) -> str:
        return f"Q{self.number} {self.year}"

    @property
    def total(self) -> int:
        return sum(self.access.values())


@dataclass(frozen=True, slots=True)
class LicenceLine:
    """One licence whose text was read, and how many open-weight models listed here are graded by it."""

    licence: Licence
    models: int


@dataclass(frozen=True, slots=True)
class Terms:
    """`quarters` oldest first; `lines` most used first. Only models released by `until` count, when it is given."""

    facts: tuple[FactCount, ...]
    quarters: tuple[Quarter, ...]
    lines: tuple[LicenceLine, ...]
    unread: int  # open-weight models whose licence is not on record, or was not read
    total: int  # open-weight models
    credits: tuple[SourceCredit, ...]


Graded = tuple[AIModel, Licence | None]
Answer = Callable[[AIModel, Licence | None], bool | None]
# Facts that can only be asked of open weights: how each is called, and the answer; None where nobody states it.
FACTS: Mapping[str, tuple[str, Answer]] = {
    "osi": ("OSI-approved licence", lambda _, licence: licence.osi if licence else None),
    "commercial": ("Commercial use allowed", lambda model, _: COMMERCIAL.get(Tier(model.tier))),
    "research": ("Research or non-commercial use only", lambda model, _: research_only(model)),
    "users-cap": ("Cap on users", lambda _, licence: bool(licence.users_cap) if licence else None),
    "revenue-cap": ("Cap on revenue", lambda _, licence: bool(licence.revenue_cap_usd) if licence else None),
    "field-limits": (
        "Uses forbidden by the licence",
        lambda _, licence: licence.field_limits if licence else None,
    ),
}
ANSWERS: Mapping[str, bool | None] = {"yes": True, "no": False, "unknown": None}
TEXT, UNREAD = "text", "unread"  # of the licence itself: "text:apache-2.0", "text:unread"


def research_only(model: AIModel) -> bool | None:
    commercial = COMMERCIAL.get(Tier(model.tier))
    return None if commercial is None else not commercial


def under(term: str, until: date | None = None) -> frozenset[str]:
    """The models (slugs) that `terms` counted there: "osi:yes", "users-cap:unknown", "text:apache-2.0"."""
    return remembered(("under", term, until), lambda: counted_under(term, until))


def counted_under(term: str, until: date | None) -> frozenset[str]:
    return frozenset(
        model.slug for model, licence in graded_open(listed_then(until)) if is_under(term, model, licence)
    )


def is_under(term: str, model: AIModel, licence: Licence | None) -> bool:
    fact, _, answer = term.partition(":")
    if fact == TEXT:
        return answer == (licence.slug if licence else UNREAD)
    return fact in FACTS and answer in ANSWERS and FACTS[fact][1](model, licence) is ANSWERS[answer]


def terms(until: date | None = None) -> Terms:
    """The terms of every listed model, now, or of those released by a day."""
    return remembered(("terms", until), lambda: counted(until))


def counted(until: date | None) -> Terms:
    found = listed_then(until)
    graded = graded_open(found)
    used = Counter(licence.slug for _, licence in graded if licence)
    return Terms(
        facts=(weights_fact(found), *open_facts(graded)),
        quarters=quarters(found),
        lines=licence_lines(used),
        unread=sum(licence is None for _, licence in graded),
        total=len(graded),
        credits=tuple(credit(slug) for slug in stating()),
    )


def graded_open(models: Iterable[AIModel]) -> list[Graded]:
    """The open weights among them, each with the licence that decided its tier."""
    return [(model, deciding_licence(model)) for model in models if model.access == Access.OPEN]


def listed_then(until: date | None) -> list[AIModel]:
    """The listed models, now or as they were known at the instant asked for."""
    if known_at := known_then():
        return [model_then(row) for row in matching(EntryQuery(), Moment(until, known_at)).order_by("slug")]
    return list(listed().filter(released__lte=until) if until else listed())


def deciding_licence(model: AIModel) -> Licence | None:
    """The licence the model's tier was read from; None when the tier rests on other words, or on none."""
    found = licence_of(model.licence) if model.licence else None
    reviews = (review_of(repository) for repository in model.hub_repositories)
    review = next((one for one in reviews if one), None) or review_of(None, model.slug)
    for licence in (review.licence if review else None, found):
        if licence and licence.tier == model.tier:
            return licence
    return None


def weights_fact(models: Iterable[AIModel]) -> FactCount:
    held = Counter(model.access for model in models)
    return FactCount(
        "weights", "Weights downloadable", held[Access.OPEN], held[Access.CLOSED], held[Access.UNKNOWN]
    )


def open_facts(graded: Iterable[Graded]) -> tuple[FactCount, ...]:
    """FACTS, each counted by itself."""
    known = list(graded)
    return tuple(
        tally(key, fact, (answer(model, licence) for model, licence in known))
        for key, (fact, answer) in FACTS.items()
    )


def tally(key: str, fact: str, answers: Iterable[bool | None]) -> FactCount:
    held = Counter(answers)
    return FactCount(key, fact, held[True], held[False], held[None])


def quarters(models: Iterable[AIModel]) -> tuple[Quarter, ...]:
    """By the stated day or month of release; a year alone names no quarter, a host's listing is no release."""
    members: dict[tuple[int, int], list[AIModel]] = {}
    for model in models:
        stated = model.released_kind != DateKind.LISTING and model.released_precision != Precision.YEAR
        if model.released and stated:
            members.setdefault((model.released.year, (model.released.month + 2) // 3), []).append(model)
    return tuple(quarter(*key, found) for key, found in sorted(members.items()))


def quarter(year: int, number: int, models: list[AIModel]) -> Quarter:
    tiers = Counter(Tier(model.tier) for model in models if model.access == Access.OPEN)
    return Quarter(year, number, dict(tiers), dict(Counter(Access(model.access) for model in models)))


def licence_lines(used: Counter[str]) -> tuple[LicenceLine, ...]:
    every = {licence.slug: licence for licence in licences().by_name.values()}
    lines = [LicenceLine(licence, used[slug]) for slug, licence in every.items()]
    return tuple(sorted(lines, key=lambda line: (-line.models, line.licence.name.casefold())))
