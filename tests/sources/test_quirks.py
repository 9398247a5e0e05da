"""The quirks each source is known for, one at a time."""

from __future__ import annotations

import json

import pytest

from models_catalog.sources import aider, epoch, huggingface, models_dev, openrouter
from models_catalog.sources.contract import (
    DownloadsSeen,
    LicenceSeen,
    LifecycleSeen,
    Parsed,
    PriceSeen,
    ReleaseSeen,
    RowProblem,
    ScoreSeen,
    Source,
    Truncated,
)
from tests.sources.examples import FOLDER, parse


def bands(found: list[Parsed]) -> set[tuple[str, str]]:
    return {(item.band, str(item.amount)) for item in found if isinstance(item, PriceSeen)}


def offer(**cost: object) -> list[Parsed]:
    """One models.dev offer with a given cost."""
    model = {
        "id": "heron",
        "name": "Heron",
        "release_date": "2026-01",
        "open_weights": True,
        "limit": {"context": 1},
        "modalities": {"input": ["text"], "output": ["text"]},
        "cost": {"input": 1, "output": 2, **cost},
    }
    payload = {"quayside": {"models": {"heron": model}}}
    return parse(models_dev.SOURCE, "api", json.dumps(payload))


def test_models_dev_repeats_a_tier_under_the_older_key_and_it_counts_once() -> None:
    tier = {"tier": {"size": 272000}, "input": 3}
    assert bands(offer(tiers=[tier], context_over_200k={"input": 3})) == {
        ("", "1"),
        ("", "2"),
        ("size: 272000", "3"),
    }


def test_models_dev_states_another_price_under_the_older_key_and_both_stay() -> None:
    tier = {"tier": {"size": 272000}, "input": 3}
    found = bands(offer(tiers=[tier], context_over_200k={"input": 4}))
    assert {("size: 272000", "3"), ("context_over_200k", "4")} <= found


def test_models_dev_names_a_cost_that_is_no_number() -> None:
    found = offer(reasoning={"input": 1})
    assert [item.reason for item in found if isinstance(item, RowProblem)] == ["reasoning: not a number"]


def listing(**changes: object) -> list[Parsed]:
    """One OpenRouter model with some keys changed."""
    model = {
        "id": "heron-labs/heron",
        "name": "Heron",
        "created": 1740787200,
        "context_length": 32768,
        "architecture": {"input_modalities": ["text"], "output_modalities": ["text"]},
        "pricing": {"prompt": "0.000001", "completion": "0.000002"},
        **changes,
    }
    return parse(openrouter.SOURCE, "models", json.dumps({"data": [model]}))


@pytest.mark.parametrize(
    ("suffix", "tier"), [("", "standard"), (":free", "free"), (":batch", "batch"), (":thinking", "standard")]
)
def test_openrouter_ids_stay_whole_and_name_their_price_tier(suffix: str, tier: str) -> None:
    found = listing(id=f"heron-labs/heron{suffix}")
    assert {(item.model, item.tier) for item in found if isinstance(item, PriceSeen)} == {
        (f"heron-labs/heron{suffix}", tier)
    }


def test_openrouter_minus_one_is_variable_and_has_no_amount() -> None:
    prices = [
        item
        for item in listing(pricing={"prompt": "-1", "completion": "-1.0"})
        if isinstance(item, PriceSeen)
    ]
    assert [(item.amount, item.variable) for item in prices] == [(None, True), (None, True)]


def test_openrouter_created_is_a_day_in_utc() -> None:
    for created, day in ((1740787199, "2025-02-28"), (1740787200, "2025-03-01")):
        dates = [item.date for item in listing(created=created) if isinstance(item, ReleaseSeen)]
        assert dates == [day]


def test_openrouter_keeps_a_removal_date_far_away_as_stated() -> None:
    found = [item for item in listing(expiration_date="2098-12-31") if isinstance(item, LifecycleSeen)]
    assert [(item.event, item.date) for item in found] == [("expires", "2098-12-31")]


def repository(**keys: object) -> list[Parsed]:
    """One Hub repository."""
    row = {"_id": "1", "id": "heron-labs/Heron", "downloads": 5, "tags": [], **keys}
    return parse(huggingface.SOURCE, "models", json.dumps([row]))


@pytest.mark.parametrize(
    ("counts", "parameters"),
    [
        ({"BF16": 7}, 7),
        ({"F32": 7}, 7),
        ({"I32": 7}, None),
        ({"F8_E4M3": 7}, None),
        ({"BF16": 7, "F32": 1}, None),
        ({}, None),
    ],
)
def test_the_hub_counts_parameters_only_of_one_whole_type(
    counts: dict[str, int], parameters: int | None
) -> None:
    found = repository(safetensors={"parameters": counts, "total": 8})
    assert [item.parameters for item in found if isinstance(item, ReleaseSeen)] == [parameters]


