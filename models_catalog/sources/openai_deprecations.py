"""OpenAI's deprecations page: announced shutdowns, newest first, in Markdown tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models_catalog.sources.contract import Page, Parsed
from models_catalog.sources.shutdowns import Announcer, from_page
from models_catalog.sources.tables_markdown import read_markdown, tables_of

ANNOUNCER = Announcer("openai", "OpenAI", re.compile(r"[a-z][a-z0-9]*(?:[-.][a-z0-9.]+)*", re.ASCII))


def parse(page: Page) -> Iterator[Parsed]:
    return from_page(tables_of(read_markdown(page)), ANNOUNCER, "OpenAI's deprecations")
