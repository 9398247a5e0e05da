"""What commands share: progress for people on standard error, one JSON document on standard output."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentTypeError
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time

from django.core.management.base import CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from models_catalog.sources import SOURCES


def to_people() -> Console:
    """The console for words; standard output stays free for data."""
    return Console(stderr=True, soft_wrap=True)


@contextmanager
def progress(console: Console) -> Iterator[Progress]:
    """A progress bar, drawn only when somebody watches a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        yield bar


def write_json(document: object, *, indent: int | None = 2) -> None:
    """One document, sent on at once; half a surrogate (a name that was not UTF-8) stays escaped."""
    text = json.dumps(document, indent=indent, ensure_ascii=False, allow_nan=False, default=plain)
    sys.stdout.write(text.encode("utf-8", "backslashreplace").decode() + "\n")
    sys.stdout.flush()


def plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def known_sources(slugs: Sequence[str]) -> list[str]:
    """The slugs, if all are registered; CommandError names the first that is not, and those that are."""
    registered = [source.slug for source in SOURCES]
    for slug in slugs:
        if slug not in registered:
            raise CommandError(f"no source {slug!r}; there are: {', '.join(registered)}")
    return list(slugs)


def day(text: str) -> date:
    """A day as YYYY-MM-DD, as the type of an argument."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a day: write 2026-08-11") from error


def beginning(text: str) -> datetime:
    """As `instant`, but a day is its first moment: what "since" means."""
    return instant(text, time.min)


def instant(text: str, of_day: time = time.max) -> datetime:
    """An instant in ISO form, or a day (its last moment, UTC), as the type of an argument."""
    try:
        return datetime.combine(date.fromisoformat(text), of_day, UTC)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(
            f"{text!r} is not a day or an instant: write 2026-08-11 or 2026-08-11T12:00:00Z"
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
