"""A repository of the Hub is its `_id`: names are dated aliases, and a row without an id makes none."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models_catalog.fetch.archive import Archive
from models_catalog.ingest.identity import refresh_identity
from models_catalog.ingest.run import running, take_page
from models_catalog.models import AIModel, DownloadSample, Fetch, Observation, Resolution, Run, Subject
from models_catalog.models.knowledge import Knowledge, claims
from models_catalog.sources import by_slug
from models_catalog.vocabulary import FactKind, Outcome
from tests.faults.offers import repository
from tests.ingest.invented import on, page

pytestmark = pytest.mark.django_db

HUB = by_slug("huggingface")
OLD, NEW = "Qwen/Amber-7B", "Qwen/Amber-1-7B"


def listed(folder: Path, day: int, *rows: dict[str, Any]) -> Fetch:
    board = HUB.boards[0]
    body = page(json.dumps(rows).encode(), on(day))
    with running(HUB, Run.Trigger.RECORDED, Archive(folder, keep_free=0.0)) as entry:
        return take_page(entry, replace(body, board=board.slug, url=board.url))


def test_a_renamed_repository_stays_one_subject_with_both_names(tmp_path: Path) -> None:
    listed(tmp_path, 1, repository(OLD))
    listed(tmp_path, 2, repository(NEW, downloads=1_100))
    subject = Subject.objects.get()
    assert (subject.external_id, subject.name) == (f"{1:024x}", NEW)
    named = Observation.objects.filter(kind=FactKind.RELEASE).order_by("id")
    assert [row.value["hub_repository"] for row in named] == [OLD, NEW]
    samples = DownloadSample.objects.filter(window="30d").order_by("day")
    assert [(sample.subject_id, sample.count) for sample in samples] == [
        (subject.pk, 1_000),
        (subject.pk, 1_100),
    ]


def test_what_was_known_of_a_renamed_repository_keeps_the_name_of_that_day(tmp_path: Path) -> None:
    listed(tmp_path, 1, repository(OLD))
    listed(tmp_path, 2, repository(NEW))
    assert [claim.model for claim in claims(Knowledge(vintage=on(1)))] == [OLD]
    assert [claim.model for claim in claims(Knowledge())] == [NEW]


def test_another_repository_under_a_name_that_became_free_is_another_subject(tmp_path: Path) -> None:
    listed(tmp_path, 1, repository(OLD, 1))
    listed(tmp_path, 2, repository(NEW, 1), repository(OLD, 2))
    assert set(Subject.objects.values_list("external_id", "name")) == {
        (f"{1:024x}", NEW),
        (f"{2:024x}", OLD),
    }


def test_a_row_without_an_id_belongs_to_the_repository_of_that_name_on_that_day(tmp_path: Path) -> None:
    listed(tmp_path, 1, repository(OLD, 1))
    listed(tmp_path, 3, repository(NEW, 1), repository(OLD, 2))
    listed(tmp_path, 2, repository(OLD, _id=None, downloads=7))
    listed(tmp_path, 4, repository(OLD, _id=None, downloads=8))
    counts = DownloadSample.objects.filter(count__in=(7, 8), window="30d").order_by("count")
    owners = [Subject.objects.get(pk=sample.subject_id).external_id for sample in counts]
    assert owners == [f"{1:024x}", f"{2:024x}"]
    assert Subject.objects.count() == 2


def test_a_repository_known_by_name_only_becomes_the_one_whose_id_is_seen(tmp_path: Path) -> None:
    listed(tmp_path, 1, repository(OLD, _id=None))
    assert Subject.objects.get().external_id == OLD
    listed(tmp_path, 2, repository(OLD))
    assert Subject.objects.get().external_id == f"{1:024x}"


def test_a_bare_name_never_makes_a_model_and_an_id_does(tmp_path: Path) -> None:
    listed(tmp_path, 1, repository(OLD, _id=None))
    refresh_identity()
    assert not AIModel.objects.exists()
    listed(tmp_path, 2, repository(OLD))
    refresh_identity()
    assert Resolution.objects.get().model == AIModel.objects.get()
    assert OLD.lower() in AIModel.objects.get().search


def test_the_same_repository_under_two_ids_in_one_list_is_stored_and_not_mixed(tmp_path: Path) -> None:
    fetch = listed(tmp_path, 1, repository(OLD, 1), repository(OLD, 2, downloads=5))
    assert fetch.outcome == Outcome.ACCEPTED
    listed(tmp_path, 2, repository(OLD, _id=None, downloads=6))
    assert Subject.objects.count() == 3  # of two, none may be guessed
