"""Above the fold of a model's page: where it runs, when it ends, how often it is downloaded, or why nobody knows."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.test import Client

from models_catalog.models import DownloadSample
from models_catalog.vocabulary import FactKind
from tests.web.reading import page, text_of
from tests.web.stored import CAPTURED, World, fetched, observe

pytestmark = pytest.mark.django_db


def facts(client: Client, address: str) -> dict[str, str]:
    with time_machine.travel(CAPTURED, tick=False):
        found = page(client, address)
    return {text_of(part.dt): text_of(part.dd) for part in found.select(".facts > div")}


def furnish(stored: World) -> None:
    model = stored.models["Birch 3"]
    offer = {"provider": "nano-gpt", "unit": "input", "amount": "0.5", "currency": "USD", "per": "1000000"}
    observe(stored, "models-dev", model, FactKind.PRICE, offer)
    for day in ("2026-04-10", "2026-05-10"):
        end = {"provider": "nano-gpt", "event": "retires", "date": day, "unit": day}
        observe(stored, "models-dev", model, FactKind.LIFECYCLE, end)
    stored.fetches["huggingface"] = fetched("huggingface")
    named = {"hub_repository": "birch/birch-3", "unit": "repository"}
    repository = observe(stored, "huggingface", model, FactKind.RELEASE, named, name="birch/birch-3")
    DownloadSample.objects.create(
        subject_id=repository.subject_id,
        window="30d",
        day=date(2026, 2, 20),
        count=1_234_567,
        observed_at=CAPTURED,
        recorded_at=CAPTURED,
        fetch_id=stored.fetches["huggingface"].pk,
    )


def test_an_open_model_says_where_it_runs_when_it_ends_and_how_often_it_is_downloaded(
    client: Client, stored: World
) -> None:
    furnish(stored)
    told = facts(client, "/models/birch-3/")
    assert told["Runs on"] == "1 host with a price no engine lists it"
    assert told["Ends"] == "10 Apr 2026 retires at NanoGPT, 1 more announcement"
    assert told["Downloads"] == "1 234 567 in thirty days, to 20 Feb 2026, of birch/birch-3"


def test_what_nobody_knows_is_a_dash_with_its_reason(client: Client, stored: World) -> None:
    told = facts(client, "/models/birch-3/")
    assert told["Runs on"] == "— no engine or host whose list is read here names it"
    assert told["Ends"] == "— no provider read here announces an end"
    closed = facts(client, "/models/amber-4/")
    assert closed["Downloads"] == "— it is served only: nothing can be downloaded"
    assert "Runs on" not in closed
    assert "Runs on" not in facts(client, "/models/birch-3/?as_of=2026-01-01")
