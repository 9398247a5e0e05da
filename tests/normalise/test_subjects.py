"""A source's id and the name it shows beside it: whichever says more decides."""

from __future__ import annotations

import pytest

from models_catalog.normalise.subjects import resolve_subject
from tests.normalise.claims import listed, recorded, repository, resolver, scored

OPEN = "Open weights (unrestricted)"
KNOWN = resolver(
    scored("Mistral Small 3.2", "Mistral AI", "2025-06-20", OPEN),
    scored("Mistral Medium 3", "Mistral AI", "2025-05-07"),
    scored("Mistral Medium 3.1", "Mistral AI", "2025-08-12"),
    recorded("Mistral Medium", "Mistral AI", "2023-12-11", "API access"),
    recorded("Mistral Large", "Mistral AI", "2024-02-26", "API access"),
    recorded("Mistral Large 2", "Mistral AI", "2024-07-24", "Open weights (non-commercial)"),
    scored("DeepSeek-V3.1", "DeepSeek", "2025-08-21", OPEN),
    scored("DeepSeek-V3.1-Terminus", "DeepSeek", "2025-09-22", OPEN),
    scored("DeepSeek-V3.2", "DeepSeek", "2025-12-01", OPEN),
    scored("DeepSeek-V3.2-Exp", "DeepSeek", "2025-09-29", OPEN),
    scored("Claude 2", "Anthropic", "2023-07-11"),
    scored("Claude 2.1", "Anthropic", "2023-11-21"),
    recorded("Claude", "Anthropic", "2023-03-14", "API access"),
    scored("Claude Opus 4", "Anthropic", "2025-05-22"),
    scored("GPT-5 Pro", "OpenAI", "2025-10-06"),
    listed("nvidia/nemotron-nano-12b-v2-vl", "Nemotron Nano 12B v2 VL", "2025-10-28", open_weights=True),
    repository("togethercomputer/RedPajama-INCITE-Chat-3B-v1", "2023-05-05", task="text-generation"),
    repository("togethercomputer/RedPajama-INCITE-Base-3B-v1", "2023-05-04", task="text-generation"),
)


@pytest.mark.parametrize(
    ("external_id", "name", "model"),
    [
        ("helicone/mistral-small", "Mistral Small 3.2", "mistral-small-3-2"),
        ("vercel/mistral/mistral-medium", "Mistral Medium 3.1", "mistral-medium-3-1"),
        ("amazon-bedrock/deepseek.v3-v1:0", "DeepSeek-V3.1", "deepseek-v3-1"),
        ("iflowcn/deepseek-v3.1", "DeepSeek-V3.1-Terminus", "deepseek-v3-1-terminus"),
        ("iflowcn/deepseek-v3.2", "DeepSeek-V3.2-Exp", "deepseek-v3-2-exp"),
        ("amazon-bedrock/anthropic.claude-v2:1", "Claude 2.1", "claude-2-1"),
        ("nano-gpt/mistralai/mistral-large", "Mistral Large 2411", "mistral-large-2"),
        ("helicone/mistral-large-2411", "Mistral-Large", "mistral-large-2"),
    ],
)
def test_a_name_that_says_more_than_a_hosts_id_decides(external_id: str, name: str, model: str) -> None:
    assert resolve_subject(KNOWN, "models-dev", external_id, name, None).model == model


@pytest.mark.parametrize(
    ("external_id", "name", "model"),
    [
        ("vercel/anthropic/claude-4-1-opus", "Claude Opus 4", "claude-opus-4-1"),
        ("vercel/openai/gpt-5-pro", "GPT-5", "gpt-5-pro"),
        ("vercel/anthropic/claude-4-opus", "Claude Opus 4", "claude-opus-4"),
        ("deepinfra/deepseek-r1", "GPT-5", "deepseek-r1"),
    ],
)
def test_an_id_that_says_as_much_or_more_decides(external_id: str, name: str, model: str) -> None:
    assert resolve_subject(KNOWN, "models-dev", external_id, name, None).model == model


def test_one_model_under_two_spellings_is_one_model() -> None:
    red = [slug for slug in KNOWN.catalogue.models if slug.startswith("redpajama")]
    assert red == ["redpajama-incite-3b-v1"]
    shown = resolve_subject(KNOWN, "openrouter", "", "NVIDIA: Nemotron Nano 12B 2 VL", None)
    assert shown.model == "nemotron-nano-12b-v2-vl"


@pytest.mark.parametrize(
    ("entry", "tag", "model"),
    [
        ("20240620_sweagent_claude3.5sonnet", "claude-3-5-sonnet-20241022", "claude-3-5-sonnet"),
        ("20241006_RAG_claude3.5", "claude-3-5-sonnet-20241022", "claude-3-5-sonnet"),
        ("20240612_MASAI_gpt4o", "gpt-4o-2024-08-06", "gpt-4o"),
    ],
)
def test_what_was_submitted_before_a_checkpoint_came_out_is_not_of_it(
    entry: str, tag: str, model: str
) -> None:
    """SWE-bench tagged its rows a year later, some with a checkpoint that did not exist on the row's own day."""
    dated = resolver(
        scored("GPT-4o (May 2024)", "OpenAI", "2024-05-13"),
        scored("Claude 3.5 Sonnet (June 2024)", "Anthropic", "2024-06-20"),
    )
    found = resolve_subject(dated, "swebench", entry, tag, None)
    assert (found.model, found.snapshot) == (model, None)
    assert resolve_subject(dated, "swebench", "20241221_other", tag, None).snapshot is not None


@pytest.mark.parametrize(
    ("called", "shown", "model"),
    [
        ("databricks/databricks-claude-sonnet-4", "Claude Sonnet 4.5", "claude-sonnet-4"),
        ("neon/claude-sonnet-4", "Claude Sonnet 4.5", "claude-sonnet-4"),
        ("neon/claude-sonnet-4-5", "Claude Sonnet 4.5 (latest)", "claude-sonnet-4-5"),
    ],
)
def test_a_display_name_of_another_model_does_not_move_an_id(called: str, shown: str, model: str) -> None:
    """A host's entry copied from another model's; found among 24,603 names by asking each id alone."""
    known = resolver(
        scored("Claude Sonnet 4", "Anthropic", "2025-05-22"),
        scored("Claude Sonnet 4.5", "Anthropic", "2025-09-29"),
    )
    assert resolve_subject(known, "models-dev", called, shown, None).model == model
