"""`manage.py gate`, `replay`, `audit`, `sources`: look at what was collected, decide on it, check it, make it again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.management.base import CommandError
from pytest_django import Settings

from models_catalog.fetch.archive import Archive
from models_catalog.models import Decision, Fetch, Incident, Observation, SourceState
from models_catalog.sources import SOURCES
from models_catalog.vocabulary import Outcome
from tests.faults.offers import Offer, listed, offers

pytestmark = pytest.mark.django_db

Run = Callable[..., str]
RunJson = Callable[..., Any]


def dear(item: Offer) -> None:
    item["pricing"]["request"] = "0.1"


@pytest.fixture
def collected(tmp_path: Path, settings: Settings, run: Run) -> Path:
    """Two accepted captures of OpenRouter's list, and a third, half as long, in quarantine."""
    settings.OPENGAP_DATA = tmp_path / "data"
    folder = tmp_path / "payloads"
    (folder / "openrouter").mkdir(parents=True)
    for day, body in ((2, listed(offers())), (3, listed(offers(40, dear))), (4, listed(offers(20)))):
        (folder / "openrouter" / f"models-2026-01-0{day}.json").write_bytes(body)
    with pytest.raises(SystemExit) as ended:
        run("collect", "--from", str(folder))
    assert ended.value.code == 1
    return folder


def quarantined() -> Fetch:
    return Fetch.objects.get(outcome=Outcome.QUARANTINED)


def archive() -> Archive:
    return Archive(configured.OPENGAP_DATA)


def test_gate_lists_the_pages_that_wait_with_their_reasons(
    collected: Path, run: Run, run_json: RunJson
) -> None:
    [page] = run_json("gate")
    assert page == {
        "page": quarantined().pk,
        "source": "openrouter",
        "board": "models",
        "observed_at": "2026-01-04T00:00:00+00:00",
        "records": 60,
        "reason": "shrunken: 60 rows, 160 were accepted last",
        "url": page["url"],
        "file": "openrouter/models-2026-01-04.json",
    }
    assert run("gate") == (
        f"{page['page']}\topenrouter/models\t2026-01-04T00:00:00+00:00\tshrunken: 60 rows, 160 were accepted last\n"
    )


def test_gate_shows_one_page_with_its_problems(collected: Path, run: Run, run_json: RunJson) -> None:
    shown = run_json("gate", "show", str(quarantined().pk))
    assert (shown["sha256"], shown["problems"]) == (quarantined().sha256, [])


def test_gate_takes_a_page_after_all(collected: Path, run: Run) -> None:
    page = quarantined()
    said = run("gate", "accept", str(page.pk), "--reason", "they closed a region", "--by", "Alice")
    assert said == f"page {page.pk} accepted: 0 values, 100 withdrawn\n"
    decision = Decision.objects.get()
    assert (decision.decided_by, decision.reason) == ("Alice", "they closed a region")
    assert not Incident.objects.filter(closed_at=None).exists()
    assert run("gate") == ""


def test_gate_rejects_a_page(collected: Path, run: Run) -> None:
    page, before = quarantined(), Observation.objects.count()
    assert run("gate", "reject", str(page.pk), "--reason", "half a page") == f"page {page.pk} rejected\n"
    assert Fetch.objects.get(pk=page.pk).reason.endswith(": half a page")
    assert Observation.objects.count() == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("accept", "{page}"), "a decision needs a reason"),
        (("accept", "0", "--reason", "x"), "name a page by its number"),
        (("accept",), "name a page by its number"),
        (("reject", "{accepted}", "--reason", "x"), "is not in quarantine: it is accepted"),
    ],
)
def test_gate_refuses_what_it_cannot_decide(
    collected: Path, run: Run, words: tuple[str, ...], sentence: str
) -> None:
    accepted = Fetch.objects.filter(outcome=Outcome.ACCEPTED).earliest("id").pk
    with pytest.raises(CommandError, match=sentence):
        run("gate", *(word.format(page=quarantined().pk, accepted=accepted) for word in words))
    assert quarantined()


