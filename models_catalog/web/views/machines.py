"""What machines ask a site for: which pages there are, what they may read, how to search, where the data is."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from models_catalog.findings.addresses import edition_weeks, model_slugs, organization_slugs
from models_catalog.web.context import EVERYWHERE, PAGES

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 50_000  # addresses a sitemap may hold
RULES = """User-agent: *
Disallow: /admin/
Disallow: /mailbox/
Disallow: /digest/settings/
Disallow: /digest/unsubscribe/
Disallow: /digest/confirm/

Sitemap: {site}/sitemap.xml
"""


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Every page may be read, except what belongs to one reader."""
    return HttpResponse(RULES.format(site=settings.OPENGAP_SITE), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(_request: HttpRequest) -> HttpResponse:
    """Every page, model of the lists, organisation and edition, by its canonical address."""
    root = ET.Element("urlset", xmlns=SITEMAP)
    for number, path in enumerate(paths()):
        if number == MOST:
            break
        ET.SubElement(ET.SubElement(root, "url"), "loc").text = f"{settings.OPENGAP_SITE}{path}"
    body = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


def paths() -> Iterator[str]:
    yield reverse("home")
    for name, _ in (*PAGES, *EVERYWHERE):
        yield reverse(name)
    for page, arguments in (
        ("edition", edition_weeks()),
        ("organization", organization_slugs()),
        ("model", model_slugs()),
    ):
        for argument in arguments:
            yield reverse(page, args=[argument])


@require_safe
def open_search(request: HttpRequest) -> HttpResponse:
    """So that a browser can search here from its address line."""
    page = {"home": settings.OPENGAP_SITE}
    return render(
        request,
        "machines/opensearch.xml",
        page,
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )


@require_safe
def llms(request: HttpRequest) -> HttpResponse:
    """The site in one page of plain text, for language models and their makers (llmstxt.org)."""
    places = [(label, reverse(name)) for name, label in (*PAGES, *EVERYWHERE)]
    page = {"home": settings.OPENGAP_SITE, "places": places}
    return render(request, "machines/llms.txt", page, content_type="text/plain; charset=utf-8")
