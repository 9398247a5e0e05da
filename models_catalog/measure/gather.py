"""What goes into a scale: dated models with an access, and the scores or published levels to place them by.

`epoch` takes Epoch AI's published index with Epoch's own dates and accessibility groups. `own` and `all` take
our stored scores with our identity and our access; `all` includes the benchmark matrix Epoch publishes.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from models_catalog.analysis.normalise_scores import Attempt
from models_catalog.analysis.records import Bounds, Insufficient
from models_catalog.models.knowledge import Knowledge, StoredScore, claims, scores
from models_catalog.normalise.dates import parse_date
from models_catalog.normalise.previews import is_preview
from models_catalog.normalise.records import Claim
from models_catalog.vocabulary import Access, Cut, Inputs, Tier

EPOCH = "epoch"
EPOCH_INDEX_BOARD = "eci_scores"
EPOCH_MATRIX_BOARD = "eci_benchmarks"
EPOCH_GROUPS = {"Open weights": Access.OPEN, "Closed weights": Access.CLOSED}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model version that can stand on a frontier."""

    key: str  # what it is called on the scale
    model: str  # slug of its page; "" when the catalogue does not know it
    name: str
    organization: str
    released: date
    access: Access
    sources: tuple[str, ...]
    observation: int | None  # one stored observation its level rests on
    tier: Tier = Tier.UNKNOWN
    preview: bool = False


@dataclass(frozen=True, slots=True)
class Gathered:
    """All inputs of one scale. `digest` identifies them: equal digests give the equal scale.

    A fitted scale is fixed by `anchors`, or, for a part of the scores, `like` the levels of the whole index. A
    published one comes with its `levels`, and with `bounds` where they are stated, at `interval_level`.
    """

    inputs: Inputs
    title: str
    candidates: Mapping[str, Candidate]
    vintage: datetime  # newest capture, with changed content, among the inputs
    digest: str
    attempts: tuple[Attempt, ...] = ()  # for a fit
    levels: Mapping[str, float] = field(default_factory=dict)  # published levels
    bounds: Mapping[str, Bounds] = field(default_factory=dict)
    anchors: Mapping[str, float] = field(default_factory=dict)  # the two that define a fitted scale
    left_out: Mapping[str, int] = field(default_factory=dict)  # reason -> rows
    cut: Cut = Cut.INDEX
    key: str = ""
    like: Mapping[str, float] = field(default_factory=dict)
    interval_level: float = 0.90


def gather_epoch(knowledge: Knowledge) -> Gathered:
    """Epoch's published index as known then. Insufficient when no vintage of it is stored."""
    rows = [row for row in scores(knowledge) if (row.source, row.board) == (EPOCH, EPOCH_INDEX_BOARD)]
    if not rows:
        raise Insufficient("no published Epoch Capabilities Index is stored at this state of knowledge")
    stated = {
        claim.model: claim
        for claim in claims(knowledge)
        if (claim.source, claim.board) == (EPOCH, EPOCH_INDEX_BOARD)
    }
    left_out: Counter[str] = Counter()
    candidates, levels, bounds = {}, {}, {}
    for row in rows:
        candidate = epoch_candidate(row, stated.get(row.subject))
        if candidate is None:
            left_out["no release date"] += 1
            continue
        candidates[candidate.key] = candidate
        levels[candidate.key] = float(row.value["value"])
        if "low" in row.value and "high" in row.value:
            bounds[candidate.key] = Bounds(float(row.value["low"]), float(row.value["high"]))
    return Gathered(
        inputs=Inputs.EPOCH,
        title="Epoch Capabilities Index, as published",
        candidates=candidates,
        vintage=max(row.observed_at for row in rows),
        digest=digest(candidates.values(), sorted(levels.items()), sorted(bounds.items())),
        levels=levels,
        bounds=bounds,
        left_out=left_out,
    )


def epoch_candidate(row: StoredScore, stated: Claim | None) -> Candidate | None:
    released = parse_date(stated.date) if stated and stated.date else None
    if stated is None or released is None:
        return None
    return Candidate(
        key=row.subject,
        model="",
        name=row.name,
        organization=stated.organization or "",
        released=released[0],
        access=EPOCH_GROUPS.get(stated.access_group or "", Access.UNKNOWN),
        sources=(EPOCH,),
        observation=row.observation,
        preview=is_preview(row.name),
    )


def digest(candidates: Iterable[Candidate], *parts: object) -> str:
    """Identifies inputs by content: row numbers of this installation do not count."""
    rows = sorted(
        (
            item.key,
            item.name,
            item.organization,
            item.released.isoformat(),
            item.access.value,
            item.sources,
            item.tier.value,
            item.preview,
        )
        for item in candidates
    )
    return hashlib.sha256(repr((rows, parts)).encode()).hexdigest()
