"""What every source declares, checked for all of them at once."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from models_catalog.sources import SOURCES, by_slug
from models_catalog.sources.contract import Page, Source
from tests.sources.examples import page_of


def asked_pages(source: Source) -> list[Page]:
    """What the source asks a door for; the door answers every question with an empty page."""
    asked: list[Page] = []

    def door(board: str, url: str) -> Page:
        asked.append(Page(board, url, b"", page_of(source, board, b"").observed_at))
        return asked[-1]

    given = list(source.pages(door))
    assert given == asked
    return asked


def test_slugs_are_unique_and_found() -> None:
    slugs = [source.slug for source in SOURCES]
    assert len(set(slugs)) == len(slugs)
    assert [by_slug(slug) for slug in slugs] == list(SOURCES)


def test_an_unknown_slug_names_the_known_ones() -> None:
    with pytest.raises(KeyError, match=r"no source 'nowhere'; there are: models-dev, openrouter"):
        by_slug("nowhere")


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.slug)
def test_every_page_is_asked_of_a_declared_board_over_https_and_from_a_declared_host(source: Source) -> None:
    asked = asked_pages(source)
    assert asked
    for page in asked:
        address = urlsplit(page.url)
        assert (address.scheme, address.hostname in source.hosts) == ("https", True)
        assert source.board(page.board).slug == page.board


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.slug)
def test_boards_have_unique_slugs_and_route_recorded_files(source: Source) -> None:
    slugs = [board.slug for board in source.boards]
    assert len(set(slugs)) == len(slugs)
    assert all(board.recorded for board in source.boards)
    with pytest.raises(KeyError, match=f"{source.slug} has no board 'nowhere'"):
        source.board("nowhere")


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.slug)
def test_rights_cite_a_text_and_say_what_they_rest_on(source: Source) -> None:
    rights = source.rights
    assert urlsplit(rights.terms_url).scheme == "https"
    assert min(map(len, (rights.owner, rights.attribution, rights.robots, rights.basis))) > 5
    assert source.stale_after > source.cadence


def test_only_sources_cleared_by_cited_terms_may_be_exported() -> None:
    assert {source.slug for source in SOURCES if source.rights.export} == {
        *("models-dev", "epoch", "aider", "osai")
    }
    assert all(source.rights.display for source in SOURCES)


def test_no_source_claims_a_live_run_that_has_not_happened() -> None:
    assert {source.verified for source in SOURCES} == {""}


def test_the_hub_is_asked_for_each_watched_organisation_once_with_the_fields_that_are_read() -> None:
    urls = [page.url for page in asked_pages(by_slug("huggingface"))]
    assert len(urls) == len(set(urls))
    watched = [url for url in urls if "author=" in url]
    assert len(watched) >= 60
    assert any("author=deepseek-ai&" in url for url in watched)
    assert all("expand=cardData" in url and "expand=safetensors" in url for url in watched)
    assert not any(f"expand={field}" in url for url in urls for field in ("siblings", "config", "widgetData"))
    assert {"ollama", "vllm"} == {url.partition("apps=")[2].partition("&")[0] for url in urls} - {""}
    assert not any("siblings" in url or "full=" in url for url in urls)
