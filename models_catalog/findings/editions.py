"""Which weekly editions are there, and what does one say? Read as they were frozen."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models_catalog.models import Edition
from models_catalog.sources import SOURCES


@dataclass(frozen=True, slots=True)
class EditionLine:
    """One edition in the archive."""

    week: str
    first: date
    last: date
    subject: str
    preheader: str
    quiet: bool
    composed_at: datetime
    sources: tuple[str, ...]  # slugs, of the items and of those the edition credits


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it was frozen with its edition. Older editions have no drawings for the page."""

    name: str
    title: str
    alt: str
    source: str
    png: bytes
    wide: str  # SVG markup of ours
    narrow: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.png).hexdigest()


@dataclass(frozen=True, slots=True)
class EditionPage:
    """One edition in full. `content` is the frozen common part, see digests.content."""

    line: EditionLine
    as_of: date
    known_at: datetime
    sha256: str
    content: dict[str, Any]
    text: str
    pictures: tuple[Picture, ...]


def edition_lines(limit: int = 60) -> tuple[EditionLine, ...]:
    """Newest first."""
    rows = Edition.objects.defer("html", "text", "pictures").order_by("-week")[:limit]
    return tuple(edition_line(row) for row in rows)


def edition(week: str) -> EditionPage | None:
    """The edition of an ISO week ("2026-W34"); None when there is none."""
    row = Edition.objects.filter(week=week).defer("html").first()
    return edition_page(row) if row else None


def is_told(week: str) -> bool:
    """Whether readers had an edition of an ISO week."""
    return Edition.objects.filter(week=week).exists()


def newest_edition() -> EditionPage | None:
    row = Edition.objects.defer("html").order_by("-week").first()
    return edition_page(row) if row else None


def edition_page(row: Edition) -> EditionPage:
    return EditionPage(
        line=edition_line(row),
        as_of=row.as_of,
        known_at=row.known_at,
        sha256=row.sha256,
        content=row.content,
        text=row.text,
        pictures=tuple(picture(kept) for kept in row.pictures),
    )


def picture(kept: dict[str, str]) -> Picture:
    words = {name: kept.get(name, "") for name in ("name", "title", "alt", "source", "wide", "narrow")}
    return Picture(png=base64.b64decode(kept["png"]), **words)


def edition_line(row: Edition) -> EditionLine:
    return EditionLine(
        week=row.week,
        first=date.fromisoformat(row.content["first_day"]),
        last=date.fromisoformat(row.content["last_day"]),
        subject=row.subject,
        preheader=row.preheader,
        quiet=row.quiet,
        composed_at=row.composed_at,
        sources=sources_in(row.content),
    )


def sources_in(content: dict[str, Any]) -> tuple[str, ...]:
    """The slugs of the items' sources, and of those whose words of credit the edition carries."""
    parts = content.get("sections", ())
    items = [item for part in parts for block in part.get("groups", ()) for item in block["items"]]
    named = {str(item["source_slug"]) for item in items if item.get("source_slug")}
    lines = content.get("credits", ())
    credited = {
        source.slug
        for source in SOURCES
        for line in lines
        if line.startswith(source.rights.attribution.removesuffix("; adapted") or source.title)
    }
    return tuple(sorted(named | credited))
