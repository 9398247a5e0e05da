import pytest

from models_catalog.charts.outside import https_link, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("GPT-5.6 Sol", "GPT-5.6 Sol"),
        ("通义千问", "通义千问"),
        ("left\u202eright", "left\\u202eright"),
        ("twin\u200b", "twin\\u200b"),
        ("a\x00b", "a\\u0000b"),
        ("two\nlines", "two lines"),
        ("lone\ud800", "lone\\ud800"),
    ],
)
def test_what_cannot_be_seen_is_spelled_out(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_long_names_are_cut_at_two_hundred() -> None:
    assert visible("x" * 200) == "x" * 200
    assert visible("x" * 10_000_000) == "x" * 199 + "…"
    assert len(visible("\u200b" * 150)) == 200


@pytest.mark.parametrize("link", ["https://example.org/LICENSE", "https://example.org/a?b=c#d"])
def test_https_links_are_links(link: str) -> None:
    assert https_link(link) == link


@pytest.mark.parametrize(
    "link",
    [
        "",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " https://example.org/",
        "http://example.org/",
        "data:text/html,x",
        "https:///nohost",
        "https://user:secret@example.org/",
        "https://example.org/\nx",
        "https://[broken/",
        "//example.org/",
    ],
)
def test_anything_else_is_not(link: str) -> None:
    assert https_link(link) == ""
