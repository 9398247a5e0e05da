"""What was observed, and what was made of it: nothing here is changed by hand."""

from __future__ import annotations

from django.contrib import admin

from models_catalog import models
from models_catalog.admin.looking import Looking


@admin.register(models.Change)
class ChangeAdmin(Looking):
    list_display = ("id", "kind", "subject", "happened_on", "observed_at")
    list_filter = ("kind", "subject__source")
    list_select_related = ("subject",)


@admin.register(models.Subject)
class SubjectAdmin(Looking):
    list_display = ("id", "source", "external_id", "name")
    list_filter = ("source",)
    search_fields = ("external_id", "name")


@admin.register(models.Observation)
class ObservationAdmin(Looking):
    list_display = ("id", "subject", "kind", "key", "present", "observed_at", "recorded_at")
    list_filter = ("kind", "present", "subject__source")
    list_select_related = ("subject",)
    ordering = ("-id",)


@admin.register(models.AIModel)
class AIModelAdmin(Looking):
    list_display = ("slug", "name", "organization", "released", "access", "tier", "level")
    list_filter = ("access", "tier")
    list_select_related = ("organization",)
    search_fields = ("slug", "name", "search")


@admin.register(models.Correction)
class CorrectionAdmin(Looking):
    list_display = ("source", "subject", "field", "wrong", "right", "reason", "reviewed_on", "recorded_at")
    list_filter = ("source", "field")
    search_fields = ("subject",)


@admin.register(models.Disagreement)
class DisagreementAdmin(Looking):
    list_display = ("matter", "about", "counted", "counted_source", "stated", "stated_source", "days")
    list_filter = ("matter", "stated_source")
    search_fields = ("about",)


@admin.register(models.Issue)
class IssueAdmin(Looking):
    list_display = ("id", "as_of", "known_at", "standing", "issued_at")


@admin.register(models.Result)
class ResultAdmin(Looking):
    list_display = ("id", "issue", "method", "domain", "value", "low", "high", "reason")
    list_filter = ("method",)
    list_select_related = ("issue",)


@admin.register(models.Study)
class StudyAdmin(Looking):
    list_display = ("id", "subject", "inputs", "method_version", "as_of", "vintage", "computed_at")
    list_filter = ("subject", "inputs")


@admin.register(models.ModelVersion)
class ModelVersionAdmin(Looking):
    list_display = ("slug", "released", "recorded_at", "until")
    search_fields = ("slug",)


admin.site.register(models.Ask, Looking)
admin.site.register(
    (models.Organization, models.Family, models.Snapshot, models.Heartbeat, models.Visibility), Looking
)
