"""Examples for the description: questions that can be asked as they stand. Names and days are real ones."""

from __future__ import annotations

from collections.abc import Mapping

EXAMPLES: Mapping[tuple[str, str], object] = {
    ("", "as_of"): "2025-10-30",
    ("", "known_at"): "2026-11-01T00:00:00Z",
    ("", "limit"): 20,
    ("", "organization"): "deepseek",
    ("", "access"): "open",
    ("", "source"): "epoch",
    ("/models", "q"): "qwen",
    ("/models", "sort"): "-level",
    ("/models", "fields"): "slug,name,level,access",
    ("/models/{slug}", "slug"): "gpt-5",
    ("/scores", "model"): "gpt-5",
    ("/scores", "benchmark"): "GPQA diamond",
    ("/prices", "unit"): "input",
    ("/prices", "provider"): "deepseek",
    ("/changes", "since"): "2026-01-01",
    ("/changes", "kind"): "price changed",
    ("/aliases/resolve", "name"): "GPT-4o (2024-08-06)",
    ("/aliases/resolve", "at"): "2026-11-01",
    ("/gap", "method"): "catch_up",
    ("/gap", "delta"): 0,
    ("/gap", "inputs"): "all",
    ("/downloads", "window"): "30d",
    ("/benchmarks", "domain"): "coding",
}
