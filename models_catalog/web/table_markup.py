"""The rows of a table as markup. Written here and not in a template: the tables of a page have thousands of cells."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

from models_catalog.charts.figure import Cell, Rows, Table
from models_catalog.charts.numerals import EM_DASH, day
from models_catalog.charts.outside import https_link, visible

LONGEST = 300  # characters of a value; of one that leads somewhere, to another site
LONGEST_NAME = 200
LONGEST_LINK = 60
reversed_once = lru_cache(maxsize=4096)(reverse)


def table_rows(table: Table) -> SafeString:
    """Every row, its first cell the row's heading."""
    numbers = [column.number for column in table.columns]
    rows = "\n".join(row_markup(cells, numbers) for cells in table.rows)
    return mark_safe(rows)  # noqa: S308 - every text in it is escaped by `escape`


def row_markup(cells: tuple[Cell, ...], numbers: list[bool]) -> str:
    said = []
    for place, (cell, number) in enumerate(zip(cells, numbers, strict=True)):
        if place == 0:
            said.append(f'<th scope="row">{cell_markup(cell)}</th>')
        else:
            start = '<td class="number">' if number else "<td>"
            said.append(f"{start}{cell_markup(cell)}</td>")
    return f"<tr>{''.join(said)}</tr>"


def cell_markup(cell: Cell) -> str:
    aside = f'<span class="aside">{aside_markup(cell)}</span>' if cell.aside else ""
    return f"{value_markup(cell)}{aside}"


def aside_markup(cell: Cell) -> str:
    """Beside a model's name, which leads to its page, stands the value: it leads to its own evidence, or its rows."""
    text = shown(cell.aside, LONGEST)
    if cell.model and cell.observation is not None:
        return evidence_markup(cell.observation, text)
    return derived_markup(cell.rows, text) if cell.rows and elsewhere(cell) else text


def value_markup(cell: Cell) -> str:
    """The value and where it leads: to its model, its evidence, its method, its organisation, another site."""
    if cell.missing:
        return missing_markup(cell.missing)
    if cell.day:
        text = f'<time datetime="{cell.day:%Y-%m-%d}">{day(cell.day)}</time>'
    else:
        text = shown(cell.text, LONGEST_NAME if leads(cell) else LONGEST)
    return linked(cell, text) if leads(cell) else text


def leads(cell: Cell) -> bool:
    return elsewhere(cell) or cell.rows is not None


def elsewhere(cell: Cell) -> bool:
    """Does the value lead anywhere but to the rows it was made from?"""
    named = cell.model or cell.method or cell.organization or https_link(cell.link)
    return bool(named) or cell.observation is not None


def linked(cell: Cell, text: str) -> str:
    if cell.model:
        return f'<a href="{address("model", cell.model)}">{text}</a>'
    if cell.observation is not None:
        return evidence_markup(cell.observation, text)
    if cell.method:
        return f'<a href="{reversed_once("method")}#{escape(cell.method)}">{text}</a>'
    if cell.organization:
        return f'<a href="{address("organization", cell.organization)}">{text}</a>'
    if cell.link and (link := https_link(cell.link)):
        return f'<a href="{escape(link)}" rel="noopener">{shown(cell.text, LONGEST_LINK)}</a>'
    return derived_markup(cell.rows, text) if cell.rows else text


def evidence_markup(observation: int, text: str) -> str:
    place = address("evidence", observation)
    return f'<a class="evidence" href="{place}" data-observation="{observation}">{text}</a>'


def evidence(observation: int, text: str) -> SafeString:
    """The same for templates: a text is escaped, markup of ours (a date's `<time>`) stays."""
    return mark_safe(evidence_markup(observation, str(conditional_escape(text))))  # noqa: S308 - escaped here


def derived_markup(rows: Rows, text: str) -> str:
    return f'<a class="derived" href="{place_of(rows)}">{text}</a>'


def place_of(rows: Rows) -> str:
    """The address of the rows, escaped."""
    page = reversed_once(rows.page, args=rows.arguments) if rows.page else ""
    query = f"?{urlencode(rows.query)}" if rows.query else ""
    return str(escape(f"{page}{query}{'#' if rows.place else ''}{rows.place}"))


def missing_markup(reason: str) -> str:
    said = shown(reason, 200)
    return f'<span class="missing" title="{said}">{EM_DASH}<span class="unseen"> {said}</span></span>'


def shown(text: str, longest: int) -> str:
    return str(escape(visible(text, longest)))


def address(page: str, argument: str | int) -> str:
    return str(escape(reversed_once(page, args=(argument,))))
