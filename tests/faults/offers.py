"""Invented answers of the two sources the faults are tried on, in the shape of the real ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

MODELS = 40
LISTED = 1_700_000_000  # a Unix time in 2023
Offer = dict[str, Any]


def offers(count: int = MODELS, change: Callable[[Offer], object] | None = None) -> list[Offer]:
    """Models of OpenRouter's list, each with two prices, output at twice the input; `change` edits each."""
    found = [offer(number) for number in range(count)]
    for item in found if change else ():
        assert change
        change(item)
    return found


def offer(number: int) -> Offer:
    return {
        "id": f"lab-{number:02}/model-{number:02}",
        "name": f"Lab {number:02}: Model {number:02}",
        "created": LISTED + number,
        "context_length": 131_072,
        "architecture": {"input_modalities": ["text"], "output_modalities": ["text"]},
        "pricing": {
            "prompt": f"{Decimal(number % 1000 + 1) / 10_000_000:f}",
            "completion": f"{Decimal(number % 1000 + 1) / 5_000_000:f}",
        },
    }


def listed(models: Sequence[Mapping[str, Any]]) -> bytes:
    return json.dumps({"data": models}).encode()


def times(factor: int) -> Callable[[Offer], None]:
    def multiply(item: Offer) -> None:
        for key, amount in item["pricing"].items():
            item["pricing"][key] = f"{Decimal(amount) * factor:f}"

    return multiply


def swap_columns(item: Offer) -> None:
    pricing = item["pricing"]
    pricing["prompt"], pricing["completion"] = pricing["completion"], pricing["prompt"]


def rename_column(item: Offer) -> None:
    item["pricing"]["prompt_price"] = item["pricing"].pop("prompt")


def repository(name: str, number: int = 1, **changes: Any) -> dict[str, Any]:
    """One row of the Hub's list of models."""
    row = {
        "_id": f"{number:024x}",
        "id": name,
        "author": name.partition("/")[0],
        "gated": False,
        "likes": 3,
        "downloads": 1_000,
        "downloadsAllTime": 50_000,
        "tags": ["license:mit"],
        "pipeline_tag": "text-generation",
        "createdAt": "2025-09-29T08:15:00.000Z",
    }
    return {key: value for key, value in (row | changes).items() if value is not None}
