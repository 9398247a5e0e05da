"""`manage.py gap`: the exact document, every method, and a reason where there is no number."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError
from pytest_django import Settings

from models_catalog.analysis.reasons import NOTHING_COUNTS
from models_catalog.embedded.places import CHECKOUT
from models_catalog.measure.version import METHOD_VERSION
from models_catalog.models import Fit, Issue, Result
from models_catalog.models.knowledge import now_known
from models_catalog.normalise.benchmarks import DOMAINS
from models_catalog.vocabulary import Inputs, Method, Split
from tests.ingest.invented import on
from tests.measure.invented import ENTRIES, changed, measure, publish
from tests.services import url_of_test_database

pytestmark = pytest.mark.django_db

DOCUMENT = {"as_of", "known_at", "vintage", "method_version", "interval_level", "headline", "results"}
FIGURE = {
    "method", "inputs", "scale", "domain", "delta", "value", "low", "high", "unit", "n", "n_unit",
    "censored_share", "reason",
}  # fmt: skip
MORE = {"at_least", "cut", "key", "draws"}  # "≥" belongs to a censored figure; of which part; what draws it
Run = Callable[..., str]
RunJson = Callable[..., Any]


@pytest.fixture(autouse=True)
def few_draws(settings: Settings) -> None:
    settings.OPENGAP_BOOTSTRAP_DRAWS = 20


@pytest.fixture
def published(tmp_path: Path) -> None:
    """Epoch's invented index and matrix are stored."""
    publish(tmp_path, on(5))
    measure(tmp_path, on(6))


def figures(document: Any) -> list[tuple[str, float]]:
    return [(row["method"], row["delta"]) for row in document["results"]]


@pytest.mark.usefixtures("published")
def test_the_document_has_the_promised_keys(run_json: RunJson) -> None:
    found = run_json("gap")
    assert set(found) == DOCUMENT
    assert set(found["headline"]) == FIGURE | MORE
    assert (found["as_of"], found["interval_level"]) == ("2026-01-06", 0.9)
    assert found["method_version"] == METHOD_VERSION
    assert found["vintage"].startswith("2026-01-06T00:00:00")
    headline = found["headline"]
    assert (headline["method"], headline["domain"], headline["delta"]) == ("catch_up", "overall", 0.0)
    assert (headline["inputs"], headline["unit"], headline["reason"]) == ("all", "months", "")
    assert headline["low"] <= headline["value"] <= headline["high"]
    assert headline == found["results"][0]


@pytest.mark.usefixtures("published")
def test_the_headlines_method_is_listed_at_both_tolerances(run_json: RunJson) -> None:
    assert figures(run_json("gap")) == [("catch_up", 0.0), ("catch_up", 2.0)]


@pytest.mark.usefixtures("published")
def test_the_weekly_series_is_the_same_to_the_byte_when_everything_is_worked_out_anew(run: Run) -> None:
    """And it ends on the day asked for, with what the same day alone would give."""
    asked = ("gap", "--series", "weekly", "--method", "all", "--inputs", "epoch", "--json")
    known = now_known()
    assert known is not None
    first = run(*asked, "--known-at", known.isoformat())
    Result.objects.all().delete()
    Issue.objects.all().delete()
    Fit.objects.all().delete()
    assert run(*asked, "--known-at", known.isoformat()) == first
    found = json.loads(first)
    assert [(item["method"], item["delta"]) for item in found["series"]][:2] == [
        ("catch_up", 0.0),
        ("catch_up", 2.0),
    ]
    points = found["series"][0]["points"]
    assert (points[0]["day"], points[-1]["day"]) == ("2023-01-02", found["as_of"])
    assert all(point["value"] is not None or point["reason"] for point in points)
    until = json.loads(run(*asked, "--known-at", known.isoformat(), "--as-of", "2025-12-01"))
    assert until["series"][0]["points"] == [point for point in points if point["day"] <= "2025-12-01"]


