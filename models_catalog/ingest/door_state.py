"""What the network door must agree on with every other worker, kept in Postgres rows under row locks."""

from __future__ import annotations

from django.db import transaction

from models_catalog.fetch.state import HostChange, HostStanding, SourceChange, SourceStanding, Validator
from models_catalog.models import Fetch, HostState, SourceState
from models_catalog.vocabulary import Outcome


class StoredState:
    """The door's state shared by all workers. Only answers the gate accepted have a validator."""

    @transaction.atomic
    def change_host(self, host: str, change: HostChange) -> HostStanding:
        HostState.objects.get_or_create(host=host)
        row = HostState.objects.select_for_update().get(host=host)
        after = change(HostStanding(host, row.next_slot, row.held_until, row.reason))
        row.next_slot, row.held_until, row.reason = after.next_slot, after.held_until, after.reason
        row.save()
        return after

    @transaction.atomic
    def change_source(self, slug: str, change: SourceChange) -> SourceStanding:
        SourceState.objects.get_or_create(slug=slug)
        row = SourceState.objects.select_for_update().get(slug=slug)
        before = SourceStanding(
            slug, row.transport_failures, row.challenges, row.held_until, not row.enabled, row.held_reason
        )
        after = change(before)
        if after != before:
            row.transport_failures, row.challenges = after.failures, after.challenges
            row.held_until, row.held_reason, row.enabled = after.held_until, after.reason, not after.disabled
            row.save()
        return after

    def validator(self, url: str) -> Validator | None:
        """What the newest accepted answer that said anything about itself said: a 304 may say nothing."""
        delivered = Fetch.objects.filter(url=url, outcome__in=(Outcome.ACCEPTED, Outcome.UNCHANGED))
        telling = delivered.exclude(final_url="").exclude(etag="", last_modified="")
        row = telling.order_by("-id").first()
        if row is None:
            return None
        whole = delivered.filter(status=200).order_by("-id").values_list("observed_at", flat=True).first()
        full_at = whole or row.observed_at
        return Validator(url, row.final_url, row.sha256, full_at, row.etag, row.last_modified)
