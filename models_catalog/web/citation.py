"""How a figure is cited and embedded: a line of text, BibTeX, a frame. Each names the view, the day, the sources."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from html import escape

from models_catalog.charts.figure import Figure
from models_catalog.charts.numerals import day
from models_catalog.charts.outside import visible

FRAME = '<iframe src="{}" title="{}" width="720" height="640" loading="lazy"></iframe>'


@dataclass(frozen=True, slots=True)
class Citation:
    text: str
    bibtex: str
    snippet: str  # markup, to be shown as text


def citation(figure: Figure, home: str, now: datetime) -> Citation:
    """`home` is the site's absolute root; `now` the day the reader saw it. Its addresses keep the figure's day."""
    kept = figure.kept()
    base, query = home.rstrip("/") + kept.path, f"?{kept.query}" if kept.query else ""
    page = home.rstrip("/") + kept.page
    title = visible(titled(figure), 300)
    source = visible(figure.source_line, 9000)
    return Citation(
        text=f"Open Gap, “{title}”, {page}, seen {day(now)}. {source[:1].upper()}{source[1:]}.",
        bibtex=bibtex(figure.slug, title, page, now),
        snippet=FRAME.format(escape(f"{base}.embed{query}"), escape(title)),
    )


def titled(figure: Figure) -> str:
    """Its title with the day it is of."""
    if figure.day is None or day(figure.day) in figure.title:
        return figure.title
    return f"{figure.title}, as of {day(figure.day)}"


def bibtex(slug: str, title: str, page: str, now: datetime) -> str:
    """A @misc entry; what BibTeX reads as markup is escaped."""
    plain = re.sub(r"([\\{}$&%#_~^])", r"\\\1", title)
    return (
        f"@misc{{open-gap-{slug}-{now:%Y-%m-%d},\n  author = {{{{Open Gap}}}},\n  title = {{{plain}}},\n"
        f"  year = {{{now:%Y}}},\n  url = {{{page}}},\n  note = {{Accessed {now:%Y-%m-%d}}}\n}}"
    )
