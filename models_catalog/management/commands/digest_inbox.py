"""`manage.py digest_inbox`: read the mail that came to us now: unsubscribing, bounces, complaints."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from models_catalog.digests.inbox import read_inbox
from models_catalog.digests.mailboxes import MailboxTrouble
from models_catalog.management.console import write_json


class Command(BaseCommand):
    help = "Read the mailbox of OPENGAP_INBOX: who unsubscribes, which mails bounced, who complains."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.OPENGAP_INBOX:
            raise CommandError("OPENGAP_INBOX names no mailbox; nothing comes in, and no mail invites any.")
        try:
            found = read_inbox()
        except MailboxTrouble as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            return write_json(dict(found))
        said = ", ".join(f"{number} {kind}" for kind, number in sorted(found.items()))
        self.stdout.write(said or "no new mail")
        return None
