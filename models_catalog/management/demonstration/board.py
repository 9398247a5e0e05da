"""What the demo shows: its steps with their durations, the summary, the address."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table

from models_catalog.embedded import data_folder
from models_catalog.embedded.lodging import system_folder
from models_catalog.findings.records import SourceLine, Summary


class Board:
    """Writes to standard output; plain lines where nobody watches a terminal."""

    def __init__(self) -> None:
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")  # a terminal that knows no "✓" shows "?"
        self.console = Console(highlight=False, soft_wrap=True)

    def say(self, words: str) -> None:
        self.console.print(words, markup=False)

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """A short step: one line when it is done."""
        start = time.monotonic()
        with self.console.status(title):
            yield
        self.say(f"✓ {title} ({time.monotonic() - start:.1f} s)")

    @contextmanager
    def long_step(self, title: str) -> Iterator[None]:
        """A step that shows its own progress: a line before it too."""
        start = time.monotonic()
        self.say(f"… {title}")
        yield
        self.say(f"✓ {title} ({time.monotonic() - start:.1f} s)")

    def show(self, summary: Summary) -> None:
        """Rows per source, how many names are known, and the gap."""
        table = Table("source", "files", "observations", "newest capture", "last run")
        for column in table.columns[1:3]:
            column.justify = "right"
        for line in summary.sources:
            table.add_row(*cells(line))
        self.console.print(table)
        share = f" ({summary.resolved / summary.names:.1%})" if summary.names else ""
        self.say(f"{summary.resolved} of {summary.names} names resolved{share} to {summary.models} models")
        for words in summary.gap_lines:
            self.say(f"gap, {words}")

    def announce(self, url: str, *, mailbox: bool = False) -> None:
        """How to end it and, last of all, where it is."""
        moved = (
            system_folder() / "postgres"
        )  # where root's database is when nobody else can enter the checkout
        places = [data_folder(), *([moved] if moved.exists() else [])]
        self.say(f"Ctrl-C stops everything; the data stays in {' and '.join(map(str, places))}.")
        if mailbox:
            self.say(
                f"Mail that the demo sends never leaves this machine and is shown at {url}/mailbox/ "
                "(an edition of the digest within a minute)."
            )
        self.say(url)
        sys.stdout.flush()


def cells(line: SourceLine) -> tuple[str, ...]:
    newest = f"{line.newest_observed:%Y-%m-%d}" if line.newest_observed else "none"
    outcome = line.last_outcome or "not collected yet"
    return line.slug, f"{line.files:,}", f"{line.observations:,}", newest, outcome
