"""`manage.py export`: write the bulk data of this installation, or of an earlier state of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from models_catalog.exports.writing import NothingToExport, export
from models_catalog.findings.exports import MANIFEST
from models_catalog.findings.moment import Moment
from models_catalog.management.console import day, instant, to_people, write_json


class Command(BaseCommand):
    help = "Write CSV and NDJSON of everything whose owners allow it, with manifest, hashes and licences."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", type=day, help="what held on this day")
        parser.add_argument("--known-at", type=instant, help="only what was committed by then")
        parser.add_argument("--to", type=Path, help="folder (default: exports in the data folder)")
        parser.add_argument("--json", action="store_true", help="print the manifest")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            place = export(Moment(options["as_of"], options["known_at"]), options["to"])
        except NothingToExport as error:
            raise CommandError(str(error)) from error
        document = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
        rows = sum(row.get("rows", 0) for row in document["files"]) // 2
        to_people().print(f"{place}: {rows:,} rows, {len(document['files'])} files")
        if options["json"]:
            write_json(document)
