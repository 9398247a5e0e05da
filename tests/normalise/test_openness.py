from dataclasses import replace
from datetime import UTC, datetime

import pytest

from models_catalog.normalise.disagreements import sentences
from models_catalog.normalise.licences import licence_of
from models_catalog.normalise.openness import facts_of, grade, licence_disagreements, tier_of
from models_catalog.normalise.records import Claim
from models_catalog.normalise.statements import OpennessFacts
from models_catalog.normalise.weights import access_disagreements, access_of
from models_catalog.vocabulary import Access, Tier
from tests.normalise.claims import claim, listed, offered, repository, routed, scored

OWN = frozenset({"labai"})
OPEN, RESTRICTED, NON_COMMERCIAL = (
    "Open weights (unrestricted)",
    "Open weights (restricted use)",
    "Open weights (non-commercial)",
)


def epoch(words: str | None, year: int = 2026) -> Claim:
    return scored("M-1", "Lab", "2025-01-01", words or "", observed_at=datetime(year, 1, 1, tzinfo=UTC))


def tier(*claims: Claim) -> tuple[Tier, str]:
    return tier_of(facts_of(claims, OWN))


@pytest.mark.parametrize(
    ("words", "access"),
    [
        (OPEN, Access.OPEN),
        (RESTRICTED, Access.OPEN),
        (NON_COMMERCIAL, Access.OPEN),
        ("API access", Access.CLOSED),
        ("Hosted access (no API)", Access.CLOSED),
        ("Unreleased", Access.UNKNOWN),
        ("Unknown", Access.UNKNOWN),
        (None, Access.UNKNOWN),
    ],
)
def test_epochs_words_are_read_as_they_are_meant(words: str | None, access: Access) -> None:
    assert access_of([epoch(words)], OWN)[0] is access


def test_nothing_stated_is_unknown_and_never_closed() -> None:
    access, reason, source = access_of([], OWN)
    assert (access, source) == (Access.UNKNOWN, None)
    assert reason
    assert tier()[0] is Tier.UNKNOWN


def test_unreleased_says_why_it_is_on_neither_side() -> None:
    assert "neither downloadable nor served" in access_of([epoch("Unreleased")], OWN)[1]


def test_what_our_catalogue_says_was_never_released_is_on_neither_side_with_that_reason() -> None:
    reviewed = claim("catalogue", "curated", "M-1", access_claim="Unreleased")
    access, reason, source = access_of([reviewed], OWN)
    assert (access, source) == (Access.UNKNOWN, "catalogue")
    assert "neither downloadable nor served" in reason


def test_own_weights_go_before_words_and_words_before_the_flag() -> None:
    hub, words = repository("lab-ai/M-1", "2025-01-01"), epoch("API access")
    flag = listed("lab/m-1", "M-1", "2025-01-01", open_weights=True)
    assert access_of([words, flag, hub], OWN)[:1] == (Access.OPEN,)
    assert access_of([flag, words], OWN)[0] is Access.CLOSED
    assert access_of([flag], OWN)[0] is Access.OPEN


def test_a_link_to_own_weights_in_the_independent_list_counts_like_the_repository() -> None:
    linked = listed("lab/m-1", "M-1", "2025-01-01", hub_repository="Lab-AI/M-1", open_weights=False)
    access, reason, source = access_of([linked, epoch("API access")], OWN)
    assert (access, source) == (Access.OPEN, "models-dev")
    assert "Lab-AI/M-1" in reason


@pytest.mark.parametrize(
    "entry",
    [
        offered("groq/m-1", "M-1", open_weights=True, hub_repository="lab-ai/M-1"),
        offered("lab/m-1", "M-1", open_weights=False),
        routed("lab/m-1", "M-1", "2025-01-01", hub_repository="lab-ai/M-1"),
        repository("someone/M-1-GGUF", "2025-01-01", "apache-2.0"),
        listed("lab/m-1", "M-1", "2025-01-01", hub_repository="someone/M-1-GGUF"),
    ],
    ids=lambda entry: f"{entry.source} {entry.board} {entry.model}",
)
def test_hosts_routers_and_third_parties_are_never_asked(entry: Claim) -> None:
    assert access_of([entry], OWN)[0] is Access.UNKNOWN
    assert tier(entry)[0] is Tier.UNKNOWN


def test_of_two_statements_of_one_kind_the_newer_counts() -> None:
    assert access_of([epoch(OPEN, 2026), epoch("API access", 2025)], OWN)[0] is Access.OPEN
    assert access_of([epoch(OPEN, 2025), epoch("API access", 2026)], OWN)[0] is Access.CLOSED


def test_statements_that_contradict_the_verdict_are_listed() -> None:
    found = access_disagreements([repository("lab-ai/M-1", "2025-01-01"), epoch("API access")], OWN)
    assert sentences(found) == ['graded open, but Epoch AI states "API access": served only (epoch)']


@pytest.mark.parametrize(
    ("words", "expected"),
    [(OPEN, Tier.PERMISSIVE), (RESTRICTED, Tier.RESTRICTED), (NON_COMMERCIAL, Tier.RESEARCH)],
)
def test_without_a_licence_epochs_words_grade_and_the_reason_says_so(words: str, expected: Tier) -> None:
    found, reason = tier(epoch(words))
    assert found is expected
    assert words in reason
    assert "licence itself is not recorded" in reason