@pytest.mark.parametrize(
    ("tags", "base", "relation"),
    [
        ([], None, None),
        (["base_model:a/b"], "a/b", None),
        (["base_model:a/b", "base_model:quantized:a/b"], "a/b", "quantized"),
        (
            ["base_model:a/b", "base_model:c/d", "base_model:merge:a/b", "base_model:merge:c/d"],
            "a/b,c/d",
            "merge",
        ),
        (["base_model:adapter:a/b"], "a/b", "adapter"),
    ],
)
def test_the_hub_names_base_models_and_the_relation_in_tags(
    tags: list[str], base: str | None, relation: str | None
) -> None:
    found = [item for item in repository(tags=tags) if isinstance(item, ReleaseSeen)]
    assert [(item.base_model, item.base_relation) for item in found] == [(base, relation)]


@pytest.mark.parametrize(
    ("keys", "licence", "gated"),
    [
        ({"tags": ["license:other"]}, "other", None),
        ({"tags": ["license:mit"], "cardData": {"license": "mit"}}, "mit", None),
        ({"tags": ["license:mit"], "cardData": {"license": "apache-2.0"}}, "mit, apache-2.0", None),
        ({"cardData": {"license": ["mit", "gpl"]}, "gated": "auto"}, "mit, gpl", "auto"),
        ({"gated": False}, None, "false"),
    ],
)
def test_the_hub_states_licences_in_a_tag_and_on_the_card(
    keys: dict[str, object], licence: str | None, gated: str | None
) -> None:
    found = [item for item in repository(**keys) if isinstance(item, LicenceSeen)]
    assert [(item.licence, item.gated) for item in found] == [(licence, gated)]


def test_the_hub_without_a_licence_is_unknown_not_a_statement() -> None:
    assert not [item for item in repository(tags=["region:us"]) if isinstance(item, LicenceSeen)]


def test_the_hub_counts_two_windows_apart() -> None:
    found = [item for item in repository(downloadsAllTime=9) if isinstance(item, DownloadsSeen)]
    assert [(item.window, item.count) for item in found] == [("30d", 5), ("all-time", 9)]


def polyglot() -> str:
    return (FOLDER / "aider" / "polyglot.yml").read_text()


def test_aider_stops_inside_its_last_run_and_is_truncated() -> None:
    cut = polyglot().rpartition("  seconds_per_case")[0]
    with pytest.raises(Truncated, match="stops inside its last run"):
        parse(aider.SOURCE, "polyglot", cut)


def test_aider_an_early_run_without_a_key_is_a_problem_only_where_the_key_is_needed() -> None:
    first = parse(aider.SOURCE, "polyglot", polyglot().replace("  edit_format: diff\n", "", 1))[0]
    assert isinstance(first, ScoreSeen)
    assert first.settings is None
    nameless = polyglot().replace("  model: Heron 70B\n", "", 1)
    found = parse(aider.SOURCE, "polyglot", nameless)
    assert found[0] == RowProblem("run 1: ?", "model: missing")


def test_aider_total_cost_of_zero_is_unknown() -> None:
    costs = [
        item.cost_usd for item in parse(aider.SOURCE, "polyglot", polyglot()) if isinstance(item, ScoreSeen)
    ]
    assert [str(cost) for cost in costs] == ["1.3060", "None", "None"]


def epoch_example(board: str) -> str:
    return (FOLDER / "epoch" / f"{board}.csv").read_text()


def test_epoch_anchors_have_no_interval() -> None:
    found = parse(epoch.SOURCE, "eci_scores", epoch_example("eci_scores"))
    intervals = {item.model: item.interval_level for item in found if isinstance(item, ScoreSeen)}
    assert intervals["Aurora 1"] is None
    assert intervals["Aurora 2"] == 0.90


def test_epoch_a_new_accessibility_word_waits_for_somebody_to_look_at_it() -> None:
    body = epoch_example("frontier_ai_models").replace("API access", "Open weights (on request)")
    (found,) = parse(epoch.SOURCE, "frontier_ai_models", body)
    assert isinstance(found, RowProblem)
    assert found.reason.startswith("Model accessibility: not one of its known words")
    assert found.quote == "Open weights (on request)"


@pytest.mark.parametrize("source", [openrouter.SOURCE, models_dev.SOURCE], ids=lambda source: source.slug)
def test_a_price_of_zero_is_kept_as_stated(source: Source) -> None:
    free = (
        listing(pricing={"prompt": "0", "completion": "0"}) if source is openrouter.SOURCE else offer(input=0)
    )
    assert "0" in {str(item.amount) for item in free if isinstance(item, PriceSeen)}
