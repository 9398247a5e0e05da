"""Every page in a real browser: no accessibility violation, no error, nothing that scrolls sideways."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from tests.web.stored import World

PAGES = (
    *("/", "/gap/", "/landscape/", "/licences/", "/models/", "/models/birch-3/", "/prices/", "/adoption/"),
    *("/run/", "/claims/", "/releases/", "/lifecycle/", "/digest/", "/data/", "/method/", "/status/"),
    *("/corrections/", "/organisations/", "/organisations/invented-lab/", "/compare/?m=birch-3&m=amber-4"),
)


@pytest.fixture
def opened(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page that fails its test on any script error, console error or refused resource."""
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(120_000)  # a busy machine is no fault of a page
    page, said = context.new_page(), list[str]()
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    yield page
    context.close()
    assert said == []


def test_axe_finds_no_violation_in_light_and_in_dark(opened: Page, stored: World) -> None:
    axe, violations = Axe(), list[tuple[str, str, str]]()
    for address in PAGES:
        opened.emulate_media(color_scheme="light")
        opened.goto(address)
        found = axe.run(opened).response["violations"]
        opened.emulate_media(color_scheme="dark")
        found += axe.run(opened, options={"runOnly": ["color-contrast"]}).response["violations"]
        violations += [(address, item["id"], item["nodes"][0]["html"][:200]) for item in found]
    assert violations == []


def test_nothing_scrolls_sideways_on_a_small_screen(opened: Page, stored: World) -> None:
    opened.set_viewport_size({"width": 320, "height": 640})
    for address in PAGES:
        opened.goto(address)
        assert opened.evaluate("document.documentElement.scrollWidth") <= 320, address


def test_the_keyboard_reaches_content_search_and_suggestions(opened: Page, stored: World) -> None:
    opened.goto("/models/")
    opened.keyboard.press("Tab")
    expect(opened.locator(".skip")).to_be_focused()
    opened.keyboard.press("Enter")
    expect(opened.locator("#main")).to_be_focused()
    opened.keyboard.press("/")
    expect(opened.locator("#search")).to_be_focused()
    opened.keyboard.type("birch 3")
    expect(opened.locator("#suggested a").first).to_contain_text("Birch 3")
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("Enter")
    opened.wait_for_url("**/models/birch-3/")


def test_a_chosen_theme_is_remembered_and_a_figure_can_be_explored(opened: Page, stored: World) -> None:
    opened.goto("/gap/")
    opened.click("#theme")
    opened.reload()
    expect(opened.locator("html")).to_have_attribute("data-theme", "dark")
    opened.click("#frontier .explore")
    expect(opened.locator("#frontier .live svg").first).to_be_visible(timeout=120_000)
