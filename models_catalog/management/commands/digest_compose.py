"""`manage.py digest_compose`: the edition of a week, composed and frozen; or, with --draft, only shown."""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from models_catalog.digests.composing import NothingToTell, compose, drafted
from models_catalog.digests.weeks import Week, read_week, week_to_compose
from models_catalog.management.console import write_json
from models_catalog.models import Edition


def week(text: str) -> Week:
    """A week as an argument."""
    try:
        return read_week(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error


def described(edition: Edition) -> dict[str, Any]:
    """As /digest/<week>.json says it."""
    about = {"subject": edition.subject, "preheader": edition.preheader, "sha256": edition.sha256}
    times = {"composed_at": edition.composed_at, "known_at": edition.known_at}
    return {**about, **times, **edition.content}


class Command(BaseCommand):
    help = "Compose the digest of an ISO week; an edition that is there already is given back as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--week", type=week, help="2026-W34; default: the newest that is over")
        parser.add_argument("--draft", action="store_true", help="show it, store nothing")
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="the content instead of the text part")
        form.add_argument("--html", action="store_true", help="the HTML part instead of the text part")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = options["week"] or week_to_compose(timezone.now())
        if wanted.begins > timezone.now():
            raise CommandError(f"{wanted} has not begun")
        try:
            edition = drafted(wanted) if options["draft"] else compose(wanted)
        except NothingToTell as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            return write_json(described(edition))
        self.stdout.write(edition.html if options["html"] else edition.text)
        return None
