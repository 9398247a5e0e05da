"""The weekly digest: frozen editions, the outbox, and what mail hosts report back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from models_catalog.models.subscribers import Subscriber
from models_catalog.vocabulary import DeliveryState, MailKind


class Edition(models.Model):
    """The common part of one ISO week's digest, frozen: content, both mail parts, pictures, and their hash."""

    week = models.CharField(max_length=8, unique=True, help_text="ISO year-week, 2026-W34")
    as_of = models.DateField(help_text="the last day of the week")
    known_at = models.DateTimeField(help_text="the commit up to which stored facts were read")
    composed_at = models.DateTimeField()
    subject = models.CharField(max_length=200)
    preheader = models.CharField(max_length=200)
    quiet = models.BooleanField()
    content = models.JSONField(help_text="what page, JSON and both mail parts are made from")
    html = models.TextField(help_text="the mail, with marks where personal parts go")
    text = models.TextField()
    pictures = models.JSONField(default=list, help_text="[{name, cid, alt, png: base64}]")
    sha256 = models.CharField(max_length=64, help_text="of subject, content, both parts and pictures")
    held_at = models.DateTimeField(null=True, blank=True, help_text="sending stopped by the stop rule")
    held_reason = models.TextField(blank=True)
    reviewed_bounces = models.PositiveIntegerField(default=0, help_text="known when a person let it go on")
    reviewed_complaints = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-week",)

    def __str__(self) -> str:
        return self.week


class Delivery(models.Model):
    """One mail to one subscriber: a row of the outbox, written before anything is sent.

    `sending` is committed before the SMTP dialogue and `data_at` before the message's first byte: after a
    crash a row without `data_at` can be tried again, and one with it may have arrived and is `uncertain`.
    """

    kind = models.CharField(max_length=12, choices=[(item.value, item.value) for item in MailKind])
    edition = models.ForeignKey(Edition, null=True, on_delete=models.PROTECT, related_name="deliveries")
    subscriber = models.ForeignKey(
        Subscriber, null=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(
        max_length=10,
        choices=[(item.value, item.value) for item in DeliveryState],
        default=DeliveryState.PENDING,
    )
    created_at = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True, blank=True, help_text="which worker's batch holds it")
    claimed_until = models.DateTimeField(null=True, blank=True)
    data_at = models.DateTimeField(null=True, blank=True, help_text="the message's bytes began to be sent")
    ended_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(blank=True, help_text="what the mail host said last, or why nothing was sent")

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = (
            models.UniqueConstraint(fields=("edition", "subscriber"), name="one_delivery_per_edition"),
        )
        indexes = (
            models.Index(
                fields=("not_before", "id"),
                name="deliveries_waiting",
                condition=Q(state=DeliveryState.PENDING),
            ),
            models.Index(fields=("edition", "state"), name="deliveries_by_edition"),
            models.Index(
                fields=("claimed_until",), name="deliveries_held", condition=Q(state=DeliveryState.SENDING)
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.message_id}"


class Feedback(models.Model):
    """One report of a mail provider (bounce, complaint …), taken once: a repeated report finds its row."""

    provider = models.CharField(max_length=40)
    event_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=24)
    delivery = models.ForeignKey(
        Delivery, null=True, blank=True, on_delete=models.SET_NULL, related_name="feedback"
    )
    edition = models.ForeignKey(
        Edition, null=True, blank=True, on_delete=models.PROTECT, related_name="feedback"
    )
    hard = models.BooleanField(default=False, help_text="a permanent bounce or a complaint")
    said = models.TextField(blank=True)
    happened_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "feedback"
        constraints = (models.UniqueConstraint(fields=("provider", "event_id"), name="one_row_per_report"),)
        indexes = (models.Index(fields=("edition", "kind"), name="feedback_by_edition"),)

    def __str__(self) -> str:
        return f"{self.provider} {self.kind}"
