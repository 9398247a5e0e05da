import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_catalog.normalise.aliases import Aliases, Mode, Separate
from models_catalog.normalise.names import read_name, without_suffix, without_variant
from models_catalog.normalise.organizations import organizations
from models_catalog.normalise.stems import Stems

THINKING = frozenset({"thinking"})


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("GPT-4.1", "gpt-4-1"),
        ("GPT-4.1", "gpt 4.1"),
        ("Claude 3.5 Sonnet", "claude-3-5-sonnet"),
        ("Qwen2.5-72B", "qwen 2.5 72b"),
        ("Llama-3_1-Nemotron", "llama-3.1-nemotron"),
        ("Qwen-1_8B", "qwen-1.8b"),
        ("glm-4p7", "GLM-4.7"),
        ("Command R+", "command-r-plus"),
        ("amazon.nova-pro-v1:0", "Amazon Nova Pro"),
        ("GPT‑5", "GPT-5"),
        ("Ｇemini 3 Pro", "gemini 3 pro"),
    ],
)
def test_two_spellings_of_one_name_share_a_key(left: str, right: str) -> None:
    assert read_name(left).key == read_name(right).key


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("LLaMA-33B", "Llama 3-3B"),
        ("gpt-4.1", "gpt-41"),
        ("Grok 4.20", "Grok 420"),
        ("Command R", "Command R+"),
    ],
)
def test_digits_that_stand_apart_stay_apart(left: str, right: str) -> None:
    assert read_name(left).key != read_name(right).key


def test_the_path_in_front_of_a_name_is_its_owners() -> None:
    name = read_name("accounts/fireworks/models/glm-4p7")
    assert (name.owners, name.key) == (("accounts", "fireworks", "models"), "glm4.7")


def test_a_vendor_label_is_no_part_of_the_name() -> None:
    name = read_name("OpenAI: GPT-5")
    assert (name.vendor, name.key) == ("openai", "gpt5")


@pytest.mark.parametrize("text", ["mistral-large-latest", "~openai/gpt-latest", "Claude Opus 4.1 (latest)"])
def test_latest_makes_a_moving_name(text: str) -> None:
    assert read_name(text).moving


def test_latest_with_a_date_does_not_move() -> None:
    assert not read_name("chatgpt-4o-latest (2025-02-15)").moving


@pytest.mark.parametrize("text", ["DeepSeek R1 + claude-3-5-sonnet", "o3 (high) + gpt-4.1"])
def test_two_models_in_one_name_are_several(text: str) -> None:
    assert read_name(text).several


def test_command_r_plus_is_one_model() -> None:
    assert not read_name("Command R+ (08-24)").several


@pytest.mark.parametrize(
    ("text", "key", "variant"),
    [
        ("gpt-5 (high)", "gpt5", {"high"}),
        ("gpt-5-2025-08-07_minimal", "gpt5", {"minimal"}),
        ("glm-5.2_max", "glm5.2", {"max"}),
        ("o3-mini (medium)", "o3mini", {"medium"}),
        ("claude-opus-4-20250514_32K", "claudeopus4", {"32k"}),
        (
            "claude-3-7-sonnet-20250219 (32k thinking tokens)",
            "claude3.7sonnet",
            {"32k", "thinking", "tokens"},
        ),
        (
            "Qwen3 235B A22B diff, no think, Alibaba API",
            "qwen3.235ba22b",
            {"diff", "no think", "alibaba api"},
        ),
        ("Qwen3-8B-FP8", "qwen3.8b", {"fp8"}),
    ],
)
def test_words_about_running_a_model_become_its_variant(text: str, key: str, variant: set[str]) -> None:
    shorter = without_variant(read_name(text), THINKING)
    assert (shorter.key, set(shorter.variant)) == (key, variant)


@pytest.mark.parametrize(
    "text", ["mistral-medium", "qwen-max", "Kimi K2 Thinking", "gpt-5.1-codex-max", "grok-4-fast"]
)
def test_words_that_name_a_model_stay(text: str) -> None:
    name = read_name(text)
    assert without_variant(name).key == name.key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Llama-2-70b-chat-hf", "llama2.70b"),
        ("Qwen2.5 Instruct (72B)", "qwen2.5.72b"),
        ("Gemini 3 Pro Preview", "gemini3pro"),
        ("gemma-3-27b-it", "gemma3.27b"),
        ("Phi-3-mini-128k-instruct", "phi3mini"),
    ],
)
def test_words_about_packing_a_release_come_off(text: str, key: str) -> None:
    assert without_suffix(without_variant(read_name(text))).key == key


@pytest.mark.parametrize("text", ["gpt-5-chat", "grok-4-fast-chat", "deepseek-chat"])
def test_chat_is_part_of_a_name_without_a_size(text: str) -> None:
    name = read_name(text)
    assert without_suffix(name).key == name.key


def test_a_separate_name_is_never_shortened() -> None:
    aliases = Aliases.of([], [Separate("o1-preview", "a model of its own")])
    stems = Stems(aliases, organizations())
    assert stems.of("o1-preview (high)").no_suffix.key == "o1preview"
    assert stems.of("o2-preview (high)").no_suffix.key == "o2"


def test_a_mode_comes_off_only_the_models_it_was_reviewed_for() -> None:
    aliases = Aliases.of([], [], [Mode(frozenset({"thinking"}), ("claude",))])
    stems = Stems(aliases, organizations())
    assert stems.of("claude-opus-4-thinking").no_suffix.key == "claudeopus4"
    assert stems.of("kimi-k2-thinking").no_suffix.key == "kimik2thinking"


def test_an_organisation_in_front_comes_off_and_is_remembered() -> None:
    stem = Stems(Aliases(), organizations()).of("Anthropicclaude-opus-4-6")
    assert stem.owner.developer is None  # glued words are not guessed apart
    stem = Stems(Aliases(), organizations()).of("anthropic--claude-4-opus")
    assert (stem.whole.key, stem.owner.developer) == ("claude4opus", "anthropic")


@given(st.text())
def test_no_text_makes_the_reader_fail(text: str) -> None:
    name = read_name(text)
    shorter = without_suffix(without_variant(name))
    assert len(shorter.words) <= len(name.words)
    assert bool(shorter.words) == bool(name.words)


@given(st.lists(st.sampled_from(["gpt", "4", "70b", "pro", "v3.2", "mini"]), min_size=1, max_size=5))
def test_separators_and_case_never_count(words: list[str]) -> None:
    assert read_name("-".join(words)).key == read_name(" ".join(words).upper()).key
