"""What was collected, when, from whom, and how it ended. A failing source is a row one can read."""

from __future__ import annotations

from django.contrib.postgres.indexes import HashIndex
from django.db import models

from models_catalog.vocabulary import Outcome


def outcomes() -> list[tuple[str, str]]:
    return [(outcome.value, outcome.value) for outcome in Outcome]


class SourceState(models.Model):
    """What one source is up to: who holds it, when it is next due. The declaration itself is code."""

    slug = models.SlugField(primary_key=True, max_length=60)
    enabled = models.BooleanField(default=True)
    next_attempt_at = models.DateTimeField(null=True, blank=True, help_text="empty = due now")
    lease_token = models.UUIDField(null=True, blank=True, help_text="fences a run whose lease was taken over")
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_started = models.BooleanField(
        default=False, help_text="a task took the lease up: a duplicate stops"
    )
    failures = models.PositiveIntegerField(default=0, help_text="failed runs in a row")
    transport_failures = models.PositiveIntegerField(
        default=0, help_text="runs in a row ended by the network"
    )
    challenges = models.PositiveIntegerField(default=0, help_text="challenge pages in a row; three disable")
    held_until = models.DateTimeField(null=True, blank=True, help_text="the breaker: nothing is asked before")
    held_reason = models.TextField(blank=True)
    last_run_at = models.DateTimeField(null=True, blank=True)
    last_success_at = models.DateTimeField(
        null=True, blank=True, help_text="last live run accepted or confirmed"
    )
    last_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.slug


class SweepState(models.Model):
    """How far one sweep of one source has come. Its cursor moves in the transaction that stores the page before."""

    source = models.CharField(max_length=60)
    sweep = models.CharField(max_length=120)
    next_url = models.TextField(blank=True, help_text="the page asked next; empty = the sweep's beginning")
    due_at = models.DateTimeField(help_text="when it begins, goes on, or is tried again")
    begun_at = models.DateTimeField(null=True, blank=True, help_text="of the pass under way, or the last one")
    moved_at = models.DateTimeField(null=True, blank=True, help_text="when its last page was committed")
    pages = models.PositiveIntegerField(default=0, help_text="of this pass")
    rows = models.PositiveIntegerField(default=0, help_text="rows on them")
    failures = models.PositiveIntegerField(default=0, help_text="in a row")
    restarts = models.PositiveIntegerField(
        default=0,
        help_text="cursors refused, or whole lists that came back shrunken, since the last good pass",
    )
    finished_at = models.DateTimeField(null=True, blank=True, help_text="end of the last whole pass")
    finished_rows = models.PositiveIntegerField(default=0, help_text="rows of the last good pass")

    class Meta:
        ordering = ("source", "sweep")
        constraints = (models.UniqueConstraint(fields=("source", "sweep"), name="one_state_per_sweep"),)

    def __str__(self) -> str:
        return f"{self.source}: {self.sweep}"


class HostState(models.Model):
    """One host as all workers see it: when the next request may start, and until when it is left alone."""

    host = models.CharField(primary_key=True, max_length=253)
    next_slot = models.DateTimeField(null=True, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.host


class Run(models.Model):
    """One attempt to collect one source, or to replay one folder of it."""

    class Trigger(models.TextChoices):
        LIVE = "live"
        RECORDED = "recorded"
        SHIPPED = "shipped"
        REPLAY = "replay"

    source = models.CharField(max_length=60)
    trigger = models.CharField(max_length=10, choices=Trigger.choices)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=outcomes, blank=True)
    reason = models.TextField(blank=True)
    records = models.PositiveIntegerField(default=0, help_text="records the accepted pages covered")
    inserted = models.PositiveIntegerField(default=0, help_text="observations that were new or changed")

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("source", "-id"), name="run_by_source"),)

    def __str__(self) -> str:
        return f"{self.source} {self.trigger} {self.started_at:%Y-%m-%d %H:%M}"


class Fetch(models.Model):
    """One payload: where it came from, what its bytes hash to, and how it ended."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="fetches")
    source = models.CharField(max_length=60)
    board = models.CharField(max_length=60)
    url = models.TextField()
    final_url = models.TextField(blank=True)
    file = models.TextField(blank=True, help_text="the recorded file, relative to its folder")
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    etag = models.TextField(blank=True)
    last_modified = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    observed_at = models.DateTimeField(help_text="when the payload was captured")
    recorded_at = models.DateTimeField(help_text="our commit, never back-dated")
    outcome = models.CharField(max_length=12, choices=outcomes)
    reason = models.TextField(blank=True)
    records = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list, blank=True, help_text="rows that could not be read, named")
    parser_version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("-id",)
        verbose_name_plural = "fetches"
        indexes = (
            models.Index(fields=("source", "board", "-observed_at"), name="fetch_by_board"),
            models.Index(fields=("sha256",), name="fetch_by_hash"),
            HashIndex(fields=("url",), name="fetch_by_url"),  # cursors are longer than a B-tree takes
        )

    def __str__(self) -> str:
        return f"{self.source}/{self.board} {self.outcome}"


class Heartbeat(models.Model):
    """A worker that consumes leaves a fresh row here: liveness is this row's age, not a live process."""

    worker = models.CharField(max_length=120, primary_key=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker


class Generation(models.Model):
    """The data's generation: bumped inside every transaction that changes what readers see.

    `recorded_at` is the newest commit stamp. Stamps grow in commit order (the ingest lock), so a
    `known_at` at or before it always answers the same.
    """

    number = models.PositiveBigIntegerField(default=0)
    recorded_at = models.DateTimeField()
    projected_at = models.DateTimeField(null=True, help_text="the commit up to which identity was made again")
    computed_at = models.DateTimeField(null=True, help_text="the commit up to which the gap was computed")
    detailed_at = models.DateTimeField(null=True, help_text="the same, for what stands beside the headlines")

    def __str__(self) -> str:
        return f"generation {self.number}"
