"""What a repository was made from, by the Hub's tags and the card, never by its name."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from models_catalog.sources.contract import Page, ReleaseSeen
from models_catalog.sources.huggingface import MODELS, parse
from models_catalog.sources.huggingface_bases import base_of
from tests.faults.offers import repository

BASE = "base_model:amber/Amber-7B"


@pytest.mark.parametrize(
    ("tags", "relation"),
    [
        ((BASE, "gguf"), "quantized"),
        ((BASE, "4-bit", "safetensors"), "quantized"),
        ((BASE, "GPTQ"), "quantized"),
        ((BASE,), None),
        ((BASE, "4-bit", "bitsandbytes"), None),
        ((BASE, "gguf", "mergekit"), None),
        ((BASE, "base_model:beryl/Beryl-7B", "gguf"), None),
        (("base_model:finetune:amber/Amber-7B", BASE, "gguf"), "finetune"),
    ],
)
def test_only_the_hubs_tags_say_that_a_base_was_packed(tags: tuple[str, ...], relation: str | None) -> None:
    base, stated = base_of(tags)
    assert stated == relation
    assert (base or "").startswith("amber/Amber-7B")


def test_packed_weights_without_a_base_are_no_copy_of_anything() -> None:
    assert base_of(("gguf", "4-bit")) == (None, None)


def test_the_cards_own_word_counts_and_the_repositorys_name_does_not() -> None:
    rows = [
        repository("carol/Amber-7B-GPTQ", 1, tags=[BASE]),
        repository("carol/Amber-7B-small", 2, tags=[BASE], cardData={"quantized_by": "carol"}),
    ]
    page = Page(MODELS.slug, MODELS.url, json.dumps(rows).encode(), datetime(2026, 11, 1, tzinfo=UTC))
    stated = [row.base_relation for row in parse(page) if isinstance(row, ReleaseSeen)]
    assert stated == [None, "quantized"]
