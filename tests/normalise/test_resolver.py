from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models_catalog.normalise.aliases import Alias, load_aliases
from models_catalog.normalise.subjects import resolve_subject
from models_catalog.vocabulary import Rung
from tests.normalise.claims import offered, recorded, resolver, routed, scored

KNOWN = resolver()
NAMES = (
    "gpt-5",
    "GPT-5 (high)",
    "openai/gpt-5-2025-08-07",
    "gpt-4-0613",
    "claude-4-1-opus-20250805-base",
    "Gemini Pro",
    "DeepSeek R1 + claude-3-5-sonnet-20241022",
    "Quasar Alpha",
    "glm-4p7",
    "unheard-of-9b",
)


@pytest.mark.parametrize(
    ("name", "rung", "model"),
    [
        ("gpt-4-0613", Rung.ALIAS, "gpt-4"),
        ("GPT-5", Rung.EXACT, "gpt-5"),
        ("gpt-5", Rung.EXACT, "gpt-5"),
        ("GPT 5", Rung.NORMALISED, "gpt-5"),
        ("accounts/fireworks/models/glm-4p7", Rung.NORMALISED, "glm-4-7"),
        ("gpt 5 (xhigh)", Rung.VARIANT, "gpt-5"),
        ("llama-3-70b-instruct", Rung.SUFFIX, "llama-3-70b"),
        ("Claude Sonnet 3.5", Rung.TOKENS, "claude-3-5-sonnet"),
        ("claude-4-1-opus-20250805-thinking-32k", Rung.TOKENS, "claude-opus-4-1"),
        ("gpt-5-2025-08-07_high", Rung.FAMILY, "gpt-5"),
        ("unheard-of-9b", Rung.UNRESOLVED, None),
    ],
)
def test_every_rung_decides_what_it_is_for(name: str, rung: Rung, model: str | None) -> None:
    found = KNOWN.resolve(name)
    assert (found.rung, found.model) == (rung, model)


def test_a_resolution_names_organisation_family_snapshot_and_variant() -> None:
    found = KNOWN.resolve("claude-4-1-opus-20250805-thinking-32k")
    assert (found.organization, found.family) == ("anthropic", "claude")
    assert (found.snapshot, found.variant) == ("claude-opus-4-1-2025-08-05", "32k thinking")


def test_gemini_pro_is_the_first_one_and_never_the_latest() -> None:
    known = resolver(offered("google/gemini-pro-latest", "Gemini Pro Latest"))
    assert known.resolve("Gemini Pro").model == "gemini-1-0-pro"
    assert known.resolve("gemini-pro-latest").model is None


def test_command_r_plus_without_a_date_is_not_its_later_checkpoint() -> None:
    found = KNOWN.resolve("command-r-plus")
    assert (found.model, found.snapshot) == ("command-r-plus", None)
    assert KNOWN.resolve("command-r-plus-08-2024").snapshot == "command-r-plus-2024-08"


def test_the_three_experimental_geminis_stay_three() -> None:
    known = resolver(recorded("Gemini-Exp-1114", "Google DeepMind", "2024-11-14", "API access"))
    snapshots = {known.resolve(f"gemini-exp-{stamp}").snapshot for stamp in ("1114", "1121", "1206")}
    assert snapshots == {"gemini-exp-2024-11-14", "gemini-exp-2024-11-21", "gemini-exp-2024-12-06"}


def test_grok_4_fast_chat_is_not_grok_4() -> None:
    known = resolver(scored("Grok 4 Fast", "xAI", "2025-09-19"))
    assert known.resolve("grok-4-fast-chat").model is None


@pytest.mark.parametrize("name", ["dracarys2", "Dracarys2-72B-Instruct", "dracarys2-72b-instruct"])
def test_dracarys2_is_not_dracarys(name: str) -> None:
    assert KNOWN.resolve("Dracarys-72B-Instruct").model == "dracarys-72b"
    assert KNOWN.resolve(name).model is None


def test_mistral_small_2501_is_mistral_small_3_and_no_hosts_small() -> None:
    known = resolver(offered("someone/mistral-small-2501", "Small"))
    assert known.resolve("mistral-small-2501").model == "mistral-small-3"
    assert known.resolve("mistral-small").model == "mistral-small"
    assert known.resolve("mistral-small-2303").model is None


@pytest.mark.parametrize(
    "name",
    [
        "DeepSeek R1 + claude-3-5-sonnet-20241022",
        "o3 (high) + gpt-4.1",
        "Quasar Alpha",
        "openrouter/owl-alpha",
        "openrouter/auto",
        "~openai/gpt-latest",
        "deepseek-chat",
        "",
        "   ",
        "🙂",
    ],
)
def test_pairs_routers_stealth_and_moving_names_stay_unresolved(name: str) -> None:
    assert KNOWN.resolve(name).rung is Rung.UNRESOLVED


def test_a_free_text_run_of_one_model_is_that_model() -> None:
    found = KNOWN.resolve("Qwen3 235B A22B diff, no think, Alibaba API")
    assert (found.model, found.variant) == ("qwen3-235b-a22b", "alibaba api diff no think")


def test_o1_preview_is_never_shortened_to_o1() -> None:
    assert KNOWN.resolve("o1-preview (high)").model == "o1-preview"
    assert KNOWN.resolve("gpt-5-preview").model == "gpt-5"


def test_thinking_is_part_of_a_name_where_it_names_other_weights() -> None:
    known = resolver(scored("Kimi K2 (Jul 2025)", "Moonshot", "2025-07-11", "Open weights (restricted use)"))
    assert known.resolve("kimi-k2-thinking").model == "kimi-k2-thinking"
    assert resolver().resolve("Kimi K2 Thinking").model == "kimi-k2-thinking"


