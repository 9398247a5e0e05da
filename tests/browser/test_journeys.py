"""What people come for, from the first page to the end, with the pointer and with the keyboard alone."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.reader import Reader
    from tests.web.stored import World

MOST_TABS = 120
FOCUSED = "document.activeElement.matches(%r)"


def test_find_a_model_compare_three_change_the_view_and_take_the_data(reader: Reader, stored: World) -> None:
    page = reader.page
    page.goto("/")
    page.fill("#search", "birch 3")
    page.locator("#suggested a", has_text="Birch 3").first.click()
    page.wait_for_url("**/models/birch-3/")
    compare_three(page)
    change_the_view(page)
    take_the_data(page)
    assert reader.said() == []


def compare_three(page: Page) -> None:
    page.get_by_role("link", name="compare", exact=True).click()
    for name in ("Amber 4", "Birch 2"):
        page.get_by_label("Add another model").fill(name)
        page.get_by_role("button", name="Find").click()
        page.locator(".suggestions-page a", has_text=name).first.click()
    heading = "Amber 4 stands highest on the index, at 150.0 points; Birch 3 at 141.0, Birch 2 at 120.0."
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    expect(page.locator("table").first.locator("thead th")).to_have_text(
        ["Fact", "Birch 3", "Amber 4", "Birch 2"]
    )


def change_the_view(page: Page) -> None:
    """A domain, a day, and back again: the address is the state."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Gap").click()
    newest = page.get_by_role("heading", level=1).inner_text()
    page.get_by_label("Domain", exact=True).select_option(label="Coding")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**domain=coding**")
    expect(page.get_by_label("Domain", exact=True)).to_have_value("coding")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(newest)
    expect(page.get_by_label("Domain", exact=True)).to_have_value("")
    page.get_by_label("As of", exact=True).fill("2025-04-01")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("main .notice")).to_contain_text("You are looking at 1 Apr 2025")


def take_the_data(page: Page) -> None:
    """The file holds the view: no model released after its day."""
    with page.expect_download() as taken:
        page.locator("#frontier .actions").get_by_role("link", name="CSV").click()
    text = Path(taken.value.path()).read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO("\n".join(line for line in text.splitlines() if line[:1] != "#"))))
    assert {"Amber 3", "Birch 2"} <= {row["name"] for row in rows}
    assert max(row["released"] for row in rows) <= "2025-04-01"


def test_the_keyboard_alone_reaches_content_search_and_the_evidence_of_a_number(
    reader: Reader, stored: World
) -> None:
    page = reader.page
    page.goto("/models/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("birch 3")
    expect(page.locator("#suggested a").first).to_contain_text("Birch 3")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/models/birch-3/")
    tab_to(page, "a.evidence")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/evidence/{stored.scores['Birch 3'].pk}/")
    expect(page.locator("main")).to_contain_text("61.20")
    assert reader.said() == []


def tab_to(page: Page, selector: str) -> None:
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED % selector):
            return
    raise AssertionError(f"no {selector} within {MOST_TABS} presses of Tab")


def test_a_chosen_theme_is_remembered_and_a_figure_can_be_explored(reader: Reader, stored: World) -> None:
    page = reader.page
    page.goto("/gap/")
    page.click("#theme")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.click("#frontier .explore")
    expect(page.locator("#frontier .live svg").first).to_be_visible()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#frontier summary", has_text="Cite or embed").click()
    page.locator("#frontier .cite .copy").last.click()
    expect(page.locator("#frontier .cite .copy").last).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith("<iframe src=")
    assert reader.said() == []


def test_a_past_day_stays_from_page_to_page_and_back_again(reader: Reader, stored: World) -> None:
    page = reader.page
    page.goto("/models/?as_of=2025-04-01")
    page.locator("table a", has_text="Birch 2").first.click()
    page.wait_for_url("**/models/birch-2/?as_of=2025-04-01")
    expect(page.locator("main .notice").first).to_contain_text("You are looking at 1 Apr 2025")
    page.fill("#search", "amber 3")
    page.locator("#suggested a", has_text="Amber 3").first.click()
    page.wait_for_url("**/models/amber-3/?as_of=2025-04-01")
    page.get_by_role("link", name="Method", exact=True).first.click()
    expect(page.locator("main .notice").first).to_contain_text("You are looking at 1 Apr 2025")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Gap").click()
    expect(page.locator("main .notice").first).to_contain_text("You are looking at 1 Apr 2025")
    page.get_by_role("link", name="Show the newest").first.click()
    page.wait_for_url("**/gap/")
    page.go_back()
    expect(page.locator("main .notice").first).to_contain_text("You are looking at 1 Apr 2025")
    assert reader.said() == []
