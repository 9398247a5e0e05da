"""`manage.py replay --source X [--since D]`: parse archived payloads again, without any network."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from models_catalog.ingest.live import archive
from models_catalog.ingest.projections import refresh_projections
from models_catalog.ingest.replay import Replayed, replay
from models_catalog.management.console import beginning, progress, to_people, write_json
from models_catalog.sources import SOURCES, by_slug


class Command(BaseCommand):
    help = "Parse archived payloads again; equal digests mean byte-identical facts. Exit 1 when one cannot be read."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--source", required=True, choices=[source.slug for source in SOURCES])
        parser.add_argument("--since", type=beginning, help="only captures from this day or instant on")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        console = to_people()
        with progress(console) as bar:
            task = bar.add_task("archived payloads", total=None)
            done = replay(
                by_slug(options["source"]), options["since"], archive(), lambda _item: bar.advance(task)
            )
        if any(item.changed for item in done):
            refresh_projections()
        if options["json"]:
            write_json([asdict(item) for item in done])
        else:
            for item in done:
                self.stdout.write(line(item))
        if any(item.problem for item in done):
            sys.exit(1)


def line(item: Replayed) -> str:
    end = item.problem or f"{item.facts} facts, {item.changed} read differently, digest {item.digest[:16]}"
    return f"{item.board} {item.observed_at:%Y-%m-%d}: {end}"
