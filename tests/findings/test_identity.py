"""What share of the leaderboards' names resolves, and what is excluded for which reason."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from models_catalog.findings.exclusions import Excluded, exclusions
from models_catalog.findings.identity import IdentityLine, identity_lines
from models_catalog.ingest.identity import refresh_identity
from models_catalog.models import Resolution
from models_catalog.normalise.gold_names import gold_labels
from models_catalog.sources.contract import ScoreSeen
from tests.ingest.stated import release, state

pytestmark = pytest.mark.django_db


def score(model: str, name: str = "", settings: str | None = None) -> ScoreSeen:
    return ScoreSeen(
        model=model,
        name=name or model,
        benchmark="Bench",
        metric="score",
        value=Decimal(50),
        unit="percent",
        settings=settings,
    )


@pytest.fixture
def lines(tmp_path: Path) -> dict[str, IdentityLine]:
    state(tmp_path, release("GPT-4o", organization="OpenAI", date="2024-05-13", access_claim="API access"))
    aider = [
        score("gpt-4o"),
        score("gpt-4o + heron"),
        score("Quasar Alpha"),
        score("deepseek-chat"),
        score("heron"),
    ]
    before = datetime(2024, 12, 1, tzinfo=UTC)
    state(tmp_path, *aider, source="aider", board="polyglot", observed_at=before)
    swebench = [
        score("20250101_agent", "Some Agent", "system: Some Agent"),
        score("20250102_agent", "Other Agent", "system: Other Agent; models: a, b"),
        score("20250103_agent", "gpt-4o", "system: Third Agent"),
        score("20250104_agent", "kestrel-9", "system: Fourth Agent"),
    ]
    state(
        tmp_path,
        *swebench,
        source="swebench",
        board="leaderboards",
        observed_at=datetime(2025, 5, 1, tzinfo=UTC),
    )
    refresh_identity()
    return {line.source: line for line in identity_lines()}


def test_only_names_that_can_mean_one_model_are_counted(lines: dict[str, IdentityLine]) -> None:
    aider = lines["aider"]
    assert (aider.names, aider.resolved, aider.share) == (2, 1, 0.5)
    assert aider.excluded == {Excluded.PAIR: 1, Excluded.STEALTH: 1, Excluded.MOVING: 1}


def test_agents_without_one_model_are_excluded_and_counted(lines: dict[str, IdentityLine]) -> None:
    swebench = lines["swebench"]
    assert (swebench.names, swebench.resolved, swebench.excluded) == (2, 1, {Excluded.AGENT: 2})
    assert (swebench.recent_names, swebench.recent_share) == (2, 0.5)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("DDCoT (GPT-3)", Excluded.METHOD),
        ("GLaM (Dense) 8B", Excluded.EXPERIMENT),
        ("xiaoyi-deepresearch", Excluded.AGENT),
        ("GPT-4o", None),
        ("Kestrel 9", None),
    ],
)
def test_what_a_paper_made_is_no_model_and_an_unknown_name_only_waits(
    tmp_path: Path, name: str, why: Excluded | None
) -> None:
    state(tmp_path, release("GPT-4o", organization="OpenAI", date="2024-05-13", access_claim="API access"))
    state(tmp_path, score(name), board="science_qa_external", observed_at=datetime(2026, 5, 14, tzinfo=UTC))
    refresh_identity()
    [row] = Resolution.objects.filter(subject__external_id=name).select_related("subject")
    assert exclusions().of(row) == why


def test_names_of_earlier_captures_are_not_recent(lines: dict[str, IdentityLine]) -> None:
    assert lines["aider"].recent_names == 0
    assert lines["aider"].recent_share is None


def test_the_gold_names_that_are_stored_are_judged(lines: dict[str, IdentityLine]) -> None:
    aider = lines["aider"]
    assert (aider.gold_n, aider.gold_wrong, aider.gold_waiting) == (
        2,
        0,
        0,
    )  # gpt-4o, and a stealth name that means none
    assert aider.precision_low == pytest.approx(0.05)


def test_all_leaderboards_and_all_names_come_last(lines: dict[str, IdentityLine]) -> None:
    assert list(lines)[-2:] == ["all leaderboards", "all sources"]
    assert lines["all leaderboards"].names == 4
    assert lines["all sources"].names == 10


def test_labelled_names_of_hosts_are_judged_among_all_names(tmp_path: Path) -> None:
    label = next(label for label in gold_labels() if label.source == "models-dev" and label.judged)
    state(tmp_path, release(label.id), source=label.source, board="api")
    refresh_identity()
    lines = {line.source: line for line in identity_lines()}
    assert (lines["all leaderboards"].gold_n, lines["all sources"].gold_n) == (0, 1)
