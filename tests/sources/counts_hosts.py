"""What the recorded hosts, runtimes, price histories and openness index give, reviewed against the files."""

from __future__ import annotations

from tests.sources.counts import Counts

HOSTS = {
    "openrouter/endpoints_z-ai_glm-5.2@2026-07-20.json": Counts(price=89),
    "openrouter/providers-2026-05-22.json": Counts(provider=82),
    "timeseries/openrouter_daily@2026-08-22.csv": Counts(downloads=341),
    "simonw-llm-prices/history/2025-10-29/amazon.json": Counts(price=8),
    "simonw-llm-prices/history/2025-10-29/anthropic.json": Counts(price=18),
    "simonw-llm-prices/history/2025-10-29/deepseek.json": Counts(price=6),
    "simonw-llm-prices/history/2025-10-29/google.json": Counts(price=34),
    "simonw-llm-prices/history/2025-10-29/minimax.json": Counts(price=2),
    "simonw-llm-prices/history/2025-10-29/mistral.json": Counts(price=28),
    "simonw-llm-prices/history/2025-10-29/openai.json": Counts(price=62),
    "simonw-llm-prices/history/2025-10-29/xai.json": Counts(price=30),
    "simonw-llm-prices/history/2026-02-19/amazon.json": Counts(price=8),
    "simonw-llm-prices/history/2026-02-19/anthropic.json": Counts(price=22),
    "simonw-llm-prices/history/2026-02-19/deepseek.json": Counts(price=6),
    "simonw-llm-prices/history/2026-02-19/google.json": Counts(price=45),
    "simonw-llm-prices/history/2026-02-19/minimax.json": Counts(price=2),
    "simonw-llm-prices/history/2026-02-19/mistral.json": Counts(price=28),
    "simonw-llm-prices/history/2026-02-19/moonshot-ai.json": Counts(price=15),
    "simonw-llm-prices/history/2026-02-19/openai.json": Counts(price=78),
    "simonw-llm-prices/history/2026-02-19/xai.json": Counts(price=30),
    "simonw-llm-prices/amazon.json": Counts(price=8),
    "simonw-llm-prices/anthropic.json": Counts(price=36),
    "simonw-llm-prices/deepseek.json": Counts(price=12),
    "simonw-llm-prices/google.json": Counts(price=57),
    "simonw-llm-prices/meta-ai.json": Counts(price=9),
    "simonw-llm-prices/minimax.json": Counts(price=2),
    "simonw-llm-prices/mistral.json": Counts(price=28),
    "simonw-llm-prices/moonshot-ai.json": Counts(price=15),
    "simonw-llm-prices/openai.json": Counts(price=140),
    "simonw-llm-prices/qwen.json": Counts(price=4),
    "simonw-llm-prices/xai.json": Counts(price=66),
    "providers/together_v1-models@2026-01-23.json": Counts(release=131, price=146, licence=65),
    "huggingface/router_v1-models@2026-07-30.json": Counts(runtime=7, price=10),
}
