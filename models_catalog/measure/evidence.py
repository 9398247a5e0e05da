"""What was known at one state of knowledge, gathered once for all the questions asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from models_catalog.analysis.reasons import EPOCH_IS_ONE
from models_catalog.analysis.records import Insufficient
from models_catalog.measure.cuts import WHOLE, Part, gather_part
from models_catalog.measure.gather import Gathered, gather_epoch
from models_catalog.measure.gather_own import Pool, own, pool
from models_catalog.measure.scale import Watch, stored_fit
from models_catalog.models.knowledge import Knowledge
from models_catalog.vocabulary import Cut, Inputs


@dataclass
class State:
    """One state of knowledge. Reading its scores and telling whose they are takes seconds, so it is done once."""

    knowledge: Knowledge

    @cached_property
    def scores(self) -> Pool:
        """Insufficient when none can be used."""
        return pool(self.knowledge)


@dataclass
class Evidence:
    """What one kind of inputs has to say at one state of knowledge."""

    inputs: Inputs
    state: State

    @property
    def knowledge(self) -> Knowledge:
        return self.state.knowledge

    @cached_property
    def scores(self) -> Pool:
        """Insufficient when none can be used."""
        return own(self.state.scores) if self.inputs is Inputs.OWN else self.state.scores

    @cached_property
    def whole(self) -> Gathered:
        """The inputs of the whole index. Insufficient when there are none."""
        return (
            gather_epoch(self.knowledge) if self.inputs is Inputs.EPOCH else gather_part(self.scores, WHOLE)
        )

    def gathered(self, part: Part, watch: Watch | None = None) -> Gathered:
        """The inputs of one part; those of a domain or a half are scaled like the whole index.

        Insufficient when the part has no scores, or the whole has no scale.
        """
        if part == WHOLE:
            return self.whole
        if self.inputs is Inputs.EPOCH:
            raise Insufficient(EPOCH_IS_ONE)
        if part.cut is Cut.BENCHMARK:
            return gather_part(self.scores, part)
        return gather_part(self.scores, part, self.levels(watch))

    def levels(self, watch: Watch | None = None) -> dict[str, float]:
        """Every model's level on the whole index."""
        return {point["key"]: point["level"] for point in stored_fit(self.whole, watch).points}
