"""The last part of an address, whatever a name holds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_catalog.normalise.slugs import slug_from


@pytest.mark.parametrize(
    ("text", "slug"),
    [("gpt-4.1", "gpt-4-1"), ("amber lab", "amber-lab"), ("--a__b--", "a-b"), ("a" * 20, "a" * 20)],
)
def test_a_plain_text_is_its_own_slug(text: str, slug: str) -> None:
    assert slug_from(text, 20) == slug


def test_a_cut_text_and_one_without_letters_carry_a_mark_of_what_was_lost() -> None:
    assert re.fullmatch(r"a{11}-[0-9a-f]{8}", slug_from("a" * 21, 20))
    assert re.fullmatch(r"unnamed-[0-9a-f]{8}", slug_from("模型", 20))
    assert slug_from("a" * 21, 20) != slug_from("a" * 22, 20)
    assert slug_from("模型", 20) != slug_from("模", 20)


@given(st.text())
def test_every_text_has_a_slug_that_an_address_can_hold(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug_from(text, 30))
    assert len(slug_from(text, 30)) <= 30