def test_a_date_nobody_knows_is_no_guess_at_the_model() -> None:
    found = KNOWN.resolve("gpt-4o-2026-01-01")
    assert found.model is None
    assert found.suggestions[0].slug == "gpt-4o"


def test_a_namespace_nobody_reviewed_owns_nothing_of_others() -> None:
    assert KNOWN.resolve("TheBloke/Llama-3-70B").model is None
    assert KNOWN.resolve("meta-llama/Llama-3-70B").model == "llama-3-70b"
    assert KNOWN.resolve("groq/llama-3-70b").model == "llama-3-70b"


def test_a_stated_organisation_limits_the_candidates() -> None:
    known = resolver(
        recorded("Aurora 7B", "01.AI", "2025-01-01", "Open weights (unrestricted)"),
        recorded("Aurora 7B", "Baichuan", "2025-01-01", "Open weights (unrestricted)"),
    )
    assert known.resolve("aurora-7b").model is None
    assert known.resolve("aurora-7b", organization="01.AI").model == "01-ai-aurora-7b"
    assert known.resolve("GPT-5", organization="Anthropic").rung in (Rung.EXACT, Rung.UNRESOLVED)
    assert known.resolve("gpt 5", organization="Anthropic").model is None


def test_a_providers_prefix_does_not_claim_what_it_only_serves() -> None:
    assert KNOWN.resolve("alibaba/deepseek-r1", source="models-dev").model == "deepseek-r1"
    assert KNOWN.resolve("alibaba/deepseek-r1", source="openrouter").model is None


def test_a_sources_own_id_decides_before_anything_another_source_calls_so() -> None:
    known = resolver(routed("mistralai/devstral-small", "Mistral: Devstral Small 1.1", "2025-07-10"))
    assert known.resolve("mistralai/devstral-small", source="openrouter").model == "devstral-small-1-1"


def test_the_id_of_a_subject_speaks_before_its_name() -> None:
    found = resolve_subject(KNOWN, "openrouter", "openai/gpt-5", "Something else", None)
    assert found.model == "gpt-5"
    found = resolve_subject(KNOWN, "somewhere", "row 17", "GPT-5", None)
    assert found.model == "gpt-5"


def test_an_id_that_moves_is_not_told_by_a_display_name_that_says_no_more() -> None:
    known = resolver(recorded("Codestral", "Mistral AI", "2024-05-29", "Open weights (non-commercial)"))
    moving = "codestral-latest"
    assert resolve_subject(known, "mistral", moving, "Codestral", "Mistral AI").model is None
    dated = resolve_subject(known, "mistral", "codestral-2405", "Codestral", "Mistral AI")
    assert dated.model == "codestral"


def test_the_arenas_grok_2_of_the_announcement_is_grok_2() -> None:
    known = resolver(scored("Grok-2", "xAI", "2024-08-13"), scored("Grok-2 (Dec 2024)", "xAI", "2024-12-12"))
    found = known.resolve("Grok-2-08-13", source="arena")
    assert (found.model, found.snapshot) == ("grok-2", None)
    assert known.resolve("grok-2-1212", source="arena").snapshot == "grok-2-2024-12-12"


def test_an_alias_to_what_is_not_in_the_catalogue_answers_nothing() -> None:
    aliases = load_aliases([Alias("unheard-of-9b", "gpt-77", "a model of the future", date(2026, 11, 24))])
    assert resolver(aliases=aliases).resolve("unheard-of-9b").model is None


def test_suggestions_are_reasoned_and_never_an_answer() -> None:
    found = KNOWN.resolve("claude-3-5-sonett")
    assert found.model is None
    assert found.suggestions[0].slug == "claude-3-5-sonnet"
    assert found.suggestions[0].score >= 70
    assert "words shared" in found.suggestions[0].reason


@pytest.mark.parametrize("name", NAMES)
def test_resolving_a_resolved_slug_gives_itself(name: str) -> None:
    found = KNOWN.resolve(name)
    if found.model:
        again = KNOWN.resolve(found.model)
        assert (again.model, again.rung) == (found.model, Rung.EXACT)
    if found.snapshot:
        again = KNOWN.resolve(found.snapshot)
        assert (again.model, again.snapshot) == (found.model, found.snapshot)


def test_every_slug_of_the_catalogue_means_itself() -> None:
    for slug in KNOWN.catalogue.models:
        assert KNOWN.resolve(slug).model == slug
    for slug, snapshot in KNOWN.catalogue.snapshots.items():
        assert KNOWN.resolve(slug).model == snapshot.model


@pytest.mark.parametrize("name", NAMES)
def test_an_added_alias_changes_only_its_own_names(name: str) -> None:
    aliases = load_aliases([Alias("unheard-of-9b", "gpt-5", "a test", date(2026, 11, 24))])
    changed = resolver(aliases=aliases)
    if name == "unheard-of-9b":
        assert changed.resolve(name).model == "gpt-5"
    else:
        assert changed.resolve(name) == KNOWN.resolve(name)


@settings(max_examples=200, deadline=None)
@given(st.text(), st.sampled_from([None, "epoch", "openrouter", "models-dev"]), st.text() | st.none())
def test_no_name_makes_the_resolver_fail(name: str, source: str | None, organization: str | None) -> None:
    found = KNOWN.resolve(name, source=source, organization=organization)
    assert (found.model is None) == (found.rung is Rung.UNRESOLVED)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(NAMES), st.sampled_from(["", " (high)", "_32K", " [free]", ":free"]))
def test_how_a_model_was_run_never_changes_which_model_it_is(name: str, way: str) -> None:
    assert KNOWN.resolve(name + way).model == KNOWN.resolve(name).model
