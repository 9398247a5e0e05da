"""`manage.py digest_status`: readers, editions under way, what is uncertain, what is wrong."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from rich.table import Table

from models_catalog.digests.progress import Post, post
from models_catalog.management.console import to_people, write_json
from models_catalog.vocabulary import DeliveryState


class Command(BaseCommand):
    help = "How far is sending, and which mails are uncertain?"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--editions", type=int, default=5, help="how many of the newest; default: 5")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        found = post(options["editions"])
        if options["json"]:
            return write_json(asdict(found))
        return self.show(found)

    def show(self, found: Post) -> None:
        console = to_people()
        console.print(
            ", ".join(f"{number} {standing}" for standing, number in found.readers.items()), markup=False
        )
        table = Table("edition", *DeliveryState, "bounces", "complaints", "stopped because")
        for line in (*found.editions, found.notices):
            counts = [str(line.states[state]) for state in DeliveryState]
            table.add_row(
                line.week or "short mails", *counts, str(line.bounces), str(line.complaints), line.held
            )
        console.print(table)
        if found.host_left_alone_until:
            console.print(
                f"The mail host is left alone until {found.host_left_alone_until:%H:%M:%S} UTC: {found.host_reason}",
                markup=False,
            )
        for incident in found.incidents:
            console.print(f"{incident.title}: {incident.cause}: {incident.detail}", markup=False)
        for row in found.uncertain:
            console.print(
                f"uncertain: {row.week or 'short mail'} {row.message_id}: {row.reply}", markup=False
            )
