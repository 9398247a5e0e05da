"""Filters as a plain GET form: what can be chosen, what is chosen (chips), and how to take it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from models_catalog.charts.outside import visible


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """One field of the form. Without choices it is a text field."""

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


def select(name: str, label: str, value: str, choices: Iterable[tuple[str, str]]) -> Filter:
    """A choice; a value nobody offers is kept visible, so that the reader sees why nothing matches."""
    offered = list(choices)
    if value and value not in {key for key, _ in offered}:
        offered.append((value, visible(value, 40)))
    return Filter(name, label, value, tuple(Choice(key, text, key == value) for key, text in offered))


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
