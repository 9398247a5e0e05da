"""What sources and captures state differently, in one place: both sides with source and day."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from models_catalog.findings.disagreements import DisagreementLine, disagreements
from models_catalog.ingest.projections import refresh_projections
from models_catalog.models import Alias
from models_catalog.sources.contract import LicenceSeen, ReleaseSeen
from models_catalog.vocabulary import Matter
from tests.ingest.invented import on
from tests.ingest.stated import release, state
from tests.web.reading import page, text_of

pytestmark = pytest.mark.django_db


def listed(name: str, **fields: object) -> ReleaseSeen:
    return ReleaseSeen(model=name, name="GLM-9", organization="zhipu", **fields)  # type: ignore[arg-type]  # each test names real fields


def on_the_hub(folder: Path, licence: str, day: int) -> None:
    name = "zai-org/GLM-9"
    state(
        folder,
        LicenceSeen(model=name, name=name, licence=licence),
        ReleaseSeen(model=name, name=name, hub_id="1", hub_repository=name, date="2026-01-20"),
        source="huggingface",
        board="models",
        complete=False,
        observed_at=on(day),
    )


def one_model_stated_differently(folder: Path) -> None:
    """Sources and captures differ about it in every matter but its name."""
    glm = {"organization": "Z.ai (Zhipu AI)", "date": "2026-01-02"}
    state(folder, release("GLM-9", **glm), observed_at=on(1))
    state(folder, release("GLM-9", **(glm | {"date": "2026-02-02"})), observed_at=on(2))
    state(
        folder,
        listed("z-ai/glm-9", date="2026-02-05"),
        listed("zhipuai/glm-9", date="2026-04-01", access_claim="open_weights: false"),
        source="models-dev",
        board="models",
        observed_at=on(3),
    )
    host = {"name": "GLM-9", "organization": "DeepSeek"}
    state(
        folder,
        ReleaseSeen(model="zai-org/glm-9", **host),  # type: ignore[arg-type]  # two texts
        source="together",
        board="models",
        observed_at=on(4),
    )
    on_the_hub(folder, "mit", 5)
    refresh_projections()


@dataclass(frozen=True)
class Listed:
    """What is listed about that model; computed once for this module."""

    first: tuple[DisagreementLine, ...]
    after_another_licence: tuple[DisagreementLine, ...]


@pytest.fixture(scope="module")
def lines(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Listed:
    folder = tmp_path_factory.mktemp("archive")
    with django_db_blocker.unblock(), transaction.atomic():
        one_model_stated_differently(folder)
        first = disagreements()
        on_the_hub(folder, "apache-2.0", 6)
        refresh_projections()
        found = Listed(first, disagreements())
        transaction.set_rollback(True)
    return found


def of(matter: Matter, found: Iterable[DisagreementLine]) -> list[DisagreementLine]:
    return [line for line in found if line.matter is matter]


def test_dates_more_than_a_week_apart_are_listed_between_sources_and_between_captures(
    lines: Listed,
) -> None:
    far, moved = of(Matter.RELEASE, lines.first)
    assert (far.about, far.model, far.days) == ("glm-9", "glm-9", 58)
    assert (far.counted.said, far.counted.source, far.counted.on) == (
        "2026-02-02 (announced)",
        "epoch",
        on(2).date(),
    )
    assert (far.stated.said, far.stated.source, far.stated.on) == (
        "2026-04-01 (announced)",
        "models-dev",
        on(3).date(),
    )
    assert (moved.counted.said, moved.stated.said, moved.days) == ("2026-02-02", "2026-01-02", 31)
    assert moved.counted.source == moved.stated.source == "epoch"
    assert (moved.counted.on, moved.stated.on) == (on(2).date(), on(1).date())


def test_weights_and_organisations_that_sources_state_otherwise_are_listed(lines: Listed) -> None:
    [weights] = of(Matter.ACCESS, lines.first)
    assert weights.counted.said.startswith("open: ")
    assert weights.stated.source == "models-dev"
    [whose] = of(Matter.ORGANIZATION, lines.first)
    assert (whose.about, whose.counted.said, whose.stated.said) == ("glm-9", "zhipu", "DeepSeek")
    assert (whose.stated.source, whose.stated.on) == ("together", on(4).date())


def test_a_licences_words_that_changed_are_listed(lines: Listed) -> None:
    licences = of(Matter.LICENCE, lines.after_another_licence)
    [line] = [line for line in licences if line.stated.on == on(5).date()]
    assert (line.counted.said, line.stated.said, line.model) == ("apache-2.0", "mit", "glm-9")


def test_a_name_that_is_one_model_here_and_another_there_is_listed(tmp_path: Path) -> None:
    state(tmp_path, release("Amber 1"), release("Amber 2"))
    state(tmp_path, release("Amber 1"), source="osai", board="archive", observed_at=on(2))
    Alias.objects.create(
        name="Amber 1",
        source="osai",
        target="amber-2",
        reason="Renamed there.",
        reviewed_on="2026-01-01",
        recorded_at=on(1),
        reviewed_by="Alice",
    )
    refresh_projections()
    [found] = of(Matter.NAME, disagreements())
    assert (found.about, found.model) == ("amber 1", "")
    assert [(side.said, side.source, side.on) for side in (found.counted, found.stated)] == [
        ("amber-1", "epoch", on(1).date()),
        ("amber-2", "osai", on(2).date()),
    ]


def test_the_command_and_the_page_list_the_same(
    tmp_path: Path, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    one_model_stated_differently(tmp_path)
    call_command("disagreements", "--json")
    stated = json.loads(capsys.readouterr().out)
    assert [line["matter"] for line in stated] == [str(line.matter) for line in disagreements()]
    assert set(stated[0]) == {"matter", "about", "model", "counted", "stated", "days"}
    call_command("disagreements", "--matter", "release date", "--model", "glm-9")
    said = capsys.readouterr()
    assert "58 days" in said.out
    assert "on release date" in said.err
    shown = text_of(page(client, "/corrections/").main)
    assert "2 on release dates more than a week apart" in shown
    assert "58 days apart" in shown


def test_sources_that_agree_are_not_listed(tmp_path: Path) -> None:
    state(tmp_path, release("Amber 1"))
    state(tmp_path, release("Amber 1"), observed_at=on(2))
    refresh_projections()
    assert disagreements() == ()
