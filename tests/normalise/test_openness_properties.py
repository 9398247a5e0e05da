"""What holds of the grading function for any evidence: order, unrelated facts, unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from models_catalog.normalise.openness import COMMERCIAL_TIERS, facts_of, grade, licence_disagreements
from models_catalog.normalise.records import Claim
from models_catalog.vocabulary import Access, Tier
from tests.normalise.claims import claim, listed, offered, repository, routed

OWN = frozenset({"labai"})
WORDS = (
    *("Open weights (unrestricted)", "Open weights (restricted use)", "Open weights (non-commercial)"),
    *("API access", "Hosted access (no API)", "Unreleased", "Unknown", ""),
)
LICENCES = ("mit", "apache-2.0", "llama3.1", "cc-by-nc-4.0", "other", "modified-mit", "my-own", None)
moments = st.integers(2023, 2026).map(lambda year: datetime(year, 6, 1, tzinfo=UTC))

epochs = st.builds(
    lambda word, moment, board: claim("epoch", board, "M-1", access_claim=word or None, observed_at=moment),
    st.sampled_from(WORDS),
    moments,
    st.sampled_from(("eci_scores", "notable_ai_models")),
)
hubs = st.builds(
    lambda licence, moment, gated: repository(
        "lab-ai/M-1", "2025-01-01", licence, observed_at=moment, gated=gated
    ),
    st.sampled_from(LICENCES),
    moments,
    st.sampled_from((None, "false", "auto", "manual")),
)
lists = st.builds(
    lambda flag, licence, moment: replace(
        listed("lab/m-1", "M-1", "2025-01-01", open_weights=flag, licence=licence), observed_at=moment
    ),
    st.sampled_from((True, False, None)),
    st.sampled_from(LICENCES),
    moments,
)
indexed = st.builds(
    lambda grade, data: claim(
        "osai",
        "archive",
        "M-1",
        access_claim=f"weights_endmodel: {grade}",
        hub_repository="lab-ai/M-1",
        grades=(("trainingcode", data), ("datasources_endmodel", data)),
    ),
    st.sampled_from(("open", "partial", "closed")),
    st.sampled_from(("open", "partial", "closed")),
)
evidence = st.lists(st.one_of(epochs, hubs, lists, indexed), max_size=6)
unrelated = st.lists(
    st.one_of(
        st.builds(
            lambda flag, licence: offered(
                "host/m-1", "M-1", open_weights=flag, licence=licence, hub_repository="lab-ai/M-1"
            ),
            st.booleans(),
            st.sampled_from(LICENCES),
        ),
        st.just(routed("lab/m-1", "M-1", "2025-01-01", hub_repository="lab-ai/M-1")),
        st.builds(
            lambda licence: claim("arena", "models", "m-1", licence=licence), st.sampled_from(LICENCES)
        ),
        st.builds(
            lambda licence: repository("someone/M-1-GGUF", "2025-01-01", licence), st.sampled_from(LICENCES)
        ),
    ),
    max_size=4,
)


def outcome(claims: list[Claim]) -> tuple[object, ...]:
    facts = facts_of(claims, OWN)
    return facts, grade(facts), licence_disagreements(facts)


@settings(max_examples=150)
@given(evidence, st.randoms())
def test_the_order_of_evidence_does_not_matter(claims: list[Claim], random: Random) -> None:
    shuffled = list(claims)
    random.shuffle(shuffled)
    assert outcome(shuffled) == outcome(claims)
    assert outcome([*claims, *claims]) == outcome(claims)


@settings(max_examples=150)
@given(evidence, unrelated)
def test_claims_of_hosts_leaderboards_and_third_parties_flip_nothing(
    claims: list[Claim], others: list[Claim]
) -> None:
    assert outcome([*claims, *others]) == outcome(claims)


@given(unrelated)
def test_unknown_never_becomes_closed_by_what_is_not_believed(others: list[Claim]) -> None:
    facts = facts_of(others, OWN)
    assert (facts.access, grade(facts).tier) == (Access.UNKNOWN, Tier.UNKNOWN)


@settings(max_examples=150)
@given(evidence)
def test_closed_takes_a_believed_statement_that_says_so(claims: list[Claim]) -> None:
    if grade(facts_of(claims, OWN)).tier is Tier.CLOSED:
        said = {(item.access_claim or "").lower() for item in claims}
        assert said & {"api access", "hosted access (no api)", "open_weights: false"}


@settings(max_examples=150)
@given(
    evidence,
    st.sampled_from((None, "false", "auto", "manual")),
    *[st.sampled_from((None, "open", "partial", "closed"))] * 2,
)
def test_gates_training_data_and_code_never_change_the_tier(
    claims: list[Claim], gated: str | None, data: str | None, code: str | None
) -> None:
    facts = facts_of(claims, OWN)
    changed = replace(facts, gated=gated, training_data=data, training_code=code)
    assert grade(changed) == grade(facts)


@settings(max_examples=150)
@given(evidence)
def test_tier_and_terms_never_contradict_each_other(claims: list[Claim]) -> None:
    found = grade(facts_of(claims, OWN))
    assert found.reason
    if found.tier is Tier.RESEARCH:
        assert found.commercial is False
    if found.tier in COMMERCIAL_TIERS:
        assert found.commercial is True
    if found.tier is Tier.OSI:
        assert found.osi is True
