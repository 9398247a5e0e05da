"""Who is heard about a model without making one: rows of Epoch AI's database, and a developer's own service."""

from __future__ import annotations

from dataclasses import replace

from models_catalog.normalise.aliases import Aliases
from models_catalog.normalise.catalogue import build
from models_catalog.normalise.records import Claim, Model
from models_catalog.vocabulary import Access, Tier
from tests.normalise.claims import claim, offered, recorded, repository, scored

NON_COMMERCIAL = "Open weights (non-commercial)"


def built(slug: str, *claims: Claim) -> Model:
    return build(claims, Aliases.of(()), corrections=()).models[slug]


def test_a_row_of_epochs_that_makes_no_model_speaks_of_the_one_it_names() -> None:
    made = repository("Qwen/Qwen-Early-7B", "2022-01-01")
    early = recorded("Qwen-Early-7B", "Somebody", "2021-08-04", NON_COMMERCIAL)
    assert built("qwen-early-7b", made).tier is Tier.UNKNOWN
    assert built("qwen-early-7b", made, early).tier is Tier.RESEARCH


def test_never_released_says_nothing_about_a_model_that_others_state() -> None:
    served = offered("xai/grok-9", "Grok 9", open_weights=False)
    unreleased = recorded("Grok 9", "xAI", "2026-01-01", "Unreleased")
    assert built("grok-9", served, unreleased).tier is Tier.CLOSED


def test_the_entry_of_the_developers_own_service_counts_and_another_hosts_does_not() -> None:
    own, host = (offered(f"{name}/grok-9", "Grok 9", open_weights=False) for name in ("xai", "vercel"))
    model = built("grok-9", own, host)
    assert (model.access, model.access_source) == (Access.CLOSED, "models-dev")
    assert "own service" in model.access_reason
    linked = repository("xai-org/grok-9", "2026-01-01")
    assert built("grok-9", linked, host).access is Access.OPEN


def test_what_was_made_from_weights_for_research_only_is_so_too_unless_its_own_licence_is_known() -> None:
    base = recorded("LLaMA-7B", "Meta AI", "2023-02-24", NON_COMMERCIAL)
    tuned = recorded(
        "Vicuna-7B", "LMSYS", "2023-03-30", "Open weights (restricted use)", base_model="LLaMA-7B"
    )
    assert built("vicuna-7b", tuned).tier is Tier.RESTRICTED
    model = built("vicuna-7b", tuned, base)
    assert model.tier is Tier.RESEARCH
    assert "LLaMA-7B" in model.tier_reason
    noted = recorded("Vicuna-7B", "LMSYS", "2023-03-30", "Open weights (unrestricted)", base_model="LLaMA-7B")
    assert built("vicuna-7b", replace(noted, licence="MIT"), base).tier is Tier.RESEARCH
    words = "Open weights (restricted use)"
    said = claim("epoch", "open_model_trends", "Vicuna-7B", access_claim=words, base_model="LLaMA-7B")
    assert built("vicuna-7b", replace(tuned, base_model=None), said, base).tier is Tier.RESEARCH
    tagged = repository("lmsys/vicuna-7b", "2023-03-30", "llama2")
    assert built("vicuna-7b", tuned, base, tagged).tier is Tier.RESTRICTED


def test_a_developers_repository_that_is_only_counted_shows_that_the_weights_are_out() -> None:
    stated = recorded("Phi-9", "Microsoft", "2026-01-01", "API access")
    copied = claim("huggingface", "llmfit", "someone/phi-9", licence="mit")
    assert built("phi-9", stated, copied).tier is Tier.CLOSED
    counted = claim("huggingface", "llmfit", "microsoft/phi-9")
    assert (built("phi-9", stated, counted).access, built("phi-9", stated, counted).tier) == (
        Access.OPEN,
        Tier.UNKNOWN,
    )
    tagged = claim("huggingface", "top_text", "microsoft/phi-9", licence="mit")
    assert built("phi-9", stated, tagged).tier is Tier.OSI


def versions(model: str, date: str) -> Claim:
    """A row of Epoch AI's file of versions, of which only the day is read."""
    return claim("epoch", "epoch_capabilities_index", model, date=date)


def test_the_days_of_epochs_versions_are_set_against_others_and_never_accepted() -> None:
    made = scored("Grok 9", "xAI", "2026-02-17")
    model = built("grok-9", made, versions("grok-9_high", "2025-04-09"))
    assert (str(model.released), model.released_source) == ("2026-02-17", "epoch")
    [found] = model.disagreements
    assert (found.stated.said, found.stated.source, found.days) == (
        "2025-04-09 (announced, index by version)",
        "epoch",
        314,
    )
    assert built("grok-9", made, versions("grok-9_high", "2026-02-20")).disagreements == ()


def test_the_day_of_a_later_checkpoint_disagrees_with_nothing() -> None:
    made = (scored("Grok 9", "xAI", "2026-02-17"), scored("Grok 9 (May 2026)", "xAI", "2026-05-20"))
    model = built("grok-9", *made, versions("grok-9-2026-05", "2026-05-20"))
    assert model.disagreements == ()


def test_epochs_versions_make_no_model() -> None:
    stated = [versions("Grok 9", "2026-02-17")]
    assert build(stated, Aliases.of(()), corrections=()).models == {}