@pytest.mark.usefixtures("published")
def test_a_series_of_everything_or_at_an_odd_tolerance_is_refused(run: Run) -> None:
    for wish in (("--domain", "all"), ("--delta", "3")):
        with pytest.raises(CommandError, match="a series is of the index or of one domain"):
            run("gap", "--series", "weekly", *wish)


@pytest.mark.usefixtures("published")
def test_all_methods_and_all_domains_list_every_one(run_json: RunJson) -> None:
    found = run_json("gap", "--method", "all", "--domain", "all")
    lags = [
        (method.value, delta) for method in Method if method is not Method.POINT_GAP for delta in (0.0, 2.0)
    ]
    rows = found["results"]
    assert set(found) == DOCUMENT | {"splits", "benchmarks", "sensitivities"}
    assert {row["domain"] for row in rows} == {"overall", *DOMAINS}
    assert all(set(row) == FIGURE | MORE for row in rows)
    for domain in ("overall", *DOMAINS):
        of_it = [(row["method"], row["delta"]) for row in rows if row["domain"] == domain]
        assert sorted(of_it) == sorted([*lags, ("point_gap", 0.0)])
    assert {row["key"] for row in found["splits"]} == set(Split)
    assert {row["key"] for row in found["benchmarks"]} >= {"gpqa-diamond", "osworld"}


@pytest.mark.usefixtures("published")
def test_a_part_too_thin_for_a_scale_gives_its_reason_and_never_a_number(run_json: RunJson) -> None:
    rows = run_json("gap", "--domain", "safety", "--method", "all")["results"]
    assert len(rows) == 9
    assert {(row["value"], row["reason"]) for row in rows} == {(None, NOTHING_COUNTS)}
    [vision, *_] = run_json("gap", "--domain", "vision")["results"]  # OSWorld alone
    assert (vision["value"], vision["domain"]) == (None, "vision")
    assert vision["reason"].startswith("a scale needs 3 benchmarks with 8 models each")


@pytest.mark.usefixtures("published")
def test_sensitivities_are_listed_with_what_was_decided_otherwise(run_json: RunJson) -> None:
    rows = run_json("gap", "--domain", "all")["sensitivities"]
    labels = {row["label"] for row in rows}
    assert {"Unknown access counted as open", "Without Birch Lab"} <= labels
    assert all(row["method"] == "catch_up" for row in rows)


@pytest.mark.usefixtures("published")
def test_another_method_tolerance_and_inputs_can_be_asked_for(run_json: RunJson) -> None:
    found = run_json("gap", "--method", "parity_age", "--delta", "1.5", "--inputs", "epoch")
    assert figures(found) == [("parity_age", 1.5)]
    assert found["results"][0]["inputs"] == found["headline"]["inputs"] == "epoch"
    assert figures(run_json("gap", "--method", "point_gap", "--delta", "1.5")) == [("point_gap", 0.0)]


@pytest.mark.usefixtures("published")
def test_the_three_times_can_be_asked_for(run_json: RunJson, tmp_path: Path) -> None:
    then = now_known()
    assert then is not None
    publish(tmp_path, on(9), changed("Birch 6", level=151.5))

    def point_gap(*words: str) -> float:
        value: float = run_json("gap", "--inputs", "epoch", "--method", "point_gap", *words)["results"][0][
            "value"
        ]
        return value

    assert point_gap() == pytest.approx(0.5)
    assert point_gap("--vintage", "2026-01-08") == pytest.approx(3.0)
    assert point_gap("--known-at", then.isoformat()) == pytest.approx(3.0)
    assert point_gap("--as-of", "2025-06-01") == pytest.approx(145.0 - 136.0)


@pytest.mark.usefixtures("published")
def test_a_vintage_of_a_day_means_its_whole_day_in_every_spelling(run_json: RunJson, tmp_path: Path) -> None:
    publish(tmp_path, on(9, 18), changed("Birch 6", level=151.5))
    for day in ("2026-01-09", "20260109", "2026-W02-5"):
        assert run_json("gap", "--inputs", "epoch", "--vintage", day)["vintage"].startswith("2026-01-09T18")
    assert run_json("gap", "--inputs", "epoch", "--vintage", "2026-01-09T17:59:59Z")["vintage"].startswith(
        "2026-01-05"
    )


