"""A real Chromium over a live server. Where there is none, outside CI, these tests are left out with one line."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

    from tests.browser.reader import Reader
    from tests.web.stored import World

PATIENCE = 60_000  # milliseconds
HERE = Path(__file__).parent
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def installed() -> str | None:
    return shutil.which("chromium") or shutil.which("google-chrome")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    ours = [item for item in items if HERE in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.xdist_group("browser"))
    if not ours or installed():
        return
    if os.environ.get("CI") == "true":
        raise pytest.UsageError("no Chromium is installed, and in CI no test may be left out")
    if reporter := config.pluginmanager.get_plugin("terminalreporter"):
        reporter.write_line(
            "no Chromium is installed: the browser tests are left out (apt-get install chromium)"
        )
    items[:] = [item for item in items if item not in ours]
    config.hook.pytest_deselected(items=ours)


@pytest.fixture(scope="package")
def chromium(live_server: LiveServer) -> Iterator[Browser]:
    """Closed after the last test here, and before the live server, which waits for the last request.

    Playwright's synchronous half runs a loop in this thread. While it runs Django refuses its database there unless
    told otherwise, and keeps other connections than before and after: those of neither time may stay open in the
    other, in which nobody would close them.
    """
    from django.db import connections
    from playwright.sync_api import sync_playwright

    connections.close_all()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=SWITCHES)
        yield browser
        browser.close()
        connections.close_all()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def reader(chromium: Browser, live_server: LiveServer) -> Iterator[Reader]:
    """A browser page on the live site; a busy machine is no fault of a page, so that it waits long."""
    from playwright.sync_api import expect

    from tests.browser.reader import WIDE, Reader

    context = chromium.new_context(base_url=live_server.url, viewport=WIDE, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield Reader(context.new_page(), live_server.url)
    context.close()


@pytest.fixture
def stored(transactional_db: None) -> Iterator[World]:
    from tests.web.stored import world  # models cannot be imported before Django is set up

    cache.clear()
    yield world()
    cache.clear()
