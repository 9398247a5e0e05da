from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models_catalog.normalise.aliases import Aliases, load_aliases
from models_catalog.normalise.catalogue import build
from models_catalog.normalise.records import Claim, Target
from models_catalog.vocabulary import Access, DateKind, Precision, Tier
from tests.normalise.claims import (
    WORLD,
    claim,
    listed,
    offered,
    recorded,
    repository,
    routed,
    scored,
    world,
)


def slugs(*claims: Claim) -> set[str]:
    return set(build(claims, load_aliases(), corrections=()).models)


def test_sightings_in_four_sources_are_one_model() -> None:
    found = slugs(
        scored("Claude Opus 4.1", "Anthropic", "2025-08-05"),
        listed("anthropic/claude-opus-4-1-20250805", "Claude Opus 4.1", "2025-08-05"),
        routed("anthropic/claude-4.1-opus", "Anthropic: Claude Opus 4.1", "2025-08-05"),
        offered("anthropic/claude-opus-4-1", "Claude Opus 4.1 (latest)"),
    )
    assert found == {"claude-opus-4-1"}


@pytest.mark.parametrize(
    "entry",
    [
        offered("groq/llama-9-70b", "Llama 9 70B"),
        offered("openai/llama-9-70b", "Llama 9 70B"),
        routed("somebody/llama-9-70b", "Llama 9 70B", "2026-01-01"),
        routed("openrouter/auto", "Auto Router", "2026-01-01"),
        repository("TheBloke/Llama-9-70B-GGUF", "2026-01-01"),
        repository("meta-llama/Llama-9-70B-Segmenter", "2026-01-01", task="image-segmentation"),
        claim("aider", "polyglot", "Llama 9 70B"),
        listed("mistral/mistral-large-latest", "Mistral Large (latest)", "2026-01-01"),
        routed("~openai/gpt-latest", "OpenAI GPT Latest", "2026-01-01"),
        recorded("Secret-70B", "OpenAI", "2025-01-01", "Unreleased"),
        recorded("Folding-1", "Some University", "2025-01-01", "Open weights (unrestricted)", "Biology"),
        recorded("Old-LSTM", "Some University", "2015-01-01", "Open weights (unrestricted)"),
    ],
    ids=lambda entry: f"{entry.source} {entry.model}",
)
def test_these_never_create_a_model(entry: Claim) -> None:
    assert slugs(entry) == set()


def test_a_reviewed_name_is_the_model_that_others_state_by_a_size_with_a_point() -> None:
    stated = recorded("GPT-2 (1.5B)", "OpenAI", "2019-02-14", "Open weights (unrestricted)")
    found = build(
        [stated, repository("openai-community/gpt2-xl", "2022-03-02")], load_aliases(), corrections=()
    )
    models = {model.slug: model.hub_repositories for model in found.models.values()}
    assert models == {"gpt-2-1-5b": ("openai-community/gpt2-xl",)}


def test_sizes_written_with_a_letter_for_the_point_stay_apart() -> None:
    small, large = (
        repository("bigscience/bloom-1b7", "2022-05-19"),
        repository("bigscience/bloom-7b1", "2022-05-19"),
    )
    assert slugs(small, large) == {"bloom-1-7b", "bloom-7-1b"}


def test_a_developers_own_provider_creates_models_of_its_own_lines_only() -> None:
    assert slugs(offered("xai/grok-9", "Grok 9")) == {"grok-9"}
    assert slugs(offered("alibaba/deepseek-v9", "DeepSeek V9")) == set()


def test_a_quantised_repository_of_the_developer_is_its_model() -> None:
    found = slugs(
        repository("Qwen/Qwen9-8B", "2026-01-01", task="text-generation"),
        repository("Qwen/Qwen9-8B-GPTQ-Int4", "2026-01-05", task="text-generation"),
        repository("Qwen/Qwen9-8B-FP8", "2026-01-05", task="text-generation"),
        repository("Qwen/Qwen9-8B-Base", "2026-01-05", task="text-generation"),
    )
    assert found == {"qwen9-8b"}