def test_nothing_collected_is_a_document_with_a_reason_instead_of_numbers(run_json: RunJson) -> None:
    found = run_json("gap", "--method", "all")
    assert set(found) == DOCUMENT
    assert set(found["headline"]) == FIGURE | MORE
    assert (found["headline"]["value"], found["headline"]["reason"]) == (
        None,
        "nothing has been collected yet",
    )
    assert len(found["results"]) == 9
    assert {row["method"] for row in found["results"]} == set(Method)
    assert all(row["value"] is None and row["reason"] for row in found["results"])


@pytest.mark.usefixtures("published")
def test_a_day_after_the_data_is_refused_with_a_reason(run: Run, run_json: RunJson) -> None:
    found = run_json("gap", "--as-of", "2030-01-01")
    assert (found["as_of"], found["headline"]["value"]) == ("2030-01-01", None)
    assert "captured on 2026-01-06" in found["headline"]["reason"]
    with pytest.raises(CommandError, match="no figure: the newest scores were captured on 2026-01-06"):
        run("gap", "--as-of", "2030-01-01")


@pytest.mark.usefixtures("published")
def test_inputs_without_evidence_are_refused_with_a_reason(run_json: RunJson) -> None:
    found = run_json("gap", "--inputs", "own")
    assert "no score of a known model" in found["headline"]["reason"]
    assert found["headline"]["inputs"] == "own"
    assert found["known_at"] is not None


@pytest.mark.usefixtures("published")
def test_people_get_one_line_a_figure(run: Run) -> None:
    lines = run("gap", "--method", "all").splitlines()
    assert len(lines) == 9
    assert lines[0].startswith("delta 0  catch_up ")
    assert lines[0].endswith(" months, 20 draws  n=6 closed frontier steps")


@pytest.mark.parametrize("delta", ["-1", "101", "nan", "inf"])
def test_a_tolerance_out_of_range_is_refused(delta: str, run: Run) -> None:
    with pytest.raises(CommandError, match="a tolerance is from 0 to 100 points"):
        run("gap", f"--delta={delta}")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--as-of", "nonsense"], "'nonsense' is not a day"),
        (["--as-of", "2026-02-30"], "'2026-02-30' is not a day"),
        (["--known-at", "yesterday"], "'yesterday' is not a day or an instant"),
        (["--vintage", "2026-13-01T00:00"], "is not a day or an instant"),
        (["--inputs", "ours"], "invalid Inputs value: 'ours'"),
        (["--method", "guess"], "invalid choice: 'guess'"),
        (["--domain", "cooking"], "invalid choice: 'cooking'"),
        (["--delta", "two"], "invalid float value: 'two'"),
    ],
)
def test_an_argument_that_cannot_be_read_is_named(words: list[str], said: str, run: Run) -> None:
    with pytest.raises(CommandError) as refusal:
        run("gap", *words)
    assert said in str(refusal.value)
    assert words[0] in str(refusal.value)


@pytest.mark.usefixtures("published")
def test_asking_twice_gives_the_same_answer_and_stores_it_once(run: Run) -> None:
    first = run("gap", "--json", "--method", "all")
    assert run("gap", "--json", "--method", "all") == first
    assert Issue.objects.count() == 1


def test_every_kind_of_inputs_can_be_named(run_json: RunJson) -> None:
    assert [run_json("gap", "--inputs", inputs.value)["headline"]["inputs"] for inputs in Inputs] == list(
        Inputs
    )


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_real_command_ends_a_wrong_day_with_one_sentence(tmp_path: Path) -> None:
    publish(tmp_path, on(5), ENTRIES)
    done = subprocess.run(
        [sys.executable, "manage.py", "gap", "--inputs", "epoch", "--as-of", "30.10.2025"],
        cwd=CHECKOUT,
        env=os.environ | {"DATABASE_URL": url_of_test_database()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1].endswith("'30.10.2025' is not a day: write 2026-08-11")
    assert "Traceback" not in done.stderr
