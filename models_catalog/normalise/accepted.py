"""One checkpoint has one accepted release day of a kind, whichever sources' statements were corrected to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from models_catalog.normalise.aliases import Aliases
from models_catalog.normalise.catalogue import grouped
from models_catalog.normalise.corrections import Correction, corrected
from models_catalog.normalise.organizations import organizations
from models_catalog.normalise.records import Claim

Day = tuple[str, str, str]  # the model's words, the date in the checkpoint's name, the kind of day


class TwoDaysError(ValueError):
    """Two corrections accept two release days of one kind for one checkpoint."""


def refuse_two_days(claims: Iterable[Claim], aliases: Aliases, corrections: Iterable[Correction]) -> None:
    """Raises TwoDaysError, naming the checkpoint and both days with their sources.

    Only days that reviewers accepted are held against each other: what sources state differently is no error, it is
    listed (`disagreements.py`).
    """
    right = corrected(set(claims), [item for item in corrections if item.field == "date"])
    accepted: dict[Day, dict[str, Claim]] = defaultdict(dict)
    for group in grouped((claim for claim in right if claim.corrected), aliases, organizations()).values():
        for sighting in group.sightings:
            claim, words = sighting.claim, " ".join(sighting.words)
            day = (words, str(sighting.dated or ""), claim.date_kind)
            accepted[day].setdefault(claim.date or "", claim)
    for (words, stamp, kind), days in sorted(accepted.items()):
        if len(days) > 1:
            said = " and ".join(f"{day} ({days[day].source}, {days[day].model})" for day in sorted(days))
            raise TwoDaysError(f"{' '.join((words, stamp)).strip()} has two accepted {kind} days: {said}")
