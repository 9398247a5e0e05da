"""Repositories outside the developers' own: a copy belongs to its base, a fine-tune is a model of its own."""

from __future__ import annotations

from datetime import date
from typing import Any

from models_catalog.normalise.aliases import Alias, Aliases, load_aliases
from models_catalog.normalise.records import Claim
from models_catalog.normalise.resolver import Resolver
from models_catalog.vocabulary import Access, DateKind, Rung, Tier
from tests.normalise.claims import claim, repository, scored, world

DAY = date(2026, 11, 30)
LLAMA = (
    scored("Llama 3-8B", "Meta AI", "2024-04-18", "Open weights (restricted use)"),
    repository("meta-llama/Meta-Llama-3-8B", "2024-04-17", "llama3", task="text-generation"),
)


def ranked(model: str, date: str = "2024-06-01", **facts: Any) -> Claim:
    """A row of the Open LLM Leaderboard."""
    stated = {"date": date, "date_kind": DateKind.LISTING, "hub_repository": model, "licence": "apache-2.0"}
    return claim("open-llm-leaderboard", "archive", model, **(stated | facts))


def resolver(*more: Claim) -> Resolver:
    return Resolver(world(*LLAMA, *more), load_aliases())


def test_a_fine_tune_by_a_third_party_is_its_own_unlisted_model() -> None:
    tuned = resolver(ranked("alice/Llama-3-8B-Poems", base_model="meta-llama/Meta-Llama-3-8B"))
    found = tuned.resolve("alice/Llama-3-8B-Poems", source="open-llm-leaderboard")
    assert (found.model, found.organization, found.rung) == ("alice-llama-3-8b-poems", "alice", Rung.EXACT)
    model = tuned.catalogue.models["alice-llama-3-8b-poems"]
    assert not model.listed
    assert (model.access, model.tier) == (Access.OPEN, Tier.OSI)
    assert model.base_model == "meta-llama/Meta-Llama-3-8B"


def test_a_third_partys_copy_under_the_bases_name_takes_no_name_from_the_model() -> None:
    copied = resolver(ranked("bob/Llama-3-8B"))
    assert copied.resolve("bob/Llama-3-8B").model == "bob-llama-3-8b"
    assert copied.resolve("Llama 3 8B").model == "llama-3-8b"
    assert copied.resolve("alice/Llama-3-8B").model is None


def test_a_quantised_copy_belongs_to_the_model_it_declares() -> None:
    packed = repository(
        "carol/some-name-GGUF",
        "2024-05-01",
        base_model="meta-llama/Meta-Llama-3-8B",
        base_relation="quantized",
    )
    found = resolver(packed).resolve("carol/some-name-GGUF", source="huggingface")
    assert (found.model, found.variant) == ("llama-3-8b", "quantized")
    assert resolver(packed).resolve("some-name-GGUF").model is None


def test_a_quantised_copy_of_a_fine_tune_belongs_to_the_fine_tune() -> None:
    tuned = ranked("alice/Llama-3-8B-Poems")
    packed = repository(
        "carol/Poems-AWQ", "2024-07-01", base_model="alice/Llama-3-8B-Poems", base_relation="quantized"
    )
    assert resolver(tuned, packed).resolve("carol/Poems-AWQ").model == "alice-llama-3-8b-poems"


def test_a_repository_that_declares_nothing_waits() -> None:
    silent = repository("carol/Llama-3-8B-GGUF", "2024-05-01")
    assert resolver(silent).resolve("carol/Llama-3-8B-GGUF").model is None


def test_copies_of_a_repository_that_no_list_has_shown_meet_under_its_name() -> None:
    copies = [
        repository(f"{owner}/x-{kind}", "2024-05-01", base_model="nobody/X", base_relation="quantized")
        for owner, kind in (("carol", "GGUF"), ("dave", "AWQ"))
    ]
    found = resolver(*copies)
    assert {found.resolve(copy.name).model for copy in copies} == {"nobody-x"}
    model = found.catalogue.models["nobody-x"]
    assert (model.listed, model.access, model.released) == (False, Access.UNKNOWN, None)
    assert (model.hub_repositories, model.known_as) == ((), ())


def test_a_copy_of_what_is_not_known_in_a_developers_own_namespace_waits() -> None:
    copied = repository("carol/x-GGUF", "2024-05-01", base_model="meta-llama/x", base_relation="quantized")
    assert resolver(copied).resolve("carol/x-GGUF").model is None


def test_a_copy_of_a_copy_that_declares_nothing_waits_with_it() -> None:
    silent = repository("carol/Llama-3-8B-fp16", "2024-05-01")
    copied = repository(
        "dave/x-GGUF", "2024-05-01", base_model="carol/Llama-3-8B-fp16", base_relation="quantized"
    )
    assert resolver(silent, copied).resolve("dave/x-GGUF").model is None