def test_gate_does_not_take_a_page_whose_bytes_are_gone(collected: Path, run: Run) -> None:
    archive().path(quarantined().sha256).unlink()
    with pytest.raises(CommandError, match="the archive has no payload"):
        run("gate", "accept", str(quarantined().pk), "--reason", "fine")


def test_replay_twice_gives_the_same_digests_and_stores_nothing(collected: Path, run_json: RunJson) -> None:
    before = set(Observation.objects.values_list("pk", flat=True))
    first, second = (run_json("replay", "--source", "openrouter") for _ in range(2))
    assert first == second
    assert [(item["facts"], item["changed"], item["problem"]) for item in first] == [
        (120, 0, ""),
        (160, 0, ""),
    ]
    assert len({item["digest"] for item in first}) == 2
    assert set(Observation.objects.values_list("pk", flat=True)) == before


def test_replay_since_a_day_begins_with_that_day(collected: Path, run: Run, run_json: RunJson) -> None:
    [item] = run_json("replay", "--source", "openrouter", "--since", "2026-01-03")
    assert item["observed_at"] == "2026-01-03T00:00:00+00:00"
    assert run("replay", "--source", "openrouter", "--since", "2026-01-03").startswith(
        "models 2026-01-03: 160 facts, 0 read differently, digest "
    )


def test_replay_names_a_payload_that_is_gone_and_goes_on(
    collected: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    first = Fetch.objects.filter(outcome=Outcome.ACCEPTED).earliest("id")
    archive().path(first.sha256).unlink()
    with pytest.raises(SystemExit) as ended:
        run("replay", "--source", "openrouter")
    assert ended.value.code == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"models 2026-01-02: the archive has no payload {first.sha256}"
    assert "160 facts" in lines[1]


def test_audit_finds_a_whole_archive_whole(collected: Path, run_json: RunJson) -> None:
    assert run_json("audit") == {"payloads": 3, "damages": []}


def test_audit_names_what_is_damaged_and_what_is_missing(
    collected: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    gone, hurt = (fetch.sha256 for fetch in Fetch.objects.filter(outcome=Outcome.ACCEPTED).order_by("id"))
    archive().path(gone).unlink()
    stored = archive().path(hurt)
    bits = bytearray(stored.read_bytes())
    bits[len(bits) // 2] ^= 1
    stored.write_bytes(bytes(bits))
    with pytest.raises(SystemExit) as ended:
        run("audit")
    assert ended.value.code == 1
    damaged, missing = capsys.readouterr().out.splitlines()
    assert damaged.startswith(f"damaged: {hurt}: the payload {hurt} is damaged")
    assert missing == f"missing: {gone}: no bytes stored for openrouter/models of 2026-01-02"


def test_sources_say_age_next_try_rights_and_incidents(collected: Path, run_json: RunJson) -> None:
    SourceState.objects.create(slug="openrouter", next_attempt_at="2026-01-05T06:00:00Z")
    lines = {line["slug"]: line for line in run_json("sources")}
    assert list(lines) == [source.slug for source in SOURCES]
    line = lines["openrouter"]
    assert (line["newest_observed"], line["stale"]) == ("2026-01-03T00:00:00+00:00", True)
    assert (line["next_attempt"], line["last_success"]) == ("2026-01-05T06:00:00+00:00", None)
    assert (line["verified"], line["export"], line["display"], line["enabled"]) == ("", False, True, True)
    [incident] = line["incidents"]
    assert (incident["cause"], incident["times"]) == ("implausible", 1)
    assert incident["detail"] == "shrunken: 60 rows, 160 were accepted last"


def test_sources_show_a_table_whatever_an_incident_says(
    collected: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    Incident.objects.update(detail="an unknown column [/INST] [bold]")
    from django.core.management import call_command

    call_command("sources")
    assert "[/INST]" in " ".join(capsys.readouterr().err.split())
