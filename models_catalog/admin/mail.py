"""Editions, readers and mails: an edition that was stopped is let go on here, a suppression lifted."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from models_catalog import models
from models_catalog.admin.looking import Looking
from models_catalog.digests.progress import in_words, progress_of
from models_catalog.digests.stopping import release


@admin.register(models.Edition)
class EditionAdmin(Looking):
    """Editions and how far each is; one that was stopped can be let go on."""

    list_display = ("week", "subject", "quiet", "composed_at", "progress", "held_reason")
    exclude = ("html", "text", "pictures")
    actions = ("release_editions",)

    def has_release_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("models_catalog.change_edition"))

    @admin.display(description="progress")
    def progress(self, edition: models.Edition) -> str:
        return in_words(progress_of(edition))

    @admin.action(description="Go on sending: the reports were looked at", permissions=["release"])
    def release_editions(self, request: HttpRequest, queryset: QuerySet[models.Edition]) -> None:
        for edition in queryset:
            release(edition)
            self.message_user(request, f"{edition.week} goes on")


@admin.register(models.Delivery)
class DeliveryAdmin(Looking):
    list_display = ("id", "kind", "edition", "state", "not_before", "attempts", "ended_at", "reply")
    list_filter = ("state", "kind", "edition")
    list_select_related = ("edition",)
    search_fields = ("message_id",)
    ordering = ("-id",)


@admin.register(models.Subscriber)
class SubscriberAdmin(Looking):
    """Readers by number: addresses are shown on a reader's own row only."""

    list_display = (
        "id",
        "standing",
        "asked_at",
        "confirmed_at",
        "often",
        "time_zone",
        "weekday",
        "paused_until",
    )
    list_filter = ("standing", "often")
    search_fields = ("address__iexact",)


@admin.register(models.Suppression)
class SuppressionAdmin(Looking):
    list_display = ("id", "reason", "at", "until")
    list_filter = ("reason",)
    actions = ("lift",)

    def has_lift_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("models_catalog.delete_suppression"))

    @admin.action(description="Lift: the person asked to be written to again", permissions=["lift"])
    def lift(self, request: HttpRequest, queryset: QuerySet[models.Suppression]) -> None:
        number, _ = queryset.delete()
        self.message_user(request, f"{number} lifted")


@admin.register(models.Feedback)
class FeedbackAdmin(Looking):
    list_display = ("id", "provider", "kind", "hard", "edition", "happened_at", "received_at", "said")
    list_filter = ("provider", "kind")
    list_select_related = ("edition",)


@admin.register(models.Consent)
class ConsentAdmin(Looking):
    list_display = ("id", "subscriber", "step", "wording_version", "at")
    list_filter = ("step", "wording_version")