def test_base_and_instruct_of_the_developer_are_one_model() -> None:
    both = resolver(ranked("meta-llama/Meta-Llama-3-8B"), ranked("meta-llama/Meta-Llama-3-8B-Instruct"))
    assert {
        both.resolve(name).model
        for name in ("meta-llama/Meta-Llama-3-8B", "meta-llama/Meta-Llama-3-8B-Instruct")
    } == {"llama-3-8b"}
    assert not any("instruct" in slug for slug in both.catalogue.models if slug.startswith("llama-3-8b"))


def test_a_known_lab_that_copies_anothers_weights_makes_no_second_model_of_that_name() -> None:
    copied = resolver(ranked("NousResearch/Meta-Llama-3-8B"))
    found = copied.resolve("NousResearch/Meta-Llama-3-8B")
    assert (found.model, found.organization) == ("nousresearch-meta-llama-3-8b", "nous-research")
    assert not copied.catalogue.models[str(found.model)].listed
    assert copied.resolve("Llama 3 8B").model == "llama-3-8b"


def test_owners_that_are_called_like_a_lab_are_not_that_lab() -> None:
    namesake = resolver(ranked("OpenAI-org/tiny"), ranked("mistral/tiny"))
    assert namesake.resolve("mistral/tiny").organization == "hub-mistral"


def test_a_third_partys_name_alone_tells_nothing_whatever_it_begins_with() -> None:
    """A copy and a fine-tune may be called alike; "OpenAI-GPT-4o" of somebody holds no GPT-4o."""
    known = resolver(scored("Codestral", "Mistral AI", "2024-05-29", "Open weights (non-commercial)"))
    for name in ("eve/Meta-Llama-3-8B-Instruct", "eve/OpenAI-GPT-4o", "eve/Codestral-22B-v0.1"):
        for source in ("huggingface", "open-llm-leaderboard"):
            assert known.resolve(name, source=source).model is None, name
    assert known.resolve("mistralai/Codestral-22B-v0.1", source="huggingface").model == "codestral"


def test_a_fine_tune_under_a_reviewed_name_is_its_own_model() -> None:
    tuned = repository(
        "eve/Codestral-22B-v0.1",
        "2024-07-01",
        base_model="mistralai/Codestral-22B-v0.1",
        base_relation="finetune",
    )
    known = scored("Codestral", "Mistral AI", "2024-05-29", "Open weights (non-commercial)")
    found = resolver(known, tuned).resolve("eve/Codestral-22B-v0.1", source="huggingface")
    assert (found.model, found.organization) == ("eve-codestral-22b-v0-1", "eve")


def test_a_copy_of_somebodys_longer_model_is_no_copy_of_the_shorter_one() -> None:
    copied = repository(
        "carol/openchat_3.5-16k-GGUF",
        "2023-11-01",
        base_model="NurtureAI/openchat_3.5-16k",
        base_relation="quantized",
    )
    original = scored("OpenChat-3.5-7B", "Tsinghua University", "2023-11-01", "Open weights (unrestricted)")
    found = resolver(original, copied).resolve("carol/openchat_3.5-16k-GGUF", source="huggingface")
    assert found.model == "nurtureai-openchat-3-5-16k"


def test_a_reviewed_repository_is_the_model_and_its_copies_belong_to_it() -> None:
    original = scored("OpenChat-3.5-7B", "Tsinghua University", "2023-11-01", "Open weights (unrestricted)")
    copied = repository(
        "carol/x-GGUF", "2024-02-01", base_model="openchat/openchat-3.5-0106", base_relation="quantized"
    )
    known = resolver(original, ranked("openchat/openchat-3.5-0106"), copied)
    for name, source in (
        ("openchat/openchat-3.5-0106", "open-llm-leaderboard"),
        ("carol/x-GGUF", "huggingface"),
    ):
        assert known.resolve(name, source=source).model == "openchat-3-5-7b"
    assert "openchat-openchat-3-5-0106" not in known.catalogue.models


def test_a_review_of_one_repository_says_nothing_of_its_namesakes() -> None:
    aliases = Aliases.of(
        [Alias("carol/Llama-3-8B-GGUF", "llama-3-8b#gguf", "her card", DAY, source="huggingface")]
    )
    known = Resolver(world(*LLAMA, aliases=aliases), aliases)
    assert known.resolve("carol/Llama-3-8B-GGUF", source="huggingface").model == "llama-3-8b"
    assert known.resolve("carol/Llama-3-8B-GGUF", source="open-llm-leaderboard").model == "llama-3-8b"
    assert known.resolve("dave/Llama-3-8B-GGUF", source="huggingface").model is None
