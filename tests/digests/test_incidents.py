"""What goes wrong with the digest is one open incident per matter, on the status page and on the command line."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command
from django.test import Client

from models_catalog.digests.incidents import note_silence
from models_catalog.digests.stopping import hold
from models_catalog.digests.tick import compose_and_tidy
from models_catalog.models import Edition, Incident, Result
from models_catalog.vocabulary import DeliveryState
from tests.web.reading import page, text_of
from tests.web.stored import world

pytestmark = pytest.mark.django_db


def open_ones() -> dict[str, str]:
    return dict(Incident.objects.filter(source="digest", closed_at=None).values_list("board", "cause"))


def test_an_edition_that_cannot_be_composed_is_an_incident_until_it_can(db: None) -> None:
    assert compose_and_tidy() == ""
    assert not Incident.objects.exists()  # a new installation is no trouble
    world()
    kept = list(Result.objects.values())
    Result.objects.all().delete()
    for _ in range(2):
        with pytest.raises(StopIteration):
            compose_and_tidy()
    incident = Incident.objects.get(source="digest", closed_at=None)
    assert (incident.board, incident.times, incident.next_try_at is not None) == ("composing", 2, True)
    Result.objects.bulk_create(Result(**row) for row in kept)
    assert compose_and_tidy()
    assert "composing" not in open_ones()


def test_stopping_and_stale_sources_are_told_on_the_page_and_by_the_command(
    client: Client, capsys: pytest.CaptureFixture[str], edition: Edition
) -> None:
    hold(edition, "2 of 20 mails bounced: more than 5 %")
    silent = {"slug": "stale", "sentence": "3 of 5 sources delivered nothing in this week."}
    edition.content["sections"].append(silent)
    for _ in range(3):
        note_silence(edition)
    told = text_of(page(client, "/status/").select_one("section[aria-labelledby=incidents]"))
    assert f"Weekly digest: edition {edition.week}" in told
    assert "2 of 20 mails bounced: more than 5 %" in told
    assert f"Edition {edition.week}: 3 of 5 sources delivered nothing in this week. " in told
    call_command("digest_status", "--json")
    status = json.loads(capsys.readouterr().out)
    assert {line["cause"]: line["times"] for line in status["incidents"]} == {
        "stopped": 1,
        "stale sources": 1,
    }
    assert status["editions"][0]["states"] == {state.value: 0 for state in DeliveryState}
    edition.content["sections"].pop()
    note_silence(edition)
    assert open_ones() == {edition.week: "stopped"}