def test_an_empty_organisation_is_told_by_the_product_line() -> None:
    catalogue = build([scored("Qwen9-14B", None, "2026-01-01", "")], load_aliases())
    assert catalogue.models["qwen9-14b"].organization == "alibaba"


def test_an_organisation_nobody_reviewed_keeps_its_own_name() -> None:
    entry = recorded("Yulan-9", "Renmin University of China", "2025-01-01", "Open weights (unrestricted)")
    catalogue = build([entry], load_aliases())
    (model,) = catalogue.models.values()
    assert catalogue.organizations[model.organization].name == "Renmin University of China"


def test_the_id_counts_where_only_it_begins_like_a_product_line() -> None:
    assert slugs(routed("deepseek/deepseek-r1", "DeepSeek: R1", "2025-01-20")) == {"deepseek-r1"}
    assert slugs(listed("google/gemini-2.5-flash-image", "Nano Banana", "2025-08-26")) == {
        "gemini-2-5-flash-image"
    }


def test_gpt_4_has_two_checkpoints_of_2023_with_their_own_dates() -> None:
    catalogue = world()
    released = {item.slug: item.released for item in catalogue.snapshots_of("gpt-4")}
    assert released == {
        "gpt-4-2023-03-14": date(2023, 3, 15),
        "gpt-4-2023-06-13": date(2023, 6, 13),
    }
    assert catalogue.models["gpt-4"].released == date(2023, 3, 15)


def test_a_month_and_a_day_of_one_checkpoint_are_one_snapshot() -> None:
    catalogue = world()
    assert [item.stamp for item in catalogue.snapshots_of("gpt-4o")] == ["2024-08-06"]
    assert catalogue.names["epoch", "GPT-4o (Aug 2024)"] == Target("gpt-4o", "gpt-4o-2024-08-06")


def test_a_date_column_that_repeats_the_models_release_does_not_date_its_checkpoint() -> None:
    assert world().snapshots["gpt-4o-2024-08-06"].released == date(2024, 8, 6)


def test_a_checkpoint_is_never_out_before_its_model() -> None:
    catalogue = world(
        scored("Claude Opus 4.5", "Anthropic", "2025-11-24"),
        listed("anthropic/claude-opus-4-5-20251101", "Claude Opus 4.5", "2025-11-01"),
    )
    assert catalogue.snapshots["claude-opus-4-5-2025-11-01"].released == date(2025, 11, 24)


def test_first_release_and_undated_name_share_one_checkpoint_key() -> None:
    catalogue = world(listed("openai/gpt-5-2025-08-07", "GPT-5 (2025-08-07)", "2025-08-07"))
    assert catalogue.checkpoint("gpt-5", "gpt-5-2025-08-07") == catalogue.checkpoint("gpt-5", None) == "gpt-5"
    assert catalogue.checkpoint("gpt-4", "gpt-4-2023-06-13") == "gpt-4-2023-06-13"


def test_an_undated_display_name_is_the_model_and_not_the_checkpoint_of_its_id() -> None:
    catalogue = world()
    assert catalogue.names["models-dev", "Claude Opus 4.1"] == Target("claude-opus-4-1")
    dated = catalogue.names["models-dev", "anthropic/claude-opus-4-1-20250805"]
    assert dated.snapshot == "claude-opus-4-1-2025-08-05"


def test_two_organisations_with_one_name_are_told_apart_by_their_slugs() -> None:
    assert slugs(
        recorded("Aurora 7B", "First Lab", "2025-01-01", "Open weights (unrestricted)"),
        recorded("Aurora 7B", "Second Lab", "2025-01-01", "Open weights (unrestricted)"),
    ) == {"first-lab-aurora-7b", "second-lab-aurora-7b"}


