"""Labels made by hand from sources before the functions they judge were run."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models_catalog.vocabulary import Tier

OPENNESS = Path(__file__).with_name("openness.toml")
# Drawn at random and labelled before the function was asked. The head of each file says how far it agreed as drawn, and
# after what it taught was mended: only the first of the two figures is blind.
DRAWN_OPENNESS = tuple(
    Path(__file__).with_name(f"openness_{drawn}.toml") for drawn in ("second", "third", "fourth")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """The tier a model has by what was read, why, and what was read."""

    slug: str
    tier: Tier
    why: str
    cite: str


@cache
def openness_labels(path: Path = OPENNESS) -> tuple[Label, ...]:
    """Every labelled model. Raises ValueError for a model labelled twice and for a word that is no tier."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["model"]
    labels = tuple(Label(**{**row, "tier": Tier(row["tier"])}) for row in rows)
    if len({label.slug for label in labels}) != len(labels):
        raise ValueError(f"{path.name}: a model is labelled twice")
    return labels
