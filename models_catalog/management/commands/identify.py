"""`manage.py identify NAME`: who is meant by a name, and by which rung of the ladder? `-` reads names from stdin."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from models_catalog.management.console import day, write_json
from models_catalog.models.knowledge import Knowledge, aliases, claims, corrections
from models_catalog.normalise.catalogue import build
from models_catalog.normalise.records import Catalogue
from models_catalog.normalise.records import Resolution as Resolved
from models_catalog.normalise.resolver import Resolver


class Command(BaseCommand):
    help = "Resolve a name to organisation, family, model, snapshot and variant."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the name, or - to read one a line from standard input")
        parser.add_argument("--source", help="slug of the source that uses the name")
        parser.add_argument("--on", type=day, help="the day it was used, for moving aliases")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        known = aliases(Knowledge())
        catalogue = build(claims(Knowledge()), known, corrections=corrections(Knowledge()))
        resolver = Resolver(catalogue, known)
        many = options["name"] == "-"
        for name in asked(options["name"]):
            found = resolver.resolve(name, source=options["source"], on=options["on"])
            answer = described(catalogue, found)
            if options["json"]:
                write_json(answer, indent=None if many else 2)
            else:
                self.stdout.write("  ".join(f"{key}: {value}" for key, value in answer.items() if value))


def asked(name: str) -> Iterator[str]:
    """The name, or for "-" every line of standard input that holds one; bytes that are no UTF-8 are replaced."""
    if name != "-":
        yield name
        return
    for line in sys.stdin.buffer:
        if stripped := line.decode("utf-8", "replace").strip():
            yield stripped


def described(catalogue: Catalogue, found: Resolved) -> dict[str, object]:
    model = catalogue.models.get(found.model or "")
    snapshot = catalogue.snapshots.get(found.snapshot or "")
    released = (snapshot.released if snapshot else None) or (model.released if model else None)
    return {
        "name": found.name,
        "organization": found.organization,
        "family": found.family,
        "model": found.model,
        "snapshot": found.snapshot,
        "variant": found.variant or None,
        "rung": found.rung.value,
        "release_date": released.isoformat() if released else None,
        "access": model.access.value if model else None,
        "tier": model.tier.value if model else None,
    }
