"""Who every name is: each subject of every source asked of the resolver, and the answers stored batch by batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from models_catalog.models import AIModel, Resolution, Snapshot, Subject
from models_catalog.normalise.disagreements import Disagreement, Side, of_organization
from models_catalog.normalise.records import Claim
from models_catalog.normalise.records import Resolution as Resolved
from models_catalog.normalise.resolver import Resolver
from models_catalog.normalise.subjects import resolve_subject
from models_catalog.sources.contract import PROVIDER

BATCH = 1000
SUGGESTIONS_KEPT = 3
Developers = Mapping[tuple[str, str], Side]  # of a name, by source: the developer its source states


@dataclass(slots=True)
class Named:
    """What was stored: how many subjects, how many are a model; each model's names, by its key; and whose source
    states another developer, by the model's slug."""

    subjects: int = 0
    resolved: int = 0
    names: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    differing: list[tuple[str, Disagreement]] = field(default_factory=list)


def developers_in(stated: Iterable[Claim]) -> dict[tuple[str, str], Side]:
    return {
        (claim.source, claim.model): Side(claim.organization, claim.source, claim.observed_at.date())
        for claim in stated
        if claim.organization
    }


def write_resolutions(resolver: Resolver, developers: Developers) -> Named:
    """Replace every stored resolution. Only a batch of rows is held at a time: there may be millions."""
    Resolution.objects.all().delete()
    named = Named()
    rows = resolution_rows(resolver, developers, named)
    while batch := list(islice(rows, BATCH)):
        Resolution.objects.bulk_create(batch)
        named.subjects += len(batch)
        named.resolved += sum(1 for row in batch if row.model_id)
    return named


def resolution_rows(resolver: Resolver, developers: Developers, named: Named) -> Iterator[Resolution]:
    models = dict(AIModel.objects.values_list("slug", "pk"))
    snapshots = dict(Snapshot.objects.values_list("slug", "pk"))
    subjects = Subject.objects.exclude(external_id__startswith=PROVIDER).order_by("pk")
    for subject in subjects.iterator(chunk_size=BATCH):
        stated = developers.get((subject.source, subject.called))
        organization = stated.said if stated else None
        found = resolve_subject(resolver, subject.source, subject.called, subject.name, organization)
        if found.model:
            named.names[models[found.model]].update((subject.name, subject.called))
            note_developer(resolver, found, stated, named)
        yield resolution_row(subject, found, models, snapshots)


def note_developer(resolver: Resolver, found: Resolved, stated: Side | None, named: Named) -> None:
    if stated is None or found.model is None or found.organization is None:
        return
    if differing := of_organization(found.organization, stated, resolver.orgs):
        named.differing.append((found.model, differing))


def resolution_row(
    subject: Subject, found: Resolved, models: dict[str, int], snapshots: dict[str, int]
) -> Resolution:
    return Resolution(
        subject=subject,
        model_id=models[found.model] if found.model else None,
        snapshot_id=snapshots[found.snapshot] if found.snapshot else None,
        variant=(found.variant or "")[:120],
        rung=found.rung,
        suggestions=[
            {"slug": item.slug, "reason": item.reason, "score": item.score}
            for item in found.suggestions[:SUGGESTIONS_KEPT]
        ],
    )


def write_search(names: Mapping[int, set[str]]) -> None:
    """The lower-case text that model search looks in: every name sources use, and the organisation."""
    changed = searched(names)
    while batch := list(islice(changed, BATCH)):
        AIModel.objects.bulk_update(batch, ["search"])


def searched(names: Mapping[int, set[str]]) -> Iterator[AIModel]:
    """The models whose text is another now."""
    rows = AIModel.objects.select_related("organization", "family").only(
        *("slug", "name", "search", "organization__name", "family__name")
    )
    for row in list(rows):
        own = {row.name, row.slug, row.organization.name if row.organization else ""}
        family = {row.family.name} if row.family else set()
        text = " · ".join(sorted(own | family | names.get(row.pk, set()))).lower()
        if text != row.search:
            row.search = text
            yield row