def test_thinking_of_a_model_that_thinks_on_demand_is_a_variant() -> None:
    assert world().names["openrouter", "anthropic/claude-3.7-sonnet:thinking"].variant == "thinking"


def test_the_newest_statement_of_a_source_counts() -> None:
    older = datetime(2025, 1, 1, tzinfo=UTC)
    catalogue = build(
        [
            scored("Grok 9", "xAI", "2026-01-02"),
            scored("Grok 9", "xAI", "2025-12-20", "Open weights (unrestricted)", observed_at=older),
        ],
        load_aliases(),
    )
    assert catalogue.models["grok-9"].released == date(2026, 1, 2)
    assert catalogue.models["grok-9"].access is Access.CLOSED


def test_a_listing_date_counts_only_where_nothing_better_is_stated() -> None:
    entry = routed("x-ai/grok-9", "xAI: Grok 9", "2025-12-20")
    alone = build([entry], load_aliases()).models["grok-9"]
    beside = build([entry, scored("Grok 9", "xAI", "2026-01-02")], load_aliases()).models["grok-9"]
    assert (alone.released, alone.released_kind) == (date(2025, 12, 20), DateKind.LISTING)
    assert (beside.released, beside.released_kind) == (date(2026, 1, 2), DateKind.ANNOUNCED)


def test_a_release_months_before_the_date_in_the_name_is_not_believed() -> None:
    catalogue = build(
        [
            listed("mistral/mistral-huge-2512", "Mistral Huge 2512", "2024-11-01"),
            routed("mistralai/mistral-huge-2512", "Mistral Huge 2512", "2025-12-01"),
        ],
        load_aliases(),
        corrections=(),
    )
    model = catalogue.models["mistral-huge"]
    assert model.released == date(2025, 12, 1)


def test_every_name_a_source_uses_is_kept() -> None:
    names = world().models["gpt-5"].known_as
    assert ("epoch", "GPT-5") in names
    assert ("models-dev", "openai/gpt-5") in names


def test_a_model_says_where_its_facts_come_from() -> None:
    model = world().models["deepseek-r1"]
    assert (model.access, model.access_source) == (Access.OPEN, "huggingface")
    assert (model.tier, model.licence) == (Tier.OSI, "MIT")
    assert (model.released_source, model.released_precision) == ("epoch", Precision.DAY)


def test_facts_that_disagree_are_listed() -> None:
    catalogue = world(listed("deepseek/deepseek-v3", "DeepSeek V3", "2025-03-24", open_weights=False))
    conflicts = " ".join(catalogue.models["deepseek-v3"].conflicts)
    assert "2025-03-24 (models-dev" in conflicts
    assert "graded open, but models.dev's" in conflicts


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(WORLD))
def test_the_order_of_claims_does_not_matter(claims: list[Claim]) -> None:
    assert build(claims, load_aliases()) == build(WORLD, load_aliases())


def test_a_claim_twice_is_a_claim_once() -> None:
    assert build([*WORLD, *WORLD], load_aliases()) == build(WORLD, load_aliases())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORLD), max_size=12))
def test_any_part_of_the_world_makes_a_sound_catalogue(claims: list[Claim]) -> None:
    catalogue = build(claims, load_aliases())
    for snapshot in catalogue.snapshots.values():
        assert snapshot.model in catalogue.models
    for model in catalogue.models.values():
        assert model.organization in catalogue.organizations
        assert model.family is None or model.family in catalogue.families
    for target in catalogue.names.values():
        assert target.model in catalogue.models
        assert target.snapshot is None or target.snapshot in catalogue.snapshots


@settings(max_examples=60, deadline=None)
@given(st.text(), st.text(), st.sampled_from(["epoch", "models-dev", "openrouter", "huggingface"]))
def test_no_name_makes_the_build_fail(model: str, name: str, source: str) -> None:
    entry = claim(source, "eci_scores" if source == "epoch" else "models", model, name, organization="OpenAI")
    build([entry], Aliases())
