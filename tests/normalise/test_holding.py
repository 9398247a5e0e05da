"""A repository on the Hub counts for one model only."""

from __future__ import annotations

from models_catalog.normalise.aliases import load_aliases
from models_catalog.normalise.catalogue import build
from models_catalog.normalise.records import Catalogue, Claim
from tests.normalise.claims import listed, recorded, repository, routed, scored

HERON = "Open weights (unrestricted)"


def made(*claims: Claim) -> Catalogue:
    return build(claims, load_aliases(), corrections=())


def held(*claims: Claim) -> dict[str, tuple[str, ...]]:
    return {slug: model.hub_repositories for slug, model in made(*claims).models.items()}


def test_of_two_models_a_repository_is_the_one_whose_name_it_bears() -> None:
    own = repository("Qwen/Qwen9-7B-Instruct", "2030-01-01", task="text-generation")
    other = listed(
        "alibaba/qwen9-flash", "Qwen9 Flash", "2029-01-01", hub_repository="Qwen/Qwen9-7B-Instruct"
    )
    assert held(own, other) == {"qwen9-7b": ("Qwen/Qwen9-7B-Instruct",), "qwen9-flash": ()}


def test_else_it_is_the_one_that_came_out_first_and_makes_no_third() -> None:
    first = recorded("Heron-7B", "Tidewater", "2025-01-01", HERON, hub_repository="tide/heron")
    second = recorded("Heron-7B-2", "Tidewater", "2025-06-01", HERON, hub_repository="tide/Heron")
    copy = repository("thief/heron-GGUF", "2025-07-01", base_model="tide/heron", base_relation="quantized")
    found = made(second, first, copy)
    assert {slug: model.hub_repositories for slug, model in found.models.items()} == {
        "heron-7b": ("tide/heron",),
        "heron-7b-2": (),
    }
    assert found.names["huggingface", "thief/heron-GGUF"].model == "heron-7b"


def test_two_spellings_are_one_repository() -> None:
    one = listed("minimax/MiniMax-M9", "MiniMax-M9", "2026-06-01", hub_repository="MiniMaxAI/MiniMax-M9")
    two = routed(
        "minimax/minimax-m9", "MiniMax: MiniMax M9", "2026-05-31", hub_repository="MiniMaxAI/Minimax-M9"
    )
    assert held(one, two) == {"minimax-m9": ("MiniMaxAI/MiniMax-M9",)}


def test_copies_of_a_reviewed_repository_belong_to_its_model() -> None:
    amber = scored("Amber", "LLM360", "2023-12-11", HERON)
    copy = repository(
        "TheBloke/Amber-GGUF", "2023-12-20", base_model="LLM360/Amber", base_relation="quantized"
    )
    found = made(amber, copy)
    assert set(found.models) == {"amber"}
    assert found.names["huggingface", "TheBloke/Amber-GGUF"].model == "amber"
