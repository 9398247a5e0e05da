"""`manage.py digest_send`: send what is waiting now, without waiting for the worker."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from models_catalog.digests.sending import open_sender
from models_catalog.digests.tick import look
from models_catalog.management.console import write_json


class Command(BaseCommand):
    help = "Plan what is due, take up what a dead sender left, and send."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seconds", type=float, default=3600.0, help="stop after; default: an hour")
        parser.add_argument("--keep", action="store_true", help="go on looking until the time is over")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        deadline, tally = time.monotonic() + options["seconds"], Counter[str]()
        while True:
            look()
            tally += open_sender().work(deadline - time.monotonic())
            if not options["keep"] or time.monotonic() > deadline:
                break
            time.sleep(1)
        if options["json"]:
            return write_json(dict(tally))
        said = ", ".join(f"{number} {how}" for how, number in sorted(tally.items()))
        self.stdout.write(said or "nothing was waiting")
        return None
