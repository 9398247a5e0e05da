"""`manage.py gate`: the pages in quarantine; take one after all, or reject it, with a reason."""

from __future__ import annotations

import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from models_catalog.fetch.errors import ArchiveError
from models_catalog.ingest.live import archive
from models_catalog.ingest.projections import refresh_projections
from models_catalog.ingest.review import NotWaiting, accept, reject, waiting
from models_catalog.management.console import write_json
from models_catalog.models import Fetch


class Command(BaseCommand):
    help = "List the pages in quarantine, or decide on one with a reason."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", nargs="?", default="list", choices=("list", "show", "accept", "reject"))
        parser.add_argument("page", nargs="?", type=int, help="its number in the list")
        parser.add_argument("--reason", default="", help="why; needed to accept or reject")
        parser.add_argument("--by", default=getpass.getuser(), help="who decides")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "list":
            return self.list_pages(options["json"])
        fetch = Fetch.objects.filter(pk=options["page"]).first()
        if fetch is None:
            raise CommandError("name a page by its number: `manage.py gate` lists them")
        if options["action"] == "show":
            return write_json(described(fetch) | {"problems": fetch.problems, "sha256": fetch.sha256})
        return self.decide(fetch, options)

    def list_pages(self, as_json: bool) -> None:
        pages = [described(fetch) for fetch in waiting()]
        if as_json:
            return write_json(pages)
        for page in pages:
            self.stdout.write("{page}\t{source}/{board}\t{observed_at}\t{reason}".format(**page))
        return None

    def decide(self, fetch: Fetch, options: dict[str, Any]) -> None:
        try:
            if options["action"] == "reject":
                reject(fetch, options["reason"], options["by"])
                self.stdout.write(f"page {fetch.pk} rejected")
                return
            stored = accept(fetch, options["reason"], options["by"], archive())
        except (NotWaiting, ArchiveError) as error:
            raise CommandError(str(error)) from error
        refresh_projections()
        self.stdout.write(f"page {fetch.pk} accepted: {stored.changed} values, {stored.withdrawn} withdrawn")


def described(fetch: Fetch) -> dict[str, Any]:
    return {
        "page": fetch.pk,
        "source": fetch.source,
        "board": fetch.board,
        "observed_at": fetch.observed_at.isoformat(),
        "records": fetch.records,
        "reason": fetch.reason,
        "url": fetch.url,
        "file": fetch.file,
    }
