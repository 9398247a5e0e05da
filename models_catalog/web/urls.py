"""The pages' addresses. A figure's downloads live at its page's path with a suffix."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.urls import path, register_converter
from django.views.generic import RedirectView

from models_catalog.charts.bundle import NAME
from models_catalog.web.downloads import EMBED, KINDS, LIVE
from models_catalog.web.kept import kept
from models_catalog.web.views import (
    adoption,
    bundle,
    catalogue,
    changes,
    claims,
    compare,
    corrections,
    data,
    digest,
    evidence,
    feeds,
    gap,
    home,
    landscape,
    licences,
    lifecycle,
    machines,
    mailbox,
    method,
    model,
    organizations,
    prices,
    reader,
    releases,
    run,
    search,
    status,
    subscribing,
)


class DownloadKind:
    """csv, json, svg or png; vega for the page's own script, embed for other sites."""

    regex = "|".join((*KINDS, LIVE, EMBED))

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class WeekName:
    """2026-W34; whether the year has that week is the view's affair."""

    regex = r"\d{4}-W\d{2}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(DownloadKind, "kind")


class Day:
    """2026-08-11; a day that does not exist is no address."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: str | date) -> str:
        return str(value)


register_converter(WeekName, "week")
register_converter(Day, "day")

urlpatterns = [
    path("", kept(home.home), name="home"),
    path("gap/", kept(gap.gap), name="gap"),
    path("gap.<kind:kind>", gap.frontier_download, name="gap-download"),
    path("gap/methods.<kind:kind>", gap.methods_download, name="methods-download"),
    path("gap/series.<kind:kind>", gap.series_download, name="series-download"),
    path("gap/<slug:slug>.<kind:kind>", gap.strip_download, name="strip-download"),
    path("landscape/", kept(landscape.landscape_page), name="landscape"),
    path("landscape.<kind:kind>", landscape.landscape_download, name="landscape-download"),
    path("prices/", kept(prices.prices_page), name="prices"),
    path("prices.<kind:kind>", prices.prices_download, name="prices-download"),
    path("prices/pareto.<kind:kind>", prices.pareto_download, name="pareto-download"),
    path("adoption/", kept(adoption.adoption_page), name="adoption"),
    path("adoption.<kind:kind>", adoption.adoption_download, name="adoption-download"),
    path("adoption/downloads.<kind:kind>", adoption.families_download, name="family-download"),
    path("licences/", kept(licences.licences), name="licences"),
    path("licences.<kind:kind>", licences.licences_download, name="licences-download"),
    path("models/", kept(catalogue.models), name="models"),
    path("models/<slug:slug>/", kept(model.model), name="model"),
    path("claims/", kept(claims.claims_page), name="claims"),
    path("claims/feed.atom", feeds.claims_feed, name="claims-feed"),
    path("compare/", kept(compare.compare), name="compare"),
    path("organisations/", kept(organizations.organizations), name="organizations"),
    path("organisations/<slug:slug>/", kept(organizations.organization), name="organization"),
    path("releases/", kept(releases.releases_page), name="releases"),
    path("lifecycle/", kept(lifecycle.lifecycle_page), name="lifecycle"),
    path("run/", kept(run.run), name="run"),
    path("search/", search.search, name="search"),
    path("evidence/<int:observation>/", kept(evidence.evidence_page), name="evidence"),
    path(
        "evidence/downloads/<int:subject>/<str:window>/<day:day>/",
        kept(evidence.download_evidence_page),
        name="evidence-downloads",
    ),
    path("changes/<week:week>/", kept(changes.changes_page), name="changes"),
    path("status/", status.status, name="status"),
    path("method/", kept(method.method), name="method"),
    path("corrections/", corrections.corrections_page, name="corrections"),
    path("digest/", digest.digest, name="digest"),
    path("digest/subscribe", subscribing.ask_for_digest, name="digest-ask"),
    path("digest/asked/", subscribing.asked, name="digest-asked"),
    path("digest/confirm/<str:token>/", subscribing.confirm_digest, name="digest-confirm"),
    path("digest/settings/<str:token>/", reader.settings_page, name="digest-settings"),
    path("digest/settings/<str:token>/data.json", reader.own_data, name="digest-data"),
    path("digest/unsubscribe/<str:token>/", reader.unsubscribe, name="digest-unsubscribe"),
    path("digest/<week:week>/", digest.edition_page, name="edition"),
    path("digest/<week:week>.json", digest.edition_json, name="edition-json"),
    path("digest/<week:week>.txt", digest.edition_text, name="edition-text"),
    path("digest/<week:week>/<slug:name>.png", digest.edition_picture, name="edition-picture"),
    path("digest/feed.atom", feeds.editions_feed, name="digest-feed"),
    path("releases/feed.atom", feeds.releases_feed, name="releases-feed"),
    path("lifecycle/feed.atom", feeds.lifecycle_feed, name="lifecycle-feed"),
    path("lifecycle/ends.ics", feeds.lifecycle_calendar, name="lifecycle-calendar"),
    path("organisations/<slug:slug>/feed.atom", feeds.organization_feed, name="organization-feed"),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
    path("mailbox/<str:name>/", mailbox.mailbox, name="mail"),
    path("mailbox/<str:name>/html", mailbox.letter_html, name="mail-html"),
    path(f"charts/{NAME}", bundle.chart_script, name="chart-script"),
    path("data/", data.data, name="data"),
    path("data/exports/<str:name>/<str:file>", data.exported, name="exported"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("opensearch.xml", machines.open_search, name="open-search"),
    path("llms.txt", machines.llms, name="llms"),
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}icon.svg"), name="favicon"),
]
