"""Everything known about one model, each value with the observation it was read from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from models_catalog.findings.evidence import download_evidence, evidence
from models_catalog.findings.model import model_detail
from models_catalog.findings.records import Base, ModelDetail
from models_catalog.ingest.projections import refresh_projections
from models_catalog.measure.standing import compute_standing
from models_catalog.models import AIModel
from models_catalog.sources.contract import DownloadsSeen, LicenceSeen, ReleaseSeen
from models_catalog.vocabulary import Access, Rung
from tests.ingest.invented import on
from tests.ingest.stated import offer, release, state
from tests.measure.invented import ENTRIES, measure, publish, version

pytestmark = pytest.mark.django_db


def known(slug: str) -> ModelDetail:
    refresh_projections()
    found = model_detail(slug)
    assert found is not None
    return found


@pytest.mark.parametrize("slug", ["", "no-such-model", "\x00", "a" * 5000, "Amber 1"])
def test_a_model_that_does_not_exist_is_none(slug: str, tmp_path: Path) -> None:
    state(tmp_path, release("Amber 1"))
    refresh_projections()
    assert model_detail(slug) is None


def test_scores_prices_and_statements_each_lead_to_their_observation(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    measure(tmp_path, on(6))
    prices = offer("one", "1", "4", name="Birch 6")
    state(tmp_path, *prices, source="models-dev", board="api", observed_at=on(7))
    found = known("birch-6")
    assert {score.benchmark_slug for score in found.scores} >= {"gpqa-diamond", "osworld"}
    assert [(price.unit, price.per_million) for price in found.prices] == [
        ("input", Decimal(1)),
        ("output", Decimal(4)),
    ]
    read = [(row.observation, row.source) for row in found.scores]
    read += [(row.observation, row.source) for row in found.prices]
    read += [(row.observation or 0, row.source) for row in found.statements]
    for observation, source in read:
        shown = evidence(observation)
        assert shown is not None
        assert (shown.source, shown.model) == (source, "birch-6")
    assert [credit.slug for credit in found.credits] == ["epoch", "models-dev"]
    assert found.row.access is Access.OPEN
    assert found.access_reason


def test_the_level_and_its_interval_are_those_of_the_standing_scale(tmp_path: Path) -> None:
    entries = [*ENTRIES, version("Claude 3.5 Sonnet", name="claude-3-5-sonnet-20241022", level=134.0)]
    publish(tmp_path, on(5), entries)
    measure(tmp_path, on(6), entries)
    before = known("claude-3-5-sonnet")
    assert (before.row.level, before.level_low, before.level_high) == (None, None, None)
    compute_standing()
    found = model_detail("claude-3-5-sonnet")
    assert found is not None
    assert found.row.level == pytest.approx(134.0, abs=0.1)  # of its best version
    assert found.level_low is not None
    assert found.level_high is not None
    assert found.level_low <= (found.row.level or 0) <= found.level_high


def test_a_value_that_was_withdrawn_is_not_shown_and_the_model_stays(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    publish(tmp_path, on(6), [item for item in ENTRIES if item.name != "Amber 3"])
    found = known("amber-3")
    assert found.scores == ()
    assert found.row.released == date(2024, 12, 5)


def test_every_name_is_listed_with_the_rung_that_decided_it(tmp_path: Path) -> None:
    state(tmp_path, release("Amber 1"))
    other = ReleaseSeen(model="elsewhere/amber-1:free", name="Elsewhere: Amber 1 (free)")
    state(tmp_path, other, source="openrouter", board="models")
    names = {name.source: name for name in known("amber-1").names}
    assert names["epoch"].rung == Rung.EXACT
    assert (names["openrouter"].external_id, names["openrouter"].rung) != ("", Rung.EXACT)


def test_downloads_are_the_newest_sample_of_each_window(tmp_path: Path) -> None:
    def listed(day: int, count: int) -> None:
        hub, name = "6650aa", "Qwen/Amber-1"
        state(
            tmp_path,
            ReleaseSeen(model=hub, name=name, date="2024-05-06", hub_repository=name, hub_id=hub),
            LicenceSeen(model=hub, name=name, licence="apache-2.0"),
            DownloadsSeen(model=hub, name=name, window="30d", count=count),
            DownloadsSeen(model=hub, name=name, window="all-time", count=count * 10),
            source="huggingface",
            board="models",
            observed_at=on(day),
            complete=False,
        )

    listed(1, 100)
    listed(9, 120)
    listed(5, 110)
    counts = {row.label: row.value for row in known("amber-1").statements if "Downloads" in row.label}
    assert counts == {"Downloads, trailing 30 days": "120", "Downloads, all time": "1200"}
    sample = next(row.sample for row in known("amber-1").statements if row.value == "120")
    assert sample is not None
    behind = download_evidence(*sample)
    assert behind is not None
    assert (behind.value["count"], behind.model, behind.observed_at) == (120, "amber-1", on(9))
    assert behind.sha256
    assert download_evidence(sample[0], "1d tokens", sample[2]) is None
    assert ("Licence", "apache-2.0") in {(row.label, row.value) for row in known("amber-1").statements}


def test_snapshots_are_listed_with_their_dates(tmp_path: Path) -> None:
    state(
        tmp_path,
        release("GPT-4o", organization="OpenAI", date="2024-05-13", access_claim="API access"),
        release("GPT-4o (Nov 2024)", organization="OpenAI", date="2024-11-20", access_claim="API access"),
    )
    assert date(2024, 11, 20) in {day for _, day in known("gpt-4o").snapshots}


def test_a_model_shows_its_base_its_repositories_and_what_was_made_from_it() -> None:
    base = AIModel.objects.create(
        slug="amber-base", name="Amber", access="open", tier="unknown", hub_repositories=["lab/amber"]
    )
    AIModel.objects.create(
        slug="ada-amber",
        name="Ada's Amber",
        access="open",
        tier="unknown",
        listed=False,
        base_model="lab/amber",
    )
    found, made = model_detail(base.slug), model_detail("ada-amber")
    assert found is not None
    assert made is not None
    assert (found.repositories, found.derived) == (("lab/amber",), (("ada-amber", "Ada's Amber"),))
    assert (made.made_from, made.derived) == ((Base("Amber", "amber-base", by_repository=True),), ())


def test_a_model_is_made_from_another_never_from_itself_and_who_says_so_is_said(tmp_path: Path) -> None:
    state(
        tmp_path,
        release("Cedar 1"),
        release("Cedar 1 (May 2024)", base_model="Cedar 1"),
        release("Cedar Chat", base_model="Cedar 1,Nobody 9"),
    )
    assert known("cedar-1").made_from == ()
    assert known("cedar-chat").made_from == (
        Base("Cedar 1", "cedar-1", by_repository=False),
        Base("Nobody 9", "", by_repository=False),
    )


def test_what_states_a_model_as_its_base_is_made_from_it(tmp_path: Path) -> None:
    state(tmp_path, release("Cedar 1"), release("Cedar Chat", base_model="Cedar 1"))
    assert known("cedar-1").derived == (("cedar-chat", "Cedar Chat"),)
    assert known("cedar-chat").derived == ()


def test_a_model_knows_the_moving_names_that_meant_it(tmp_path: Path) -> None:
    state(tmp_path, release("DeepSeek-V2.5", organization="DeepSeek", date="2024-09-05"))
    held = known("deepseek-v2-5").held_names
    assert [(one.name, one.since, one.until, one.checkpoint) for one in held] == [
        ("deepseek-chat", date(2024, 9, 5), date(2024, 12, 10), ""),
        ("deepseek-chat", date(2024, 12, 10), date(2024, 12, 26), "2024-12-10"),
    ]
