"""Claims as the sources state them, written by us in their shape."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from models_catalog.normalise.aliases import Aliases, load_aliases
from models_catalog.normalise.catalogue import build
from models_catalog.normalise.records import Catalogue, Claim
from models_catalog.normalise.resolver import Resolver
from models_catalog.vocabulary import DateKind

OBSERVED = datetime(2026, 8, 1, tzinfo=UTC)


def claim(source: str, board: str, model: str, name: str = "", **facts: Any) -> Claim:
    return Claim(
        source=source, board=board, model=model, name=name or model, **{"observed_at": OBSERVED, **facts}
    )


def scored(
    model: str, organization: str | None, date: str, access: str = "API access", **facts: Any
) -> Claim:
    """A row of Epoch AI's index."""
    return claim(
        "epoch", "eci_scores", model, organization=organization, date=date, access_claim=access, **facts
    )


def recorded(
    model: str, organization: str, date: str, access: str, task: str = "Language", **facts: Any
) -> Claim:
    """A row of Epoch AI's model database."""
    return claim(
        "epoch",
        "notable_ai_models",
        model,
        organization=organization,
        date=date,
        access_claim=access,
        task=task,
        **facts,
    )


def listed(model: str, name: str, date: str, open_weights: bool | None = None, **facts: Any) -> Claim:
    """A row of models.dev's provider-independent list."""
    flag = None if open_weights is None else f"open_weights: {str(open_weights).lower()}"
    return claim("models-dev", "models", model, name, date=date, access_claim=flag, **facts)


def offered(
    model: str, name: str, date: str = "2025-01-01", open_weights: bool = True, **facts: Any
) -> Claim:
    """An offer of a models.dev provider."""
    return claim(
        "models-dev",
        "api",
        model,
        name,
        date=date,
        access_claim=f"open_weights: {str(open_weights).lower()}",
        **facts,
    )


def routed(model: str, name: str, date: str, **facts: Any) -> Claim:
    """A row of OpenRouter's list, dated by its listing."""
    return claim("openrouter", "models", model, name, date=date, date_kind=DateKind.LISTING, **facts)


def repository(model: str, date: str, licence: str | None = None, **facts: Any) -> Claim:
    """A repository on the Hub."""
    stated = {"date": date, "date_kind": DateKind.LISTING, "licence": licence, "hub_id": f"id of {model}"}
    return claim("huggingface", "models", model, **(stated | facts))


WORLD = (
    scored("GPT-4 (Mar 2023)", "OpenAI", "2023-03-15"),
    scored("GPT-4 (Jun 2023)", "OpenAI", "2023-06-13"),
    scored("GPT-4o (Aug 2024)", "OpenAI", "2024-05-13"),
    scored("GPT-5", "OpenAI", "2025-08-07"),
    scored("o1", "OpenAI", "2024-12-05"),
    scored("o1-preview", "OpenAI", "2024-09-12"),
    scored("Claude 3.5 Sonnet", "Anthropic", "2024-06-20"),
    scored("Claude 3.5 Sonnet (October 2024)", "Anthropic", "2024-10-22"),
    scored("Claude Opus 4.1", "Anthropic", "2025-08-05"),
    scored("Gemini 1.0 Pro", "Google DeepMind", "2023-12-06"),
    scored("Gemini 3 Pro", "Google DeepMind", "2025-11-18"),
    scored("Grok 4", "xAI", "2025-07-09"),
    scored("DeepSeek-V3", "DeepSeek", "2024-12-24", "Open weights (restricted use)"),
    scored("DeepSeek-R1", "DeepSeek", "2025-01-20", "Open weights (unrestricted)"),
    scored("DeepSeek-R1 (May 2025)", "DeepSeek", "2025-05-28", "Open weights (unrestricted)"),
    scored("Kimi K2 Thinking", "Moonshot", "2025-11-06", "Open weights (restricted use)"),
    scored("Llama 3-70B", "Meta AI", "2024-04-18", "Open weights (restricted use)"),
    scored("LLaMA-33B", "Meta AI", "2023-02-27", "Open weights (non-commercial)"),
    scored("Mistral Small 3", "Mistral AI", "2025-01-30", "Open weights (unrestricted)"),
    scored("GLM-4.7", "Z.ai (Zhipu AI)", "2025-12-22", "Open weights (unrestricted)"),
    scored("Qwen3-235B-A22B", "Alibaba", "2025-04-28", "Open weights (unrestricted)"),
    recorded("Command R+", "Cohere,Cohere for AI", "2024-04-04", "Open weights (non-commercial)"),
    recorded("Mistral Small", "Mistral AI", "2024-02-26", "API access"),
    recorded("Dracarys-72B", "Abacus.AI", "2024-08-14", "Open weights (unrestricted)"),
    listed("openai/gpt-5", "GPT-5", "2025-08-07", open_weights=False),
    listed("openai/gpt-4o", "GPT-4o", "2024-05-13", open_weights=False),
    listed("cohere/command-r-plus-08-2024", "Command R+", "2024-08-30", open_weights=True),
    listed("anthropic/claude-opus-4-1-20250805", "Claude Opus 4.1", "2025-08-05", open_weights=False),
    listed("google/gemini-3-pro-preview", "Gemini 3 Pro Preview", "2025-11-18", open_weights=False),
    routed("openai/gpt-4o-2024-08-06", "OpenAI: GPT-4o (2024-08-06)", "2024-08-06"),
    routed("google/gemini-3-pro-preview", "Google: Gemini 3 Pro Preview", "2025-11-18"),
    routed("anthropic/claude-3.7-sonnet:thinking", "Anthropic: Claude 3.7 Sonnet (thinking)", "2025-02-24"),
    repository("deepseek-ai/DeepSeek-R1", "2025-01-20T03:46:07.000Z", "mit", task="text-generation"),
)


def world(*more: Any, aliases: Aliases | None = None) -> Catalogue:
    """A small catalogue of commonly known models, and whatever the test adds."""
    return build([*WORLD, *more], aliases or load_aliases(), corrections=())


def resolver(*more: Any, aliases: Aliases | None = None) -> Resolver:
    return Resolver(world(*more, aliases=aliases), aliases or load_aliases())
