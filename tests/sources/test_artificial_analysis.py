"""Artificial Analysis: page after page, and nothing of it ever exported."""

from __future__ import annotations

import json
from dataclasses import replace

from models_catalog.sources.artificial_analysis import MODELS, MOST_PAGES, SOURCE
from models_catalog.sources.contract import Page
from tests.sources.examples import FOLDER, page_of

ONE = json.loads((FOLDER / "artificial-analysis" / "models.json").read_text(encoding="utf-8"))


def asked(last: int, body: bytes | None = None) -> list[str]:
    """The addresses asked for when page number `last` says that none follows."""
    addresses: list[str] = []

    def door(board: str, url: str) -> Page:
        addresses.append(url)
        answer = ONE | {"pagination": {"has_more": len(addresses) < last}}
        return replace(page_of(SOURCE, board, body or json.dumps(answer).encode()), url=url)

    assert len(list(SOURCE.pages(door))) == len(addresses)
    return addresses


def test_pages_are_asked_for_until_one_says_that_none_follows() -> None:
    assert asked(3) == [f"{MODELS.url}?page={number}" for number in (1, 2, 3)]


def test_an_answer_that_never_ends_is_left_after_twenty_pages() -> None:
    assert len(asked(10**6)) == MOST_PAGES


def test_a_page_that_cannot_be_read_ends_the_asking_and_is_parsed_all_the_same() -> None:
    assert len(asked(3, b"<html></html>")) == 1


def test_nothing_of_it_is_exported_and_its_key_goes_where_it_asks() -> None:
    assert (SOURCE.rights.display, SOURCE.rights.export) == (True, False)
    assert (SOURCE.key, SOURCE.key_header) == ("ARTIFICIAL_ANALYSIS_API_KEY", "x-api-key")
