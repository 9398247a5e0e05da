"""What the world says, in its own words: one module per source, one line here.

Pure: nothing in this room touches the network, the database or Django.
"""

from models_catalog.sources import (
    aider,
    alibaba,
    anthropic,
    arena,
    artificial_analysis,
    bfcl,
    bytedance,
    cohere,
    deepseek,
    engines,
    epoch,
    google,
    huggingface,
    huggingface_router,
    litellm,
    livebench,
    llm_prices,
    lm_studio,
    meta,
    minimax,
    mistral,
    models_dev,
    moonshot,
    ollama,
    open_llm_leaderboard,
    openai,
    openrouter,
    openrouter_hosts,
    osai,
    swebench,
    tencent,
    together,
    vectara,
    xai,
    zai,
)
from models_catalog.sources.contract import Source

SOURCES: tuple[Source, ...] = (
    models_dev.SOURCE,
    openrouter.SOURCE,
    epoch.SOURCE,
    aider.SOURCE,
    huggingface.SOURCE,
    livebench.SOURCE,
    swebench.SOURCE,
    open_llm_leaderboard.SOURCE,
    openrouter_hosts.SOURCE,
    llm_prices.SOURCE,
    together.SOURCE,
    artificial_analysis.SOURCE,
    huggingface_router.SOURCE,
    litellm.SOURCE,
    arena.SOURCE,
    vectara.SOURCE,
    ollama.SOURCE,
    lm_studio.SOURCE,
    engines.VLLM,
    engines.TGI,
    openai.SOURCE,
    anthropic.SOURCE,
    google.SOURCE,
    mistral.SOURCE,
    xai.SOURCE,
    deepseek.SOURCE,
    cohere.SOURCE,
    alibaba.SOURCE,
    moonshot.SOURCE,
    zai.SOURCE,
    minimax.SOURCE,
    bytedance.SOURCE,
    tencent.SOURCE,
    meta.SOURCE,
    osai.SOURCE,
    bfcl.SOURCE,
)


def by_slug(slug: str) -> Source:
    """The source with this slug; KeyError names it and lists the ones there are."""
    for source in SOURCES:
        if source.slug == slug:
            return source
    raise KeyError(f"no source {slug!r}; there are: {', '.join(source.slug for source in SOURCES)}")