def test_unrestricted_is_never_graded_as_osi_approved() -> None:
    found, reason = tier(epoch(OPEN))
    assert found is Tier.PERMISSIVE
    assert "possibly OSI-approved" in reason


def test_a_licence_we_know_decides_against_epochs_words_and_both_are_shown() -> None:
    claims = [repository("lab-ai/M-1", "2025-01-01", "apache-2.0"), epoch(RESTRICTED)]
    assert tier(*claims)[0] is Tier.OSI
    assert sentences(licence_disagreements(facts_of(claims, OWN))) == [
        f'graded open-weights-osi, but Epoch AI states "{RESTRICTED}"'
    ]


def test_permissive_words_beside_an_osi_licence_are_no_conflict() -> None:
    claims = [repository("lab-ai/M-1", "2025-01-01", "mit"), epoch(OPEN)]
    assert sentences(licence_disagreements(facts_of(claims, OWN))) == []


def test_a_licence_nobody_has_read_falls_back_to_words_then_to_unknown() -> None:
    strange = repository("lab-ai/M-1", "2025-01-01", "other", licence_name="lab-special-licence")
    assert tier(strange, epoch(RESTRICTED))[0] is Tier.RESTRICTED
    found, reason = tier(strange)
    assert found is Tier.UNKNOWN
    assert "lab-special-licence" in reason


def test_other_is_not_closed() -> None:
    found, _ = tier(repository("lab-ai/M-1", "2025-01-01", "other"))
    assert found is Tier.UNKNOWN


def test_closed_and_unknown_access_are_their_own_tiers() -> None:
    assert tier(epoch("API access"))[0] is Tier.CLOSED
    assert tier_of(OpennessFacts(access=Access.UNKNOWN))[0] is Tier.UNKNOWN


def test_one_text_under_several_names_is_known_by_its_repository() -> None:
    own = frozenset({"moonshotai"})
    claims = [repository("moonshotai/Kimi-K3", "2026-06-13", "other")]
    found, reason = tier_of(facts_of(claims, own))
    assert found is Tier.RESTRICTED
    assert "20 million dollars" in reason


def test_a_reviewed_licence_of_a_linked_repository_counts() -> None:
    own = frozenset({"openai"})
    linked = listed("openai/gpt-oss-120b", "GPT OSS 120B", "2025-08-05", hub_repository="openai/gpt-oss-120b")
    found, reason = tier_of(facts_of([linked], own))
    assert found is Tier.OSI
    assert "reviewed licence of openai/gpt-oss-120b" in reason


KIMI, MISTRAL = frozenset({"moonshotai"}), frozenset({"mistralai"})


def test_modified_mit_is_three_different_things() -> None:
    tiers = {
        slug: grade(facts_of([], frozenset(), slug)).tier
        for slug in ("kimi-k2", "mistral-medium-3-5", "minimax-m2-7")
    }
    assert tiers == {
        "kimi-k2": Tier.PERMISSIVE,  # a display duty
        "mistral-medium-3-5": Tier.RESTRICTED,  # a revenue cap
        "minimax-m2-7": Tier.RESEARCH,  # a ban on commercial use
    }
    unread = repository("lab-ai/M-1", "2025-01-01", "other", licence_name="modified-mit")
    assert tier(unread)[0] is Tier.UNKNOWN


def test_caps_and_limits_are_separate_facts() -> None:
    found = grade(facts_of([], frozenset(), "llama-3-3-70b"))
    assert (found.users_cap, found.revenue_cap_usd, found.field_limits) == (700_000_000, None, True)
    assert (found.osi, found.commercial, found.tier) == (False, True, Tier.RESTRICTED)
    capped = grade(facts_of([], frozenset(), "jamba-1-5-large"))
    assert (capped.users_cap, capped.revenue_cap_usd, capped.field_limits) == (None, 50_000_000, False)


def test_where_no_licence_is_known_no_term_is_claimed() -> None:
    for facts in (facts_of([epoch("API access")], OWN), facts_of([], OWN)):
        found = grade(facts)
        assert (found.licence, found.osi, found.commercial, found.field_limits) == (None, None, None, None)
    worded = grade(facts_of([epoch(NON_COMMERCIAL)], OWN))
    assert (worded.osi, worded.commercial) == (None, False)


def test_the_text_as_read_goes_before_the_tag_and_the_conflict_is_shown() -> None:
    tagged = repository("moonshotai/Kimi-K2-Instruct", "2025-07-11", "mit")
    facts = facts_of([tagged], KIMI)
    assert grade(facts).tier is Tier.PERMISSIVE
    assert sentences(licence_disagreements(facts)) == [
        "graded open-weights-permissive, but huggingface states 'mit'"
    ]


