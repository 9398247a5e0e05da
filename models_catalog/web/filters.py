"""Filters as a plain GET form: what can be chosen, what is chosen (chips), and how to take it back.

What can be chosen is what the catalogue holds, each choice with how many models it has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from models_catalog.charts import words
from models_catalog.charts.outside import visible
from models_catalog.findings.catalogue import filter_choices
from models_catalog.findings.licences import FACTS, TEXT, UNREAD
from models_catalog.findings.narrowing import UNSTATED
from models_catalog.findings.records import FilterChoice
from models_catalog.vocabulary import Access, Tier

LABELS = {
    "access": "Access",
    "tier": "Openness",
    "organization": "Organisation",
    "country": "Country",
    "modality": "Modality",
    "licence": "Licence",
    "size": "Size",
    "family": "Family",
    "released": "Released",
    "terms": "Terms",
}
CHOICES: dict[str, dict[str, str]] = {
    "access": {item.value: words.ACCESS[item].capitalize() for item in Access},
    "tier": {item.value: words.TIER[item] for item in Tier} | {Tier.UNKNOWN.value: words.TERMS_UNKNOWN},
    "modality": {
        "text": "Text",
        "image": "Images",
        "audio": "Audio",
        "video": "Video",
        "pdf": "PDF",
        "file": "Files",
    },
    "size": {
        "under-4b": "Under 4 billion parameters",
        "4b-20b": "4 to 20 billion",
        "20b-100b": "20 to 100 billion",
        "100b-400b": "100 to 400 billion",
        "400b-up": "400 billion and more",
        UNSTATED: "Not stated",
    },
}
MOST_CHOICES = 150


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    chosen: bool = False
    count: int | None = None  # how many models it holds


@dataclass(frozen=True, slots=True)
class Filter:
    """One field of the form; the search field beside it is one without choices."""

    name: str
    label: str
    value: str
    choices: tuple[Choice, ...] = ()

    @property
    def shown(self) -> str:
        """The chosen label, for the chip."""
        return next((choice.label for choice in self.choices if choice.chosen), self.value)


@dataclass(frozen=True, slots=True)
class Chip:
    """One active filter; `query` is the address's query without it."""

    label: str
    query: str


def catalogue_filters(parameters: Mapping[str, str], names: Iterable[str]) -> tuple[Filter, ...]:
    """One select for each of LABELS named, with every choice that holds a model and how many it holds."""
    offered = filter_choices()
    return tuple(catalogue_filter(name, parameters[name], offered[name]) for name in names)


def counted_filters(parameters: Mapping[str, str]) -> tuple[Filter, ...]:
    """Filters that counts on other pages lead with: in the form only while one is chosen."""
    written = {
        "family": parameters["family"],
        "released": parameters["released"],
        "terms": written_term(parameters["terms"]),
    }
    return tuple(
        select(name, LABELS[name], parameters[name], [(parameters[name], visible(label, 60))])
        for name, label in written.items()
        if parameters[name]
    )


def written_term(term: str) -> str:
    """ "osi:yes" as a reader says it: "OSI-approved licence: yes"."""
    fact, _, answer = term.partition(":")
    if fact == TEXT:
        return "licence not read" if answer == UNREAD else f"licence {answer}"
    return f"{FACTS[fact][0]}: {answer.replace('unknown', 'not known')}" if fact in FACTS else term


def catalogue_filter(name: str, value: str, offered: Iterable[FilterChoice]) -> Filter:
    held = [choice for choice in offered if choice.count][:MOST_CHOICES]
    known = CHOICES.get(name, {})
    labelled = [(choice.value, visible(known.get(choice.value, choice.label), 60)) for choice in held]
    return select(name, LABELS[name], value, labelled, {choice.value: choice.count for choice in held})


def select(
    name: str,
    label: str,
    value: str,
    choices: Iterable[tuple[str, str]],
    counts: Mapping[str, int] | None = None,
) -> Filter:
    """A choice; a value nobody offers is kept visible, so that the reader sees why nothing matches."""
    offered, held = list(choices), counts or {}
    if value and value not in {key for key, _ in offered}:
        offered.append((value, visible(value, 40)))
    shown = tuple(Choice(key, text, key == value, held.get(key)) for key, text in offered)
    return Filter(name, label, value, shown)


def chips(filters: Iterable[Filter], parameters: Mapping[str, str]) -> tuple[Chip, ...]:
    """One chip per active filter, in the order of the form."""
    active = [item for item in filters if item.value]
    return tuple(
        Chip(f"{item.label}: {visible(item.shown, 60)}", query_without(parameters, item.name))
        for item in active
    )


def query_without(parameters: Mapping[str, str], *names: str) -> str:
    """The same query without some parameters, and without the page, which no longer means the same."""
    kept = {key: value for key, value in parameters.items() if value and key not in {*names, "page"}}
    return urlencode(kept)
