"""Who a name is: those that wait are given their model here, as by `manage.py aliases accept`."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from models_catalog import models
from models_catalog.admin.looking import Looking, ReasonForm
from models_catalog.findings.exclusions import exclusions
from models_catalog.ingest.naming import AliasRefused, accept_alias
from models_catalog.ingest.projections import refresh_projections


class NameForm(ReasonForm):
    target = forms.CharField(
        max_length=220,
        required=False,
        help_text="slug of a model, with @2024-11 for a checkpoint; empty: it means nothing we track",
    )


@admin.register(models.Resolution)
class ResolutionAdmin(Looking):
    """Who every name is; those that wait stand under `rung: unresolved`, with look-alikes that are no answer."""

    list_display = ("subject", "rung", "model", "variant", "excluded", "guesses")
    list_filter = ("rung", "subject__source")
    list_select_related = ("subject", "model")
    search_fields = ("subject__external_id", "subject__name")
    actions = ("name_them",)

    def has_name_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("models_catalog.add_alias"))

    @admin.display(description="means no model because")
    def excluded(self, resolution: models.Resolution) -> str:
        return exclusions().of(resolution) or "-"

    @admin.display(description="looks like")
    def guesses(self, resolution: models.Resolution) -> str:
        return ", ".join(f"{item['slug']} ({item['reason']})" for item in resolution.suggestions) or "-"

    @admin.action(description="Say which model these names mean", permissions=["name"])
    def name_them(self, request: HttpRequest, queryset: QuerySet[models.Resolution]) -> HttpResponse | None:
        """Ask for target and reason first; with both, append one alias row a name and say how each went."""
        form = NameForm(request.POST if "reason" in request.POST else None)
        chosen = list(queryset.select_related("subject").order_by("pk"))
        if not form.is_valid():
            return self.ask(request, chosen, form)
        said = {"target": form.cleaned_data["target"], "reason": form.cleaned_data["reason"]}
        for subject in [resolution.subject for resolution in chosen]:
            try:
                by = request.user.get_username()
                row = accept_alias(subject.called, by=by, source=subject.source, **said)
                self.message_user(request, str(row))
            except AliasRefused as refusal:
                self.message_user(request, f"{subject.called}: {refusal}", messages.ERROR)
        refresh_projections()
        return None

    def ask(self, request: HttpRequest, chosen: list[models.Resolution], form: forms.Form) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "Which model do these names mean?",
            "opts": self.opts,
            "names": [(resolution, self.guesses(resolution)) for resolution in chosen],
            "form": form,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/name.html", context)


@admin.register(models.Alias)
class AliasAdmin(Looking):
    list_display = ("name", "source", "target", "reason", "reviewed_on", "reviewed_by", "withdrawn")
    search_fields = ("name", "target")


@admin.register(models.SubjectVersion)
class SubjectVersionAdmin(Looking):
    list_display = ("name", "model", "snapshot", "rung", "recorded_at", "until")
    list_filter = ("rung",)
    raw_id_fields = ("subject",)
    search_fields = ("name", "model")
