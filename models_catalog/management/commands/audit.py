"""`manage.py audit`: hash every archived payload again; name what is damaged or missing. Exit 1 if anything is."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from models_catalog.findings.archive import wanted_payloads
from models_catalog.ingest.live import archive
from models_catalog.management.console import to_people, write_json


class Command(BaseCommand):
    help = "Hash every archived payload again and name what is damaged or missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        kept = archive()
        wanted = wanted_payloads()
        damages = [
            {"kind": item.kind, "payload": item.path.name.removesuffix(".zst"), "reason": item.reason}
            for item in kept.audit()
        ]
        damages += [
            {"kind": "missing", "payload": sha256, "reason": f"no bytes stored for {wanted[sha256]}"}
            for sha256 in sorted(kept.missing(wanted))
        ]
        if options["json"]:
            write_json({"payloads": len(wanted), "damages": damages})
        else:
            for damage in damages:
                self.stdout.write(f"{damage['kind']}: {damage['payload']}: {damage['reason']}")
            to_people().print(f"{len(wanted)} payloads wanted, {len(damages)} damaged or missing")
        if damages:
            sys.exit(1)
