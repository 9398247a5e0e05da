"""`manage.py demo`: everything on this machine, in one command. `make demo` calls it."""

from __future__ import annotations

import logging
import os
import signal
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from models_catalog.embedded.tether import end_with_parent
from models_catalog.management.demonstration.play import play
from models_catalog.management.demonstration.wishes import Wishes


class Command(BaseCommand):
    requires_system_checks = ()  # they import every page, which the web server does at the same time
    help = "Start the embedded services, load the facts, compute the gap and serve it on this machine."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=os.environ.get("PORT", "8000"), help="default: 8000")
        parser.add_argument("--no-serve", action="store_true", help="stop after the summary")
        parser.add_argument(
            "--from",
            dest="folder",
            type=Path,
            metavar="DIR",
            help="replay recorded payloads instead of the network and of the shipped facts",
        )
        parser.add_argument(
            "--end-with",
            type=int,
            metavar="PID",
            help="end when the parent process PID ends, even by kill -9 (make demo says so)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["end_with"] is not None:
            follow(options["end_with"])
        logging.getLogger().setLevel(logging.WARNING)  # the steps say what happens
        wishes = Wishes(port=options["port"], serve=not options["no_serve"], folder=options["folder"])
        sys.exit(play(wishes))


def follow(parent: int) -> None:
    """End like on SIGTERM when the parent does; at once when it has ended already."""
    end_with_parent(signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit(1)
