"""Readers can tell any two models apart by the name they see, and what a name means is not changed by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

from models_catalog.normalise.aliases import Aliases, load_aliases
from models_catalog.normalise.catalogue import build
from models_catalog.normalise.curated import curated_models
from models_catalog.normalise.records import Claim
from models_catalog.normalise.resolver import Resolver
from models_catalog.normalise.shown import looks, sharing, titles
from models_catalog.vocabulary import Rung
from tests.normalise.claims import listed, repository, routed, scored

CODESTRALS = (
    scored("Codestral", "Mistral AI", "2024-05-29", "Open weights (non-commercial)"),
    routed("mistralai/codestral-2501", "Mistral: Codestral 2501", "2025-01-14"),
    routed("mistralai/codestral-2508", "Mistral: Codestral 2508", "2025-08-01"),
)


def shown(*claims: Claim) -> dict[str, str]:
    models = build(claims, load_aliases(), corrections=()).models
    return {slug: model.shown for slug, model in models.items()}


def twice(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(map(looks, names)).items() if times > 1]


def test_models_of_one_name_are_shown_by_their_version_as_their_maker_does() -> None:
    assert shown(*CODESTRALS) == {
        "codestral": "Codestral 22B v0.1",
        "codestral-25-01": "Codestral 25.01",
        "codestral-25-08": "Codestral 25.08",
    }


def test_a_name_several_have_still_means_none_of_them() -> None:
    aliases = load_aliases()
    resolver = Resolver(build(CODESTRALS[1:], aliases, corrections=()), aliases)
    assert resolver.resolve("Codestral").rung is Rung.UNRESOLVED
    assert resolver.resolve("Codestral 25.08").model == "codestral-25-08"


def test_of_two_organisations_models_of_one_name_each_carries_its_slug() -> None:
    heron = (scored("Heron-7B", "Tidewater", "2025-01-01"), scored("heron 7b", "Riverbank", "2025-02-01"))
    assert shown(*heron) == {
        "tidewater-heron-7b": "Heron-7B (tidewater-heron-7b)",
        "riverbank-heron-7b": "heron 7b (riverbank-heron-7b)",
    }


def test_beside_a_listed_model_a_repository_is_shown_with_its_owner() -> None:
    own = repository("somebody/phi-4", "2025-01-08", base_model="microsoft/phi-4", base_relation="finetune")
    assert shown(listed("microsoft/phi-4", "Phi-4", "2024-12-12"), own) == {
        "phi-4": "Phi-4",
        "somebody-phi-4": "somebody/phi-4",
    }


def test_a_name_in_small_letters_is_spelt_as_the_makers_own_repository_spells_it() -> None:
    host = scored("glm-4p5-air", "Z.ai", "2025-07-28", "Open weights (unrestricted)")
    own = repository("zai-org/GLM-4.5-Air", "2025-07-28")
    assert shown(host, own) == {"glm-4-5-air": "GLM-4.5-Air"}
    small = repository("openai/gpt-oss-20b", "2025-08-05")
    assert shown(small) == {"gpt-oss-20b": "gpt-oss-20b"}


def test_no_two_reviewed_models_are_shown_under_one_name() -> None:
    renamed = {row.model for row in titles().values()}
    catalogue = build([claim for entry in curated_models() for claim in entry.claims()], Aliases.of(()))
    others = [model.name for slug, model in catalogue.models.items() if slug not in renamed]
    assert twice([*others, *(row.name for row in titles().values())]) == []


def test_every_title_is_cited_and_says_more_than_the_shared_name() -> None:
    for row in titles().values():
        assert row.cite.startswith("https://"), row.model
        assert looks(row.name) != looks(row.shared), row.model
        assert row.model in sharing(row.shared)


@pytest.mark.parametrize("name", ["Codestral", "codestral", "CODESTRAL "])
def test_the_shared_name_is_known_however_it_is_written(name: str) -> None:
    assert {"codestral", "codestral-25-01", "codestral-25-08"} == sharing(name)
