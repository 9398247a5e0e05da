"""The hand-labelled names: enough of them, of every leaderboard and rung, and judged as their rules say."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from models_catalog.normalise.gold_names import FOLDER, SAMPLES, Label, Verdict, gold_labels, labels_in
from models_catalog.vocabulary import Rung


def test_there_are_at_least_three_hundred_of_every_leaderboard_and_rung() -> None:
    judged = [label for label in labels_in(SAMPLES[0]) if label.judged]
    assert len(judged) >= 300
    assert len({(label.source, label.id) for label in judged}) == len(judged)
    sources = Counter(label.source for label in judged)
    assert set(sources) == {
        *("aider", "arena", "epoch", "livebench", "open-llm-leaderboard", "swebench", "vectara"),
    }
    assert min(sources.values()) >= 24
    assert {label.stratum for label in judged} == {rung.value for rung in Rung}


def test_the_second_sample_holds_a_hundred_and_twenty_others_of_every_rung() -> None:
    second = [label for label in labels_in(SAMPLES[1]) if label.judged]
    assert len(second) >= 120
    assert {label.stratum for label in second} == {rung.value for rung in Rung}
    assert len({(label.source, label.id) for label in gold_labels()}) == len(gold_labels())


def test_the_third_sample_holds_three_hundred_others_each_with_the_file_it_was_read_from() -> None:
    third = [label for label in labels_in(SAMPLES[2]) if label.judged]
    assert len(third) >= 300
    assert {label.stratum for label in third} == {rung.value for rung in Rung}
    assert min(Counter(label.source for label in third).values()) >= 18
    with (FOLDER / SAMPLES[2]).open(encoding="utf-8", newline="") as file:
        assert all(row["file"] and row["reason"] for row in csv.DictReader(file))


def label(models: set[str], snapshot: str = "") -> Label:
    return Label("arena", "x", "", "alias", frozenset(models), snapshot, "")


@pytest.mark.parametrize(
    ("named", "model", "stamp", "verdict"),
    [
        (label({"heron-2"}), "heron-2", None, Verdict.RIGHT),
        (label({"heron-2"}), "heron-3", None, Verdict.WRONG),
        (label({"heron-2", "heron-two"}), "heron-two", None, Verdict.RIGHT),
        (label({"heron-2"}), None, None, Verdict.WAITING),
        (label({"-"}), None, None, Verdict.RIGHT),
        (label({"-"}), "heron-2", None, Verdict.WRONG),
        (label({"heron-2"}, "2024-08"), "heron-2", "2024-08-27", Verdict.RIGHT),
        (label({"heron-2"}, "2024-08"), "heron-2", "2024-09-27", Verdict.WRONG),
        (label({"heron-2"}, "2024-08"), "heron-2", None, Verdict.RIGHT),
    ],
)
def test_an_answer_is_judged(named: Label, model: str | None, stamp: str | None, verdict: Verdict) -> None:
    assert named.verdict(model, stamp) is verdict
