"""What a body looks like from outside: enough to tell data from a wall, and no more."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path

import pytest

from models_catalog.fetch.inspection import challenge, inspect
from models_catalog.sources.contract import Challenge, EmptyPayload, SourceError, Truncated, WrongShape
from tests.fetch.conftest import invented_source

JSON, HTML = b'{"data": [1]}', b"<!doctype html><table><tr><td>$ 3</td></tr></table>"
WALL = b"<html><head><title>Just a moment...</title></head></html>"


def check(
    body: bytes, media: str = "json", headers: Mapping[str, str] | None = None, complete: bool = True
) -> None:
    board = invented_source(media=media, complete=complete).board("models")
    inspect(body, board, headers or {}, "a page")


@pytest.mark.parametrize(
    ("body", "media", "content_type"),
    [
        (JSON, "json", "application/json"),
        (JSON, "json", "application/vnd.api+json; charset=utf-8"),
        (JSON, "json", "text/plain; charset=utf-8"),
        (JSON, "json", "application/octet-stream"),
        (JSON, "json", ""),
        (b"\xef\xbb\xbf \n" + JSON + b"\n", "json", ""),
        (b"model,score\na,1\n", "csv", "text/csv"),
        (b"- model: a\n", "yaml", "text/plain"),
        (b'<h1 align="center">Leaderboard</h1>\n', "markdown", "text/plain"),
        (b"<!-- generated -->\n# Title\n", "markdown", "text/markdown"),
        (HTML, "html", "text/html; charset=utf-8"),
        (HTML, "html", ""),
        (b"<!-- a note -->\n<html></html>", "html", "application/xhtml+xml"),
    ],
)
def test_data_passes(body: bytes, media: str, content_type: str) -> None:
    check(body, media, {"content-type": content_type} if content_type else {})


@pytest.mark.parametrize(
    ("body", "media", "content_type", "error"),
    [
        (b"", "csv", "", EmptyPayload),
        (b"\xef\xbb\xbf\r\n", "json", "", EmptyPayload),
        (JSON, "json", "text/html", WrongShape),
        (JSON, "json", "image/png", WrongShape),
        (b"model,score\n", "csv", "text/html", WrongShape),
        (HTML, "html", "application/json", WrongShape),
        (HTML, "json", "application/json", WrongShape),
        (b"  <!-- x -->\n<HTML lang=en>", "yaml", "", WrongShape),
        (b"no tag at all", "html", "", WrongShape),
        (b"PK\x03\x04\x00\x00", "csv", "", WrongShape),
        (b"data", "json", "", WrongShape),
        (b'"text"', "json", "", WrongShape),
        (b'{"data": [1', "json", "", Truncated),
        (b'[{"a": 1},', "json", "", Truncated),
    ],
)
def test_what_cannot_be_the_page_has_a_name(
    body: bytes, media: str, content_type: str, error: type[SourceError]
) -> None:
    with pytest.raises(error) as caught:
        check(body, media, {"content-type": content_type})
    assert type(caught.value) is error
    assert str(caught.value).startswith("a page ")


def test_an_empty_list_may_end_the_pages_of_a_board(tmp_path: Path) -> None:
    check(b"[]", complete=False)
    with pytest.raises(EmptyPayload, match="a page is an empty list"):
        check(b"[]", complete=True)


@pytest.mark.parametrize(
    "page",
    [
        WALL,
        b"<html><title>Attention Required! | Cloudflare</title></html>",
        b"<!DOCTYPE html><title>Vercel Security Checkpoint</title>",
        b"<html><title>Making sure you&#39;re not a bot!</title>",
        b"<html><script src='https://ct.captcha-delivery.com/c.js'></script>",
        b"<html><noscript>Enable JavaScript and cookies to continue</noscript>",
        b"<html><script>window._cf_chl_opt = {}</script>",
        b"<!DOCTYPE html><script>window.gokuProps = {}</script>",
        b'<html><iframe id="main-iframe" src="/_Incapsula_Resource?x=1"></iframe></html>',
    ],
)
@pytest.mark.parametrize("media", ["json", "html", "csv"])
def test_fault_17_a_wall_is_told_from_data_and_from_a_mere_wrong_page(page: bytes, media: str) -> None:
    with pytest.raises(Challenge, match="made for browsers"):
        check(page, media, {"content-type": "text/html"})


@pytest.mark.parametrize(
    "headers",
    [{"cf-mitigated": "challenge"}, {"x-vercel-mitigated": "challenge"}, {"x-amzn-waf-action": "captcha"}],
)
def test_a_header_gives_a_challenge_away(headers: dict[str, str]) -> None:
    assert challenge(headers, b"")


def test_an_ordinary_page_behind_a_guard_is_no_challenge() -> None:
    scripts = (b"/cdn-cgi/challenge-platform/scripts/jsd/main.js", b"/_Incapsula_Resource?SWJ=1")
    page = HTML + b"".join(b"<script src='%s'></script>" % script for script in scripts)
    check(page, "html", {"content-type": "text/html", "server": "cloudflare"})


def test_data_that_speaks_of_walls_is_data() -> None:
    check(b'[{"name": "Just a moment...", "note": "captcha-delivery.com"}]')


@pytest.mark.recorded
def test_no_recorded_page_is_taken_for_a_challenge(recorded: Path) -> None:
    pages = sorted((recorded / "providers" / "html").glob("*.html*"))
    assert pages
    for path in pages:
        content = path.read_bytes()
        body = gzip.decompress(content) if path.suffix == ".gz" else content
        check(body, "html")
