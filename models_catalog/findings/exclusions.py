"""Why does a name mean no single model? What is not in this list only waits for a reviewer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from models_catalog.models import Generation, Observation, Resolution, Subject
from models_catalog.models.knowledge import Knowledge, aliases
from models_catalog.normalise.aliases import Alias, Aliases
from models_catalog.normalise.moving import moving_of
from models_catalog.normalise.names import read_name
from models_catalog.normalise.organizations import organizations
from models_catalog.normalise.sightings import alias_of
from models_catalog.normalise.stems import Stems
from models_catalog.vocabulary import FactKind

SWEBENCH, SYSTEM, SEVERAL_MODELS = "swebench", "system: ", "models: "


class Excluded(StrEnum):
    """Why a name means no single model, so that leaving it unresolved is the right answer."""

    PAIR = "two models together"
    AGENT = "an agent system of no stated or of several models"
    METHOD = "a paper's method around a model or several"
    EXPERIMENT = "a paper's own experiment, never released as a model"
    STEALTH = "a stealth or test name"
    MOVING = "a moving alias without a date"
    ROUTER = "a router"


REVIEWED = {  # how the reason of a reviewed statement that a name means nothing begins
    "Agent": Excluded.AGENT,
    "Method": Excluded.METHOD,
    "Experiment": Excluded.EXPERIMENT,
    "Stealth": Excluded.STEALTH,
}


@dataclass(frozen=True, slots=True)
class Exclusions:
    """The reviewed statements, and the agents' rows: what tells names that mean no model from those that wait."""

    aliases: Aliases
    stems: Stems
    systems: frozenset[int]

    def of(self, row: Resolution) -> Excluded | None:
        """The reason, or None: the name resolves, or it waits."""
        return None if row.model_id else self.why(row.subject)

    def why(self, subject: Subject) -> Excluded | None:
        read, reviewed = read_name(subject.called), self.reviewed(subject)
        if subject.pk in self.systems:
            return Excluded.AGENT
        if reviewed and (stated := REVIEWED.get(reviewed.reason.partition(" ")[0].rstrip(":"))):
            return stated
        if read.several:
            return Excluded.PAIR
        if read.moving or moving_of(read):
            return Excluded.MOVING
        return Excluded.ROUTER if read.owners and read.owners[-1] == "openrouter" else None

    def reviewed(self, subject: Subject) -> Alias | None:
        """The reviewed statement that this name means nothing that can be tracked, with its reason."""
        found = alias_of(self.stems.of(subject.called), subject.source, self.aliases)
        return found[0] if found and not found[0].target else None


def exclusions() -> Exclusions:
    """Those that count now."""
    return built(Generation.objects.filter(pk=1).values_list("number", "recorded_at").first())


@lru_cache(maxsize=1)
def built(_generation: object) -> Exclusions:
    known = aliases(Knowledge())
    return Exclusions(known, Stems(known, organizations()), agent_systems())


def agent_systems() -> frozenset[int]:
    """SWE-bench's rows that state no model, or several: their name is the system's, not a model's."""
    scores = Observation.objects.filter(kind=FactKind.SCORE, subject__source=SWEBENCH)
    newest = scores.order_by("subject", "-observed_at", "-id").distinct("subject").select_related("subject")
    return frozenset(
        row.subject_id
        for row in newest
        if f"{SYSTEM}{row.subject.name}" in str(row.value.get("settings", "")).split("; ")
        or SEVERAL_MODELS in str(row.value.get("settings", ""))
    )
