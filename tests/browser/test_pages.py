"""Every page in a real browser: no accessibility violation, no error, nothing refused, nothing that scrolls sideways.

One navigation a page: theme and width change in place, because a browser applies both without loading anew. What
depends on neither (landmarks, names, headings) is asked once a width, contrast once a theme and width.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.reader import CONTRAST, EVERYTHING, NOT_FOUND, WIDE

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.reader import Reader
    from tests.web.stored import World

BARE = ("/", "/gap/", "/landscape/", "/models/", "/prices/", "/adoption/", "/run/", "/digest/", "/status/")
PAGES = (
    *(
        "/",
        "/gap/",
        "/gap/?as_of=2025-04-01",
        "/landscape/",
        "/licences/",
        "/models/",
        "/models/?q=nothing+like+it",
    ),
    *(
        "/models/birch-3/",
        "/prices/",
        "/adoption/",
        "/run/",
        "/claims/",
        "/releases/",
        "/lifecycle/",
        "/digest/",
    ),
    *(
        "/data/",
        "/method/",
        "/status/",
        "/corrections/",
        "/changes/2026-W09/",
        "/organisations/",
        "/organisations/invented-lab/",
    ),
    *(
        "/compare/",
        "/compare/?m=birch-3&m=amber-4&m=birch-2",
        "/search/?q=birc",
        "/gap.embed",
        "/digest/asked/",
    ),
)
UNEVEN = """[...document.querySelectorAll('tbody tr')].map(row => row.getBoundingClientRect().height % 1)
    .filter(rest => rest > 0.02 && rest < 0.98).length"""
NOWHERE = ("/nothing/here/", "/models/nobody/", "/digest/confirm/cut/")
"""Pages that answer 404 and must still help."""


@pytest.mark.timeout(900)  # forty pages in one browser: a busy machine is no fault of theirs
def test_no_page_has_a_violation_an_error_or_a_sideways_scroll(reader: Reader, stored: World) -> None:
    own = (
        f"/evidence/{stored.scores['Birch 3'].pk}/",
        *reader.subscriber_pages(),
        f"/digest/{reader.edition()}/",
    )
    assert faults(reader, (*PAGES, *own)) == []
    assert [fault for fault in faults(reader, NOWHERE) if not str(fault).startswith(NOT_FOUND)] == []


@pytest.mark.timeout(600)  # nine pages, likewise
def test_a_site_that_holds_nothing_yet_is_as_sound(reader: Reader, transactional_db: None) -> None:
    assert faults(reader, BARE) == []


def faults(reader: Reader, addresses: tuple[str, ...]) -> list[object]:
    return [fault for address in addresses for fault in (*looked_at(reader.page, address), *reader.said())]


def looked_at(page: Page, address: str) -> Iterator[object]:
    """What is wrong with one page, in both themes, at 1280, 360 and 320 pixels."""
    page.set_viewport_size(WIDE)
    page.goto(address)
    page.evaluate(AXE_SCRIPT)
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        for theme, rules in (("light", EVERYTHING), ("dark", CONTRAST)):
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            found: list[dict[str, Any]] = page.evaluate(
                "rules => axe.run(rules).then(told => told.violations)", rules
            )
            yield from ((address, width, theme, item["id"], item["nodes"][0]["html"][:160]) for item in found)
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 900})
        if (needed := page.evaluate("document.documentElement.scrollWidth")) > width:
            yield address, width, f"{needed} pixels wide"
        if uneven := page.evaluate(UNEVEN):
            yield address, width, f"{uneven} rows whose fixed first column is off the others' lines"


def test_on_paper_a_page_is_its_answer_chart_table_source_and_address(reader: Reader, stored: World) -> None:
    reader.page.goto("/gap/")
    reader.page.emulate_media(media="print")
    seen = reader.page.locator
    for shown in ("h1", "#frontier .chart-wide", "#frontier table", "#frontier figcaption", ".printed-from"):
        assert seen(shown).first.is_visible(), shown
    assert seen(".printed-from").inner_text().endswith(f"{reader.home}/gap/")
    for hidden in (".places", ".search", "form.filters", "form.subscribe", "#frontier .actions", "#theme"):
        assert not seen(hidden).first.is_visible(), hidden
