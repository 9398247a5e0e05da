"""YAML is read as lists, mappings and text, and nothing in it can construct, expand or dig without end."""

from __future__ import annotations

import pytest

from models_catalog.sources.contract import EmptyPayload, Truncated, WrongShape
from models_catalog.sources.yaml_text import LARGEST, read_yaml
from tests.sources.test_reading import page


def test_every_scalar_stays_the_text_it_was() -> None:
    text = "- date: 2025-10-03\n  rate: 1_0.10\n  open: yes\n  none: ~\n  empty:\n  list: [1, 2]\n"
    assert read_yaml(page(text)) == [
        {"date": "2025-10-03", "rate": "1_0.10", "open": "yes", "none": "~", "empty": "", "list": ["1", "2"]}
    ]


def test_tags_construct_nothing() -> None:
    assert read_yaml(page("- !!python/object/apply:os.system [ls]\n- !!timestamp 2025-10-03\n")) == [
        ["ls"],
        "2025-10-03",
    ]


def test_an_alias_bomb_is_refused_before_it_expands() -> None:
    levels = [f"l{level}: &l{level} [{', '.join([f'*l{level - 1}'] * 9)}]" for level in range(1, 9)]
    bomb = "\n".join(["l0: &l0 [lol]", *levels])
    with pytest.raises(WrongShape, match="uses an alias"):
        read_yaml(page(bomb))


@pytest.mark.parametrize("deep", ["[" * 100_000, "[" * 100_000 + "]" * 100_000, "- " * 30_000 + "a"])
def test_nesting_without_end_is_an_error_not_a_crash(deep: str) -> None:
    with pytest.raises(WrongShape, match="nested without end"):
        read_yaml(page(deep))


def test_a_key_that_stands_twice_is_refused_and_named() -> None:
    with pytest.raises(WrongShape, match="'model' appears twice"):
        read_yaml(page("- model: a\n  model: b\n"))


def test_a_key_that_is_no_text_is_refused() -> None:
    with pytest.raises(WrongShape, match="a YAML key that is not text"):
        read_yaml(page("? [a, b]\n: c\n"))


def test_more_than_one_document_is_refused_and_none_is_empty() -> None:
    with pytest.raises(WrongShape, match="2 YAML documents where one is due"):
        read_yaml(page("--- a\n--- b\n"))
    with pytest.raises(EmptyPayload, match="no document"):
        read_yaml(page("# only a comment\n"))


def test_a_page_of_unreasonable_size_is_refused_unread() -> None:
    with pytest.raises(WrongShape, match=f"at most {LARGEST} are read"):
        read_yaml(page("a" * (LARGEST + 1)))


def test_a_text_that_stops_inside_a_line_is_truncated() -> None:
    with pytest.raises(Truncated, match="stops in the middle"):
        read_yaml(page("- model: Heron\n  dirname: 2025\n  comm"))
    with pytest.raises(Truncated, match="stops in the middle"):
        read_yaml(page('- model: "Her'))


def test_a_text_that_is_no_yaml_is_named_with_its_line() -> None:
    with pytest.raises(WrongShape, match=r"not YAML: .* in line 2"):
        read_yaml(page("- model: Heron\n- - : : a: b: [\n- model: Tern\n- model: Gull\n"))


def test_a_nul_byte_is_refused() -> None:
    with pytest.raises(WrongShape, match="not YAML"):
        read_yaml(page("- model: He\x00ron\n- model: Tern\n"))
