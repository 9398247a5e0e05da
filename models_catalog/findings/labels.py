"""What readers call a part of the scores, or a decision taken otherwise."""

from __future__ import annotations

from models_catalog.analysis.sensitivity import (
    RESTRICTED_CLOSED,
    UNKNOWN_CLOSED,
    UNKNOWN_OPEN,
    WITHOUT_LAB,
    WITHOUT_PREVIEWS,
)
from models_catalog.normalise.benchmarks import DOMAINS, benchmarks
from models_catalog.vocabulary import Cut, Split

SPLITS = {
    Split.PRIVATE: "Private benchmarks",
    Split.PUBLIC: "Public benchmarks",
    Split.INDEPENDENT: "Measured independently",
    Split.VENDOR: "Reported by developers",
}
SENSITIVITIES = {
    "": "As defined",
    UNKNOWN_OPEN: "Unknown access counted as open",
    UNKNOWN_CLOSED: "Unknown access counted as closed",
    RESTRICTED_CLOSED: "Restricted and research-only licences counted as closed",
    WITHOUT_PREVIEWS: "Previews left out",
}
INDEX_POINTS = "index points"
PERCENTAGE_POINTS = "percentage points"
ELO_POINTS = "Elo points"


def cut_label(cut: Cut, key: str) -> str:
    """ "Maths", "GPQA Diamond", "Private benchmarks", "All benchmarks"."""
    match cut:
        case Cut.INDEX:
            return "All benchmarks"
        case Cut.DOMAIN:
            return DOMAINS.get(key, key)
        case Cut.SPLIT:
            return SPLITS[Split(key)]
        case Cut.BENCHMARK:
            known = benchmarks().get(key)
            return known.name if known else key


def sensitivity_label(key: str) -> str:
    """ "Previews left out", "Without DeepSeek"."""
    if key.startswith(WITHOUT_LAB):
        return f"Without {key.removeprefix(WITHOUT_LAB)}"
    return SENSITIVITIES[key]


def level_unit(cut: Cut, key: str) -> str:
    """What levels, point gaps and tolerances are counted in."""
    if cut is not Cut.BENCHMARK:
        return INDEX_POINTS
    known = benchmarks().get(key)
    return ELO_POINTS if known and known.rating else PERCENTAGE_POINTS
