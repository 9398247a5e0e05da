"""The report counts what agrees, and never hides what does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from models_catalog.findings.openness_report import agreement, lower_bound, openness_report
from models_catalog.normalise.aliases import load_aliases
from models_catalog.normalise.catalogue import build
from models_catalog.normalise.gold import SECOND_OPENNESS, Label, openness_labels
from models_catalog.vocabulary import Tier
from tests.ingest.stated import release, state
from tests.normalise.claims import scored


def label(slug: str, tier: Tier) -> Label:
    return Label(slug=slug, tier=tier, why="read", cite="a page")


def test_confusion_and_the_two_grave_errors_are_counted() -> None:
    world = build(
        [
            scored("GPT-5", "OpenAI", "2025-08-07"),
            scored("Grok 4", "xAI", "2025-07-09"),
            scored("GLM-9", "Z.ai (Zhipu AI)", "2026-01-01", "Open weights (restricted use)"),
        ],
        load_aliases(),
        corrections=(),
    )
    found = agreement(
        [label("gpt-5", Tier.CLOSED), label("grok-4", Tier.UNKNOWN), label("glm-9", Tier.RESEARCH)], world
    )
    assert (found.labelled, found.agree) == (3, 1)
    assert found.share == pytest.approx(1 / 3)
    assert found.confusion["unknown"] == {"closed": 1}
    assert (found.unknown_as_closed, found.research_as_commercial) == (("grok-4",), ("glm-9",))
    assert [item.slug for item in found.disagreements] == ["grok-4", "glm-9"]


def test_the_lower_bound_is_clopper_and_pearsons() -> None:
    assert lower_bound(100, 100) == pytest.approx(0.05 ** (1 / 100))  # the closed form without a miss
    assert lower_bound(0, 10) == 0.0
    assert lower_bound(0, 0) is None
    bound = lower_bound(95, 100)
    assert bound is not None
    assert bound < 0.95


def test_there_are_labels_of_every_tier_each_with_reason_and_source() -> None:
    labels = openness_labels()
    assert len(labels) >= 100
    assert {item.tier for item in labels} == set(Tier)
    assert all(item.why and item.cite for item in labels)


def test_the_blind_sample_is_of_other_models_each_with_reason_and_source() -> None:
    blind = openness_labels(SECOND_OPENNESS)
    assert len(blind) >= 60
    assert not {item.slug for item in blind} & {item.slug for item in openness_labels()}
    assert all(item.why and item.cite for item in blind)


@pytest.mark.django_db
def test_labels_of_models_no_source_states_are_listed_and_not_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state(tmp_path, release("GPT-5", organization="OpenAI", date="2025-08-07", access_claim="API access"))
    state(tmp_path, release("GPT-4.5", organization="OpenAI", date="2025-02-27", access_claim="API access"))
    found = openness_report()
    assert (found.graded.labelled, found.graded.agree) == (1, 1)
    assert (found.blind.labelled, found.blind.agree) == (1, 1)
    assert "gpt-4o" in found.not_in_the_catalogue
    call_command("openness_report", "--json")
    assert json.loads(capsys.readouterr().out)["graded"]["share"] == 1.0
