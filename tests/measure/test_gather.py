"""What goes into a scale: whose scores, with whose dates and access; and what identifies the inputs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection

from models_catalog.analysis.normalise_scores import Attempt
from models_catalog.analysis.records import Bounds, Insufficient, Score
from models_catalog.ingest.identity import refresh_identity
from models_catalog.measure.cuts import gather_own
from models_catalog.measure.gather import Gathered, gather_epoch
from models_catalog.measure.gather_own import TRAINED, Seen, submitted
from models_catalog.models import CurrentObservation, Fetch, Observation, Subject
from models_catalog.models.knowledge import Knowledge
from models_catalog.normalise.benchmarks import benchmarks
from models_catalog.sources.contract import ScoreSeen
from models_catalog.vocabulary import Access, Inputs, Reporter
from tests.ingest.invented import on
from tests.ingest.stated import state
from tests.measure.invented import (
    CLOSED,
    ENTRIES,
    Entry,
    changed,
    measure,
    measure_elsewhere,
    publish,
)

pytestmark = pytest.mark.django_db

Take = Callable[[Path], object]
TAKES: tuple[Take, ...] = (
    lambda folder: publish(folder, on(5)),
    lambda folder: measure(folder, on(6)),
    lambda folder: measure_elsewhere(folder, on(7)),
)


def gathered(inputs: Inputs) -> Gathered:
    return gather_epoch(Knowledge()) if inputs is Inputs.EPOCH else gather_own(Knowledge(), inputs)


def start_again() -> None:
    """An installation without a row, whose next row number is another one."""
    for table in (CurrentObservation, Observation, Subject, Fetch):
        table.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("ALTER SEQUENCE models_catalog_observation_id_seq RESTART WITH 90000")
        cursor.execute("ALTER SEQUENCE models_catalog_subject_id_seq RESTART WITH 90000")


def test_published_levels_come_with_the_dates_and_groups_of_their_publisher(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    found = gather_epoch(Knowledge())
    amber, birch, cedar = (found.candidates[name] for name in ("Amber 1", "Birch 1", "Cedar 1"))
    assert (amber.released, amber.access, amber.organization) == (
        date(2023, 3, 14),
        Access.CLOSED,
        "Amber Lab",
    )
    assert (birch.access, cedar.access) == (Access.OPEN, Access.UNKNOWN)
    assert found.levels["Amber 1"] == 110.0
    assert found.bounds["Amber 1"] == Bounds(108.0, 113.0)
    assert amber.observation is not None
    assert Observation.objects.get(pk=amber.observation).value["quote"] == "110.0 | 108.0 | 113.0"
    assert found.vintage == on(5)


def test_a_model_without_a_date_is_left_out_and_counted(tmp_path: Path) -> None:
    body = [item for item in ENTRIES if item.name != "Amber 1"]
    publish(tmp_path, on(5), body)
    Observation.objects.filter(subject__external_id="Amber 2", kind="release").update(
        value={"organization": "Amber Lab"}
    )
    found = gather_epoch(Knowledge())
    assert found.left_out == {"no release date": 1}
    assert "Amber 2" not in found.levels


def test_own_scores_leave_the_publishers_matrix_out_and_all_take_it_in(tmp_path: Path) -> None:
    for take in TAKES:
        take(tmp_path)
    benchmarks = {
        inputs: {attempt.score.benchmark for attempt in gathered(inputs).attempts}
        for inputs in (Inputs.OWN, Inputs.ALL)
    }
    assert "scicode" in benchmarks[Inputs.OWN]
    assert "simplebench" not in benchmarks[Inputs.OWN]
    assert benchmarks[Inputs.OWN] | {"simplebench"} <= benchmarks[Inputs.ALL]


def test_a_benchmark_that_arrives_twice_counts_once(tmp_path: Path) -> None:
    for take in TAKES:
        take(tmp_path)
    cells = [
        (attempt.score.model, attempt.score.benchmark)
        for attempt in gathered(Inputs.ALL).attempts
        if attempt.score.benchmark == "gpqa-diamond"
    ]
    assert len(cells) == len(set(cells)) == len(ENTRIES)


def test_the_published_index_is_a_result_and_never_a_score(tmp_path: Path) -> None:
    publish(tmp_path, on(5))
    with pytest.raises(Insufficient, match="no score of a known model"):
        gathered(Inputs.ALL)


def test_what_is_left_out_is_counted_by_reason(tmp_path: Path) -> None:
    publish(tmp_path, on(5), [item for item in ENTRIES if item.name != "Cedar 1"])
    measure_elsewhere(tmp_path, on(7))
    left_out = gathered(Inputs.OWN).left_out
    kept_out = len(ENTRIES)  # LiveCodeBench, by its entry in benchmarks.toml
    assert left_out == {"benchmark kept out of the index": kept_out, "name not resolved": 4}


def test_scores_of_copies_trained_on_the_benchmarks_own_questions_are_left_out_and_counted(
    tmp_path: Path,
) -> None:
    publish(tmp_path, on(5))
    measure(tmp_path, on(6))
    measure_elsewhere(tmp_path, on(7))
    scores = [
        ScoreSeen(
            model="Unicorn-11B",
            name="Unicorn-11B",
            benchmark=name,
            metric="accuracy",
            value=Decimal("0.9"),
            unit="fraction",
        )
        for name in ("HellaSwag", "PIQA", "BoolQ")
    ]
    state(tmp_path, *scores, board="hella_swag_external", observed_at=on(8))
    found = gathered(Inputs.ALL)
    assert found.left_out[TRAINED] == 2
    assert [
        attempt.score.benchmark for attempt in found.attempts if attempt.score.model == "unicorn-11b"
    ] == ["boolq"]


def test_a_model_that_only_a_board_of_submissions_scored_is_not_placed() -> None:
    seen = [
        seen_at("heron", "open-llm-leaderboard"),
        seen_at("heron", "arena"),
        seen_at("submitted", "open-llm-leaderboard"),
    ]
    assert submitted(seen) == {"submitted"}


def seen_at(model: str, source: str) -> Seen:
    attempt = Attempt(Score(model, "gpqa-diamond", 0.5), "")
    benchmark = benchmarks()["gpqa-diamond"]
    return Seen(attempt, benchmark, Reporter.INDEPENDENT, source, 1, on(5), None, None)


def test_two_names_of_one_checkpoint_meet_in_one_candidate(tmp_path: Path) -> None:
    dated = Entry("claude-3-5-sonnet-20240620", "Anthropic", date(2024, 6, 20), 131.0, CLOSED)
    publish(tmp_path, on(5), [*ENTRIES, dated])
    measure(tmp_path, on(6))
    measure_elsewhere(tmp_path, on(7), [dated])
    keys = [key for key in gathered(Inputs.ALL).candidates if key.startswith("claude")]
    assert keys == ["claude-3-5-sonnet"]


@pytest.mark.parametrize("inputs", list(Inputs))
def test_the_digest_depends_neither_on_row_numbers_nor_on_the_order_of_arrival(
    inputs: Inputs, tmp_path: Path
) -> None:
    for take in TAKES:
        take(tmp_path)
    first = gathered(inputs)
    start_again()
    for take in reversed(TAKES):
        take(tmp_path / "again")
    second = gathered(inputs)
    assert min(Observation.objects.values_list("pk", flat=True)) >= 90000
    assert second.digest == first.digest


@pytest.mark.parametrize(
    "other",
    [
        changed("Amber 3", level=139.0),
        changed("Amber 3", released=date(2024, 12, 6)),
        changed("Cedar 1", access=CLOSED),
        ENTRIES[:-1],
    ],
)
@pytest.mark.parametrize("inputs", [Inputs.EPOCH, Inputs.ALL])
def test_the_digest_changes_with_a_level_a_date_an_access_or_a_model(
    inputs: Inputs, other: tuple[Entry, ...], tmp_path: Path
) -> None:
    publish(tmp_path, on(5))
    measure(tmp_path, on(6))
    before = gathered(inputs).digest
    publish(tmp_path, on(8), other)
    measure(tmp_path, on(9), other)
    assert gathered(inputs).digest != before


def test_the_three_kinds_of_inputs_agree_before_and_after_identity_is_written(tmp_path: Path) -> None:
    for take in TAKES:
        take(tmp_path)
    before = [gathered(inputs).digest for inputs in Inputs]
    refresh_identity()
    assert [gathered(inputs).digest for inputs in Inputs] == before


def test_nothing_stored_is_refused_with_a_reason_that_can_be_shown() -> None:
    for inputs, words in (
        (Inputs.EPOCH, "no published Epoch Capabilities Index is stored"),
        (Inputs.OWN, "no score of a known model on a reviewed benchmark"),
    ):
        with pytest.raises(Insufficient) as refusal:
            gathered(inputs)
        assert words in refusal.value.reason


def test_a_missing_anchor_is_named(tmp_path: Path) -> None:
    entries = [item for item in ENTRIES if item.name != "GPT-5"]
    publish(tmp_path, on(5), entries)
    measure(tmp_path, on(6), entries)
    with pytest.raises(Insufficient, match="anchor GPT-5 is not in the catalogue"):
        gathered(Inputs.ALL)
