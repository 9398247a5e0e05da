"""Pages as they came: those in quarantine are accepted or rejected here, with a reason."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from models_catalog import models
from models_catalog.admin.looking import Looking, ReasonForm
from models_catalog.charts.outside import visible
from models_catalog.ingest import review
from models_catalog.ingest.live import archive
from models_catalog.ingest.projections import refresh_projections
from models_catalog.sources.contract import SourceError

REASON_SHOWN = 120


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
