"""The report counts what agrees, and never hides what does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from models_catalog.findings.openness_report import agreement, openness_report
from models_catalog.normalise.aliases import load_aliases
from models_catalog.normalise.catalogue import build
from models_catalog.normalise.gold import DRAWN_OPENNESS, OPENNESS, Label, openness_labels
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


def test_there_are_labels_of_every_tier_each_with_reason_and_source() -> None:
    labels = openness_labels()
    assert len(labels) >= 100
    assert {item.tier for item in labels} == set(Tier)
    assert all(item.why and item.cite for item in labels)


def test_the_samples_drawn_blind_are_of_other_models_each_with_reason_and_source() -> None:
    samples = [openness_labels(path) for path in (OPENNESS, *DRAWN_OPENNESS)]
    assert all(len(sample) >= 60 for sample in samples)
    slugs = [item.slug for sample in samples for item in sample]
    assert len(set(slugs)) == len(slugs)
    assert all(item.why and item.cite for sample in samples for item in sample)


@pytest.mark.django_db
def test_labels_of_models_no_source_states_are_listed_and_not_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state(tmp_path, release("GPT-5", organization="OpenAI", date="2025-08-07", access_claim="API access"))
    state(tmp_path, release("ABAB", organization="MiniMax", date="2023-08-30", access_claim="API access"))
    state(
        tmp_path,
        release("Mistral OCR", organization="Mistral AI", date="2025-03-06", access_claim="API access"),
    )
    state(tmp_path, release("GPT-4.5", organization="OpenAI", date="2025-02-27", access_claim="API access"))
    found = openness_report()
    assert (found.graded.labelled, found.graded.agree) == (1, 1)
    assert (found.drawn_before["openness_third"].labelled, found.blind.labelled) == (1, 1)
    assert (found.drawn_before["openness_third"].agree, found.blind.agree) == (1, 1)
    assert found.from_sources_alone["openness_third"].agree == 1
    assert "gpt-4o" in found.not_in_the_catalogue
    call_command("openness_report", "--json")
    assert json.loads(capsys.readouterr().out)["graded"]["share"] == 1.0
