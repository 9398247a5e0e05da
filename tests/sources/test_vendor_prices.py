"""Twelve prices of nine vendors, read off the recorded pages by a person, compared with what is parsed from them."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from models_catalog.sources.contract import Page, PriceSeen
from models_catalog.sources.routes import route
from models_catalog.vocabulary import PriceUnit

pytestmark = pytest.mark.recorded
BY_HAND = [
    (
        "html/openai_pricing@2026-08-21.html.gz",
        ("gpt-5.6-luna", "openai", PriceUnit.OUTPUT, "batch", "long context", "USD", ""),
        ("0.90", "1M tokens"),
    ),
    (
        "markdown/openai_pricing@2026-07-15.md",
        ("o4-mini", "openai", PriceUnit.CACHE_READ, "flex", "", "USD", ""),
        ("0.138", "1M tokens"),
    ),
    (
        "markdown/anthropic_pricing@2025-12-20.md",
        ("Claude Haiku 3.5", "anthropic", PriceUnit.CACHE_WRITE_1H, "standard", "", "USD", ""),
        ("1.6", "1M tokens"),
    ),
    (
        "html/anthropic_claude-com-pricing@2025-11-13.html.gz",
        ("Sonnet 4.5", "anthropic", PriceUnit.CACHE_READ, "standard", "> 200K tokens", "USD", ""),
        ("0.60", "1M tokens"),
    ),
    (
        "markdown/google_gemini_pricing@2025-11-03.md",
        ("gemini-2.5-pro", "google", PriceUnit.OUTPUT, "batch", "prompts > 200k tokens", "USD", ""),
        ("7.50", "1M tokens"),
    ),
    (
        "markdown/xai_models@2025-11-03.md",
        ("grok-2-vision-1212", "xai", PriceUnit.OUTPUT, "standard", "", "USD", "eu-west-1"),
        ("10.00", "1M tokens"),
    ),
    (
        "html/deepseek_pricing_zh@2026-07-17.html",
        ("deepseek-v4-pro", "deepseek", PriceUnit.CACHE_READ, "standard", "", "CNY", ""),
        ("0.025", "1M tokens"),
    ),
    (
        "html/moonshot_kimi-k26_pricing_zh@2026-07-17.html",
        ("kimi-k2.6", "moonshot", PriceUnit.INPUT, "standard", "", "CNY", ""),
        ("6.50", "1M tokens"),
    ),
    (
        "html/zai_pricing@2026-08-18.html",
        ("GLM-4.7-FlashX", "zai", PriceUnit.INPUT, "standard", "", "USD", ""),
        ("0.07", "1M tokens"),
    ),
    (
        "html/zhipu_bigmodel_pricing_zh@2026-07-20.html.gz",
        ("GLM-4.7", "zai", PriceUnit.OUTPUT, "standard", "输入长度 [0, 32) 输出长度 [0.2+)", "CNY", ""),
        ("14", "1M tokens"),
    ),
    (
        "html/minimax_pricing_zh@2026-07-20.html",
        ("MiniMax-M3", "minimax", PriceUnit.OUTPUT, "standard", "上下文 512K ~ 1M", "CNY", ""),
        ("16.8", "1M tokens"),
    ),
    (
        "html/alibaba_hologres_pricing_zh@2026-07-20.html",
        ("Qwen3.6-Plus", "alibaba-hologres", PriceUnit.INPUT, "standard", "256K~1M", "CNY", "新加坡"),
        ("0.01799", "1K tokens"),
    ),
]


def prices(recorded: Path, name: str) -> list[PriceSeen]:
    path = f"providers/{name}"
    routed = route(path)
    assert routed is not None
    source, board = routed
    raw = (recorded / path).read_bytes()
    body = gzip.decompress(raw) if name.endswith(".gz") else raw
    page = Page(board.slug, board.url, body, datetime(2026, 8, 31, tzinfo=UTC), path)
    return [item for item in source.parse(page) if isinstance(item, PriceSeen)]


@pytest.mark.parametrize(("name", "key", "stated"), BY_HAND, ids=[f"{row[0]}-{row[1][0]}" for row in BY_HAND])
def test_a_price_read_by_hand_is_the_price_parsed(
    recorded: Path, name: str, key: tuple[object, ...], stated: tuple[str, str]
) -> None:
    found = [
        (item.amount, item.per)
        for item in prices(recorded, name)
        if (item.model, item.provider, item.unit, item.tier, item.band, item.currency, item.region) == key
    ]
    assert found == [(Decimal(stated[0]), stated[1])]


def test_twelve_prices_of_nine_providers_were_read() -> None:
    assert len(BY_HAND) == 12
    assert len({key[1] for _, key, _ in BY_HAND}) >= 6
