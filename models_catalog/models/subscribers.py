"""Who asked for the digest: the address, what was agreed to and when, and who must never be written to."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from models_catalog.vocabulary import Agreement, DigestTopic, Often, Standing, Suppressed


def all_topics() -> list[str]:
    return [topic.value for topic in DigestTopic]


class Subscriber(models.Model):
    """One address and its wishes. The row is deleted when the person asks to be forgotten."""

    key = models.UUIDField(
        unique=True, default=uuid4, help_text="names the subscriber in links, never in clear"
    )
    address = models.CharField(max_length=254, help_text="as mail is sent to it: the domain in ASCII")
    address_hash = models.CharField(max_length=64, unique=True, help_text="keyed: one subscriber per address")
    standing = models.CharField(
        max_length=12, choices=[(item.value, item.value) for item in Standing], default=Standing.PENDING
    )
    round = models.PositiveIntegerField(
        default=1, help_text="grows when links to confirm must not work any more"
    )
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    topics = models.JSONField(default=all_topics)
    organizations = models.JSONField(default=list, blank=True, help_text="slugs of watched organisations")
    watched = models.JSONField(default=list, blank=True, help_text="slugs of watched models")
    often = models.CharField(
        max_length=8, choices=[(item.value, item.value) for item in Often], default=Often.WEEKLY
    )
    time_zone = models.CharField(max_length=64, default="UTC")
    weekday = models.PositiveSmallIntegerField(default=1, help_text="1 Monday … 7 Sunday")
    paused_until = models.DateField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("standing", "id"), name="subscribers_by_standing"),)

    def __str__(self) -> str:
        return f"subscriber {self.pk}"


class Consent(models.Model):
    """One step of consent: which wording (by version) was shown, what the person did, and when."""

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="consents")
    step = models.CharField(max_length=12, choices=[(item.value, item.value) for item in Agreement])
    wording_version = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.step} {self.at:%Y-%m-%d}"


class Suppression(models.Model):
    """An address that is not written to, known by its keyed hash alone. It beats every queue."""

    address_hash = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=16, choices=[(item.value, item.value) for item in Suppressed])
    at = models.DateTimeField()
    until = models.DateTimeField(help_text="the hash is deleted after this moment")

    def __str__(self) -> str:
        return f"{self.reason} until {self.until:%Y-%m-%d}"


class Ask(models.Model):
    """One mail asked for through a form: what the limits against mail bombing count. Kept for a day."""

    at = models.DateTimeField()
    network_hash = models.CharField(max_length=64, help_text="keyed, of the IPv4 address or the IPv6 /64")
    address_hash = models.CharField(max_length=64)

    class Meta:
        indexes = (
            models.Index(fields=("at",), name="asks_by_time"),
            models.Index(fields=("address_hash", "at"), name="asks_by_address"),
        )

    def __str__(self) -> str:
        return f"asked {self.at:%Y-%m-%d %H:%M}"
