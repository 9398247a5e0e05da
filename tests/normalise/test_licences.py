import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_catalog.findings.openness import users_cap
from models_catalog.normalise.licences import licence_at, licence_of, licences
from models_catalog.vocabulary import Tier


@pytest.mark.parametrize(
    ("stated", "slug"),
    [
        ("apache-2.0", "apache-2.0"),
        ("Apache 2.0", "apache-2.0"),
        ("Apache License 2.0", "apache-2.0"),
        ("license:mit", "mit"),
        ("MIT", "mit"),
        ("GPL-3.0+", "gpl-3.0"),
        ("gpl-3.0-or-later", "gpl-3.0"),
        ("llama3.1", "llama3.1"),
        ("Llama 3.1 Community License", "llama3.1"),
        ("cc-by-nc-4.0", "cc-by-nc-4.0"),
        ("gemma", "gemma"),
    ],
)
def test_spellings_of_one_licence_are_one(stated: str, slug: str) -> None:
    found = licence_of(stated)
    assert found is not None
    assert found.slug == slug


@pytest.mark.parametrize(
    "stated", ["other", "unknown", "modified-mit", "Modified MIT", "", "my-own", "Apache-2.0 OR MIT"]
)
def test_a_text_that_names_no_single_known_licence_is_unknown(stated: str) -> None:
    assert licence_of(stated) is None


def test_modified_mit_is_graded_by_repository_and_never_by_name() -> None:
    k2, k3 = (
        licence_of("modified-mit", "moonshotai/Kimi-K2-Instruct"),
        licence_of("other", "moonshotai/kimi-k3"),
    )
    assert k2 is not None
    assert k3 is not None
    assert (k2.tier, k3.tier) == (Tier.PERMISSIVE, Tier.RESTRICTED)


@pytest.mark.parametrize(
    ("slug", "tier"),
    [
        ("apache-2.0", Tier.OSI),
        ("cc-by-4.0", Tier.PERMISSIVE),
        ("llama3.3", Tier.RESTRICTED),
        ("gemma", Tier.RESTRICTED),
        ("deepseek", Tier.RESTRICTED),
        ("qwen", Tier.RESTRICTED),
        ("qwen-research", Tier.RESEARCH),
        ("mrl", Tier.RESEARCH),
        ("cc-by-nc-4.0", Tier.RESEARCH),
    ],
)
def test_the_facts_of_a_licence_give_its_tier(slug: str, tier: Tier) -> None:
    found = licence_of(slug)
    assert found is not None
    assert found.tier is tier


def test_llamas_licence_has_its_cap_as_data() -> None:
    found = licence_of("llama3.1")
    assert found is not None
    assert (found.users_cap, found.osi, found.commercial) == (700_000_000, False, True)


def test_every_licence_says_why_and_where_it_was_read() -> None:
    known = set(licences().by_name.values()) | set(licences().by_repository.values())
    assert all(licence.why and licence.cite for licence in known)
    reviewed = set(licences().by_repository.values())
    assert all(licence.repositories_cite for licence in reviewed)


def test_every_model_was_read_at_the_developers_own_statement_and_never_in_a_hosts_or_leaderboards_list() -> (
    None
):
    cites = {review.cite for review in licences().by_model.values()}
    assert all(cites)
    assert not [cite for cite in cites for word in ("Arena", "Together") if word in cite]


def test_two_models_of_one_licence_have_each_where_it_was_read() -> None:
    grok, step = licences().by_model["grok-1"], licences().by_model["step-3"]
    assert grok.licence is step.licence
    assert grok.cite != step.cite


def test_only_spdx_licences_are_osi_approved() -> None:
    assert all(licence.spdx for licence in licences().by_name.values() if licence.osi)


def test_a_repository_nobody_reviewed_has_no_licence() -> None:
    assert licence_at("someone/something") is None
    assert licence_at(None) is None


@given(st.text())
def test_no_text_makes_the_reader_fail(text: str) -> None:
    licence_of(text)


def test_a_cap_is_of_the_version_and_the_time_that_its_licence_says() -> None:
    """Royalties above a million dollars were Falcon's version 1.0; Baichuan counts the users of a day."""
    falcon, baichuan = licence_of("falcon-llm-license"), licence_of("baichuan2-community-license")
    assert falcon is not None
    assert baichuan is not None
    assert (falcon.revenue_cap_usd, falcon.tier) == (None, Tier.RESTRICTED)
    assert (baichuan.users_cap, baichuan.users_cap_per) == (1_000_000, "day")
    assert users_cap(baichuan) == "above 1,000,000 users a day"
    assert users_cap(licence_of("llama3.1")) == "above 700,000,000 users a month"
    assert users_cap(falcon) == ""
