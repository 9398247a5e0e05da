"""The words this room takes and gives: claims in, a catalogue and resolutions out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from models_catalog.normalise.disagreements import Disagreement
from models_catalog.normalise.statements import OpennessFacts
from models_catalog.vocabulary import Access, DateKind, Precision, Rung, Tier

ONE_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one board of one source states about one subject: its release and licence facts together.

    `model` is the source's own id, `name` its own display name; everything is in the source's own words.
    """

    source: str
    board: str
    model: str
    name: str
    observed_at: datetime
    organization: str | None = None
    date: str | None = None
    date_kind: DateKind = DateKind.ANNOUNCED
    access_claim: str | None = None
    access_group: str | None = None
    family: str | None = None
    hub_repository: str | None = None
    hub_id: str | None = None
    base_model: str | None = None
    base_relation: str | None = None  # the Hub's word: "quantized", "finetune", "adapter", "merge"
    parameters: int | None = None
    licence: str | None = None
    licence_name: str | None = None
    licence_link: str | None = None
    gated: str | None = None
    country: str | None = None
    context_tokens: int | None = None
    modalities_in: tuple[str, ...] = ()
    modalities_out: tuple[str, ...] = ()
    task: str | None = None  # the Hub's pipeline tag, Epoch AI's domain
    status: str | None = None
    grades: tuple[tuple[str, str], ...] = ()  # the European index's, by criterion
    corrected: tuple[str, ...] = ()  # sentences about reviewed corrections already applied


@dataclass(frozen=True, slots=True)
class Organization:
    slug: str
    name: str
    country: str


@dataclass(frozen=True, slots=True)
class Family:
    slug: str
    name: str
    organization: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model as its developer released it. Slugs of organisation and family; None = not known.

    `conflicts` are sentences: what sources state differently, to be shown beside the value.
    `known_as` are the names under which sources state it, as (source, name). `name` is its best source's, which other
    models may have, too; `shown` is what readers see, and no other model's.
    """

    slug: str
    name: str
    words: tuple[str, ...]  # the stem its names share, for matching
    organization: str
    family: str | None
    released: date | None
    released_kind: DateKind | None
    released_precision: Precision | None
    released_source: str | None
    access: Access
    access_reason: str
    access_source: str | None
    tier: Tier
    tier_reason: str
    openness: OpennessFacts
    licence: str | None
    licence_link: str | None
    parameters: int | None
    context_tokens: int | None
    modalities_in: tuple[str, ...]
    modalities_out: tuple[str, ...]
    hub_repositories: tuple[str, ...]
    base_model: str | None
    conflicts: tuple[str, ...]
    known_as: tuple[tuple[str, str], ...]
    disagreements: tuple[Disagreement, ...] = ()  # behind `conflicts`, with both sides
    listed: bool = True  # False: a third party's repository, found by its name and left out of lists
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A dated checkpoint of a model, with its own release date. `stamp` is the date its name carries."""

    slug: str
    model: str
    name: str
    released: date
    precision: Precision = Precision.DAY
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What a name means: a model, perhaps one of its snapshots, perhaps run in some way."""

    model: str
    snapshot: str | None = None
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A guess for a reviewer; never stored as fact. `score` from 0 to 100."""

    slug: str
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who a name is, and by which rung. Slugs, or None. An unresolved name carries suggestions."""

    name: str
    organization: str | None
    family: str | None
    model: str | None
    snapshot: str | None
    variant: str | None
    rung: Rung
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything known to exist, by slug. Built by `catalogue.build`, the same from any order of claims."""

    organizations: dict[str, Organization]
    families: dict[str, Family]
    models: dict[str, Model]
    snapshots: dict[str, Snapshot]
    names: dict[tuple[str, str], Target]  # (source, name as the source writes it) -> what it means
    conflicts: tuple[str, ...] = ()  # about the catalogue as a whole
    _snapshots_of: dict[str, tuple[Snapshot, ...]] = field(default_factory=dict, compare=False)

    def snapshots_of(self, model: str) -> tuple[Snapshot, ...]:
        """The model's snapshots, oldest first."""
        if not self._snapshots_of:
            for snapshot in sorted(self.snapshots.values(), key=lambda item: (item.released, item.slug)):
                self._snapshots_of[snapshot.model] = (*self._snapshots_of.get(snapshot.model, ()), snapshot)
        return self._snapshots_of.get(model, ())

    def checkpoint(self, model: str, snapshot: str | None) -> str:
        """One key for one checkpoint: the snapshot's slug, but the model's own for its first release.

        So `gpt-5` and `gpt-5-2025-08-07` meet under `gpt-5`, while a later checkpoint stays apart.
        """
        if snapshot is None or self.is_first(self.snapshots[snapshot]):
            return model
        return snapshot

    def is_first(self, snapshot: Snapshot) -> bool:
        """Is this checkpoint what the model's release date is about: its earliest, of that week or month?"""
        model = self.models[snapshot.model]
        if model.released is None or self.snapshots_of(model.slug)[0] != snapshot:
            return False
        if Precision.MONTH in (snapshot.precision, model.released_precision):
            return (snapshot.released.year, snapshot.released.month) == (
                model.released.year,
                model.released.month,
            )
        return abs(snapshot.released - model.released) <= ONE_WEEK
