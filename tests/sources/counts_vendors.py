"""What the recorded pages of vendors give, reviewed against the files."""

from __future__ import annotations

from tests.sources.counts import Counts

VENDORS = {
    "providers/html/alibaba_hologres_pricing_zh@2026-07-20.html": Counts(price=108),
    "providers/html/alibaba_model-studio_pricing_zh@2026-08-10.json.gz": Counts(price=2038, problems=3),
    "providers/html/anthropic_claude-com-pricing@2025-11-13.html.gz": Counts(price=40),
    "providers/html/bytedance_byteplus_pricing@2026-08-18.html": Counts(price=106),
    "providers/html/deepseek_pricing_zh@2026-07-17.html": Counts(release=2, price=6),
    "providers/html/minimax_pricing_zh@2026-07-20.html": Counts(price=14),
    "providers/html/moonshot_kimi-k26_pricing_zh@2026-07-17.html": Counts(price=3),
    "providers/html/openai_pricing@2026-08-21.html.gz": Counts(price=147),
    "providers/html/tencent_tokenhub_pricing_zh@2026-08-10.html.gz": Counts(price=209, lifecycle=2),
    "providers/html/zai_pricing@2026-08-18.html": Counts(price=58),
    "providers/html/zhipu_bigmodel_pricing_zh@2026-07-20.html.gz": Counts(price=147),
    "providers/markdown/anthropic_claude-com-pricing@2025-11-03.md": Counts(price=40),
    "providers/markdown/anthropic_model-deprecations@2025-11-19.md": Counts(release=9, lifecycle=16),
    "providers/markdown/anthropic_models-overview@2025-07-15.md": Counts(release=8),
    "providers/markdown/anthropic_models-overview@2025-10-25.md": Counts(release=8),
    "providers/markdown/anthropic_models-overview@2025-11-19.md": Counts(release=8),
    "providers/markdown/anthropic_models-overview@2025-12-20.md": Counts(release=9),
    "providers/markdown/anthropic_pricing@2025-07-15.md": Counts(price=49),
    "providers/markdown/anthropic_pricing@2025-10-25.md": Counts(price=74),
    "providers/markdown/anthropic_pricing@2025-11-19.md": Counts(price=67),
    "providers/markdown/anthropic_pricing@2025-12-20.md": Counts(price=74),
    "providers/markdown/deepseek_pricing@2025-12-20.md": Counts(price=6),
    "providers/markdown/google_gemini_models@2025-11-03.md": Counts(release=13),
    "providers/markdown/google_gemini_pricing@2025-11-03.md": Counts(price=119),
    "providers/markdown/meta_llama-models-README@2025-07-15.md": Counts(release=15, licence=15),
    "providers/markdown/mistral_models-overview@2024-09-24.md": Counts(release=11, licence=10),
    "providers/markdown/mistral_models-overview@2025-05-07.md": Counts(release=23, licence=13, lifecycle=16),
    "providers/markdown/mistral_models-overview@2025-10-03.md": Counts(
        release=42, licence=23, lifecycle=32, problems=2
    ),
    "providers/markdown/openai_api-pricing@2025-11-03.md": Counts(price=45),
    "providers/markdown/openai_deprecations@2026-02-26.md": Counts(lifecycle=65),
    "providers/markdown/openai_deprecations@2026-07-06.md": Counts(lifecycle=127),
    "providers/markdown/openai_models@2025-11-03.md": Counts(release=62),
    "providers/markdown/openai_pricing@2026-02-26.md": Counts(price=11),
    "providers/markdown/openai_pricing@2026-07-15.md": Counts(price=333),
    "providers/markdown/xai_models@2025-11-03.md": Counts(release=8, price=17),
    "providers/markdown/xai_models@2025-12-31.md": Counts(release=10, price=19),
}
