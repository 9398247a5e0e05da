"""The pages' addresses. A figure's downloads live at its page's path with a suffix."""

from __future__ import annotations

from django.urls import path, register_converter

from models_catalog.web.downloads import KINDS
from models_catalog.web.views import (
    catalogue,
    compare,
    corrections,
    evidence,
    gap,
    home,
    landscape,
    lifecycle,
    method,
    model,
    organizations,
    releases,
    robots,
    run,
    search,
    status,
)


class DownloadKind:
    """csv, json, svg or png."""

    regex = "|".join(KINDS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(DownloadKind, "kind")

urlpatterns = [
    path("", home.home, name="home"),
    path("gap/", gap.gap, name="gap"),
    path("gap.<kind:kind>", gap.frontier_download, name="gap-download"),
    path("gap/methods.<kind:kind>", gap.methods_download, name="methods-download"),
    path("landscape/", landscape.landscape_page, name="landscape"),
    path("landscape.<kind:kind>", landscape.landscape_download, name="landscape-download"),
    path("models/", catalogue.models, name="models"),
    path("models/<slug:slug>/", model.model, name="model"),
    path("compare/", compare.compare, name="compare"),
    path("organisations/", organizations.organizations, name="organizations"),
    path("organisations/<slug:slug>/", organizations.organization, name="organization"),
    path("releases/", releases.releases_page, name="releases"),
    path("lifecycle/", lifecycle.lifecycle_page, name="lifecycle"),
    path("run/", run.run, name="run"),
    path("search/", search.search, name="search"),
    path("evidence/<int:observation>/", evidence.evidence_page, name="evidence"),
    path("status/", status.status, name="status"),
    path("method/", method.method, name="method"),
    path("corrections/", corrections.corrections_page, name="corrections"),
    path("robots.txt", robots.robots, name="robots"),
]
