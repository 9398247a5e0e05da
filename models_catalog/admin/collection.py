"""How collecting goes: sources, runs, hosts, incidents; a source that was disabled is let go on here."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from models_catalog import models
from models_catalog.admin.looking import Looking
from models_catalog.ingest import schedule


@admin.register(models.SourceState)
class SourceStateAdmin(Looking):
    list_display = ("slug", "enabled", "last_success_at", "next_attempt_at", "failures", "held_until")
    actions = ("enable_sources",)

    def has_enable_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("models_catalog.change_sourcestate"))

    @admin.action(description="Enable: ask these sources again, now", permissions=["enable"])
    def enable_sources(self, request: HttpRequest, queryset: QuerySet[models.SourceState]) -> None:
        for state in queryset:
            schedule.enable(state.slug)
            self.message_user(request, f"{state.slug} is due now")


@admin.register(models.Run)
class RunAdmin(Looking):
    list_display = ("id", "source", "trigger", "started_at", "finished_at", "outcome", "records", "inserted")
    list_filter = ("outcome", "trigger", "source")


@admin.register(models.Incident)
class IncidentAdmin(Looking):
    list_display = ("id", "source", "board", "cause", "opened_at", "times", "next_try_at", "closed_at")
    list_filter = (("closed_at", admin.EmptyFieldListFilter), "source", "cause")


@admin.register(models.Decision)
class DecisionAdmin(Looking):
    list_display = ("fetch", "verdict", "reason", "decided_by", "decided_at")


@admin.register(models.SweepState)
class SweepStateAdmin(Looking):
    list_display = (
        "sweep", "source", "due_at", "pages", "rows", "failures", "restarts", "finished_at", "finished_rows",
    )  # fmt: skip
    list_filter = ("source",)


@admin.register(models.HostState)
class HostStateAdmin(Looking):
    list_display = ("host", "held_until", "reason", "next_slot")