def test_gates_and_training_are_facts_beside_the_tier() -> None:
    asked = repository("lab-ai/M-1", "2025-01-01", "apache-2.0", gated="manual")
    graded = index("lab-ai/M-1", ("datasources_endmodel", "closed"), ("trainingcode", "open"))
    facts = facts_of([asked, graded], OWN)
    assert (facts.gated, facts.training_data, facts.training_code) == ("manual", "closed", "open")
    assert grade(facts).tier is Tier.OSI


def index(place: str, *grades: tuple[str, str], weights: str = "open", licence: str | None = None) -> Claim:
    return claim(
        "osai",
        "archive",
        "M-1",
        access_claim=f"weights_endmodel: {weights}",
        hub_repository=place,
        grades=grades,
        licence=licence,
    )


def test_the_european_index_counts_for_the_developers_own_repository_only() -> None:
    own, other = index("lab-ai/M-1", licence="mit"), index("someone/M-1-chat", licence="mit")
    assert access_of([own, epoch("API access")], OWN)[:1] == (Access.OPEN,)
    assert tier(own)[0] is Tier.OSI
    assert access_of([other], OWN)[0] is Access.UNKNOWN
    assert facts_of([other], OWN).licences == ()
    assert access_of([index("lab-ai/M-1", weights="closed")], OWN)[0] is Access.UNKNOWN


def test_the_developers_own_table_counts_where_it_speaks_with_one_voice() -> None:
    yes, none = (
        claim("mistral", "models", f"m-{word}", access_claim=f"Weight availability: {word}")
        for word in ("yes", "none stated")
    )
    assert access_of([yes], MISTRAL)[0] is Access.OPEN
    assert access_of([none], MISTRAL)[0] is Access.CLOSED
    assert access_of([yes, none], MISTRAL)[0] is Access.UNKNOWN


def test_every_named_licence_of_the_brief_is_known_with_its_tier() -> None:
    named = {
        "Mistral Non-Production License": Tier.RESEARCH,
        "MRL": Tier.RESEARCH,
        "Qianwen LICENSE": Tier.RESTRICTED,
        "tongyi-qianwen-research": Tier.RESEARCH,
        "llama4": Tier.RESTRICTED,
        "Falcon-180B TII License": Tier.RESTRICTED,
        "falcon-llm-license": Tier.RESTRICTED,
        "xAI Community License Agreement": Tier.RESTRICTED,
        "Jamba Open": Tier.RESTRICTED,
        "Yi License": Tier.RESTRICTED,
        "glm-4-license": Tier.RESTRICTED,
        "internlm-license": Tier.RESTRICTED,
        "MiniMax Community License": Tier.RESTRICTED,
        "tencent-hunyuan-community": Tier.RESTRICTED,
        "apple-amlr": Tier.RESEARCH,
        "NVIDIA Open Model": Tier.PERMISSIVE,
        "CC-BY-NC-4.0 and C4AI acceptable use policy": Tier.RESEARCH,
        "BigCode OpenRAIL-M v1 license agreement": Tier.RESTRICTED,
        "kimi-k3-license": Tier.RESTRICTED,
        "DBRX LICENSE": Tier.RESTRICTED,
    }
    found = {name: known.tier if (known := licence_of(name)) else None for name in named}
    assert found == named


def test_a_licence_in_epochs_notes_counts_beside_unrestricted_weights_and_beside_no_other_statement() -> None:
    noted = replace(epoch(OPEN), licence="Apache 2.0")
    assert tier(noted) == (Tier.OSI, "Apache-2.0 (epoch states 'Apache 2.0'): OSI-approved")
    assert tier(replace(noted, access_claim=RESTRICTED))[0] is Tier.RESTRICTED
    assert tier(replace(noted, access_claim=NON_COMMERCIAL))[0] is Tier.RESEARCH
    assert tier(noted, repository("lab-ai/M-1", "2025-01-01", "other"))[0] is Tier.PERMISSIVE
    assert tier(noted, repository("lab-ai/M-1", "2025-01-01", "cc-by-nc-4.0"))[0] is Tier.RESEARCH
    newer = scored("M-1", "Lab", "2025-01-01", NON_COMMERCIAL)
    assert tier(noted, newer)[0] is Tier.RESEARCH


def test_of_repositories_with_different_licences_on_one_day_the_original_counts() -> None:
    base = repository("lab-ai/M-1", "2025-01-01", "mit")
    tuned = repository("lab-ai/M-1-Chat", "2025-01-01", "apache-2.0")
    restricted = repository("lab-ai/M-1-Instruct", "2025-01-01", "cc-by-nc-4.0")
    for claims in ([base, tuned, restricted], [restricted, tuned, base]):
        decided = grade(facts_of(claims, OWN)).stated_by
        assert decided is not None
        assert decided.repository == "lab-ai/M-1"


def test_the_developers_own_tag_goes_before_a_review_of_the_model_by_its_name() -> None:
    tagged = repository("lab-ai/M-1", "2025-01-01", "apache-2.0")
    facts = facts_of([tagged], OWN, "yi-34b")
    assert {statement.source for statement in facts.licences} == {"huggingface", "review"}
    assert grade(facts).tier is Tier.OSI
    assert grade(facts_of([replace(tagged, licence="other")], OWN, "yi-34b")).tier is Tier.RESTRICTED
    assert licence_disagreements(facts)
