"""Where can an open model be run, at what price, and on which hardware does it fit?

Engines (Ollama, LM Studio, vLLM, TGI) are what sources list as supported; hosts are providers with a standing
price. Open weights only: a closed model runs where its maker serves it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models_catalog.findings.catalogue import listed, model_row
from models_catalog.findings.facts import displayed_sources
from models_catalog.findings.records import ModelRow, SourceCredit
from models_catalog.findings.remembered import remembered
from models_catalog.findings.row_evidence import evidenced
from models_catalog.findings.status import credit
from models_catalog.models import CurrentObservation
from models_catalog.normalise.hosts import host_named
from models_catalog.sources import by_slug
from models_catalog.sources.places import Place, places
from models_catalog.vocabulary import Access, FactKind

ENGINES = ("ollama", "lm-studio", "vllm", "tgi")  # sources whose list is what an engine runs
NAMES = {"ollama": "Ollama", "lm-studio": "LM Studio", "vllm": "vLLM", "tgi": "Text Generation Inference"}
ALSO_HOSTS = ("together", "huggingface-router")
HOST_NAMES = {"together": "Together", "huggingface-router": "Hugging Face router"}
ENGINE, HOST = "engine", "host"


@dataclass(frozen=True, slots=True)
class Carrier:
    """One engine that lists a model, and the observation that says so."""

    engine: str
    name: str
    subject: str
    observation: int


@dataclass(frozen=True, slots=True)
class Runnable:
    """An open model somebody can run: engines that list it, providers with a price, and whose lists say so."""

    row: ModelRow
    engines: tuple[Carrier, ...]
    hosts: tuple[str, ...]
    lists: frozenset[str]  # sources among ENGINES and ALSO_HOSTS


@dataclass(frozen=True, slots=True)
class Platform:
    """One engine or host: how many open models it carries, when that was seen, and what became of it.

    `statuses` are reviewed by hand and cited; empty means that its list stands as it was last seen.
    """

    slug: str
    name: str
    kind: str
    home: str
    models: int
    seen: datetime | None
    statuses: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Running:
    models: tuple[Runnable, ...]  # highest on the index first
    platforms: tuple[Platform, ...]
    credits: tuple[SourceCredit, ...]


def running() -> Running:
    """Every open model that an engine lists or a host sells."""
    return remembered("running", look_up)


def look_up() -> Running:
    engines, offers = carriers(), sellers()
    rows = {row.pk: row for row in listed().filter(access=Access.OPEN, pk__in={*engines, *offers})}
    models = [
        runnable(row, engines.get(pk, ()), offers.get(pk, ()))
        for pk, row in zip(rows, evidenced(map(model_row, rows.values())), strict=True)
    ]
    models.sort(key=lambda item: (-(item.row.level or 0.0), item.row.name.lower()))
    sources = {*ENGINES, *(source for source in ALSO_HOSTS)}
    known = [credit(slug) for slug in sorted(sources & set(displayed_sources()))]
    return Running(tuple(models), platforms(models), tuple(line for line in known if line.retrieved))


def runnable(row: ModelRow, engines: Iterable[Carrier], offers: Collection[tuple[str, str]]) -> Runnable:
    carried = tuple(engines)
    sources, hosts = ({offer[at] for offer in offers} for at in (0, 1))
    lists = {*(carrier.engine for carrier in carried), *sources.intersection(ALSO_HOSTS)}
    return Runnable(row, carried, tuple(sorted(hosts)), frozenset(lists))


def current(kind: FactKind) -> Iterable[CurrentObservation]:
    rows = CurrentObservation.objects.filter(kind=kind, observation__present=True)
    rows = rows.filter(subject__source__in=displayed_sources())
    rows = rows.filter(subject__resolution__model__access=Access.OPEN)
    return rows.select_related("observation", "subject__resolution").order_by("pk")


def carriers() -> dict[int, list[Carrier]]:
    """By model: each engine once, with the first of its names for it."""
    found: dict[int, dict[str, Carrier]] = defaultdict(dict)
    for row in current(FactKind.RUNTIME):
        engine = row.subject.source
        if engine in ENGINES:
            carrier = Carrier(engine, NAMES[engine], row.subject.name, row.observation_id)
            found[model_key(row)].setdefault(engine, carrier)
    return {model: sorted(by_engine.values(), key=lambda one: one.name) for model, by_engine in found.items()}


def sellers() -> dict[int, set[tuple[str, str]]]:
    """By model: source and host of every price above zero for its input; a host is one, however sources write it."""
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for row in current(FactKind.PRICE):
        value: dict[str, Any] = row.observation.value
        if value.get("unit") == "input" and value.get("provider") and value.get("amount") not in (None, "0"):
            found[model_key(row)].add((row.subject.source, host_named(str(value["provider"]))))
    return dict(found)


def model_key(row: CurrentObservation) -> int:
    key = row.subject.resolution.model_id
    assert key is not None
    return key


def platforms(models: Iterable[Runnable]) -> tuple[Platform, ...]:
    """The engines, then the hosts named by the field; with what became of each."""
    carried = Counter(source for one in models for source in one.lists)
    engines = [platform(slug, NAMES[slug], ENGINE, carried[slug]) for slug in ENGINES]
    hosts = [platform(slug, HOST_NAMES[slug], HOST, carried[slug]) for slug in ALSO_HOSTS]
    collected = {*ENGINES, *ALSO_HOSTS}
    gone = {place.slug: place for place in places() if place.slug not in collected}
    ended = [Platform(one.slug, one.name, one.kind, "", 0, None, statuses(one.slug)) for one in gone.values()]
    return (*engines, *hosts, *ended)


def platform(slug: str, name: str, kind: str, models: int) -> Platform:
    source, held = by_slug(slug), credit(slug)
    return Platform(slug, name, kind, source.home, models, held.retrieved, statuses(slug))


def statuses(slug: str) -> tuple[Place, ...]:
    return tuple(place for place in places() if place.slug == slug)
