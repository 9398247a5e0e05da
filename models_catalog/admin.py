"""The admin: every table to look at, nothing to edit, and the two decisions a reviewer takes.

What was observed is never changed by hand. A page in quarantine is accepted or rejected here with a reason, by
the same rules as `manage.py gate`; a name that waits is given its model, as by `manage.py aliases accept`; a source
that was disabled can be enabled again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from models_catalog import models
from models_catalog.charts.outside import visible
from models_catalog.digests.progress import in_words, progress_of
from models_catalog.digests.stopping import release
from models_catalog.findings.exclusions import exclusions
from models_catalog.ingest import review, schedule
from models_catalog.ingest.live import archive
from models_catalog.ingest.naming import AliasRefused, accept_alias
from models_catalog.ingest.projections import refresh_projections
from models_catalog.sources.contract import SourceError

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = admin.ModelAdmin

REASON_SHOWN = 120


class Looking(Base):
    """A table to read. Counting all rows of a large one would take longer than reading a page of it."""

    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ReasonForm(forms.Form):
    reason = forms.CharField(
        max_length=400, widget=forms.Textarea(attrs={"rows": 3}), help_text="kept with the decision"
    )


class NameForm(ReasonForm):
    target = forms.CharField(
        max_length=220,
        required=False,
        help_text="slug of a model, with @2024-11 for a checkpoint; empty: it means nothing we track",
    )


def accept(fetch: models.Fetch, reason: str, by: str) -> str:
    stored = review.accept(fetch, reason, by, archive())
    return f"page {fetch.pk} accepted: {stored.changed} values, {stored.withdrawn} withdrawn"


def reject(fetch: models.Fetch, reason: str, by: str) -> str:
    review.reject(fetch, reason, by)
    return f"page {fetch.pk} rejected"


@admin.register(models.Fetch)
class FetchAdmin(Looking):
    """Pages as they came; those in quarantine wait under `outcome: quarantined`."""

    list_display = ("id", "source", "board", "outcome", "observed_at", "records", "why")
    list_filter = ("outcome", "source")
    search_fields = ("sha256", "url", "file")
    exclude = ("problems",)
    readonly_fields = ("problem_rows",)
    actions = ("accept_pages", "reject_pages")

    def has_review_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("models_catalog.add_decision"))

    @admin.display(description="reason")
    def why(self, fetch: models.Fetch) -> str:
        return visible(fetch.reason, REASON_SHOWN)

    @admin.display(description="rows with a problem")
    def problem_rows(self, fetch: models.Fetch) -> SafeString | str:
        """Row, what is wrong with it, and the verbatim cell."""
        rows = [
            (visible(problem["row"]), visible(problem["reason"], 300), visible(problem["quote"]))
            for problem in fetch.problems
        ]
        return format_html_join("", "<p><b>{}</b>: {}<br><code>{}</code></p>", rows) or "none"

    @admin.action(description="Accept: store these pages after all", permissions=["review"])
    def accept_pages(self, request: HttpRequest, queryset: QuerySet[models.Fetch]) -> HttpResponse | None:
        return self.decided(request, queryset, "accept", accept)

    @admin.action(description="Reject: leave these pages out", permissions=["review"])
    def reject_pages(self, request: HttpRequest, queryset: QuerySet[models.Fetch]) -> HttpResponse | None:
        return self.decided(request, queryset, "reject", reject)

    def decided(
        self,
        request: HttpRequest,
        pages: QuerySet[models.Fetch],
        word: str,
        decide: Callable[[models.Fetch, str, str], str],
    ) -> HttpResponse | None:
        """Ask for the reason first; with one, decide page by page and say how each went."""
        form = ReasonForm(request.POST if "reason" in request.POST else None)
        if not form.is_valid():
            return self.ask(request, pages, word, form)
        for fetch in pages.order_by("id"):
            try:
                said = decide(fetch, form.cleaned_data["reason"], request.user.get_username())
                self.message_user(request, said)
            except (review.NotWaiting, SourceError) as error:
                self.message_user(request, f"page {fetch.pk}: {error}", messages.ERROR)
        if decide is accept:
            refresh_projections()
        return None

    def ask(
        self, request: HttpRequest, pages: QuerySet[models.Fetch], word: str, form: ReasonForm
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": f"Why {word}?",
            "opts": self.opts,
            "pages": [(fetch, self.why(fetch), self.problem_rows(fetch)) for fetch in pages.order_by("id")],
            "form": form,
            "word": word,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/decide.html", context)


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


@admin.register(models.SweepState)
class SweepStateAdmin(Looking):
    list_display = (
        "sweep", "source", "due_at", "pages", "rows", "failures", "restarts", "finished_at", "finished_rows",
    )  # fmt: skip
    list_filter = ("source",)


@admin.register(models.HostState)
class HostStateAdmin(Looking):
    list_display = ("host", "held_until", "reason", "next_slot")


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


@admin.register(models.SubjectVersion)
class SubjectVersionAdmin(Looking):
    list_display = ("name", "model", "snapshot", "rung", "recorded_at", "until")
    list_filter = ("rung",)
    raw_id_fields = ("subject",)
    search_fields = ("name", "model")


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


admin.site.register(models.Ask, Looking)
admin.site.register(
    (models.Organization, models.Family, models.Snapshot, models.Heartbeat, models.Visibility), Looking
)
