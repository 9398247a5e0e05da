"""A row of the Hub that is seen again and states a licence or a runtime no longer takes it back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models_catalog.fetch.archive import Archive
from models_catalog.ingest.run import running, take_page
from models_catalog.models import Observation, Run
from models_catalog.models.knowledge import Knowledge, claims
from models_catalog.sources import by_slug
from models_catalog.sources.huggingface_sweeps import listing
from models_catalog.vocabulary import FactKind
from tests.faults.offers import repository
from tests.ingest.invented import on, page

pytestmark = pytest.mark.django_db

HUB = by_slug("huggingface")
FULL = listing(("sort", "createdAt"))
SHORT = listing(("sort", "createdAt"), fields=("downloads", "tags"))
GGUF = {"total": 8_000_000, "architecture": "amber"}
SERVED = [{"provider": "kestrel", "status": "live", "providerId": "amber", "task": "conversational"}]
STATED = repository("lab/Amber", 1, gguf=GGUF, inferenceProviderMapping=SERVED, gated=None)
BARE = repository("lab/Amber", 1, tags=[], gated=None)
OTHER = repository("lab/Beryl", 2, tags=[], gated=None)


def listed(folder: Path, day: int, url: str, *rows: dict[str, Any]) -> None:
    body = page(json.dumps(rows).encode(), on(day))
    with running(HUB, Run.Trigger.RECORDED, Archive(folder, keep_free=0.0)) as entry:
        take_page(entry, replace(body, board=HUB.boards[0].slug, url=url))


def standing() -> set[tuple[str, str]]:
    """Kind and key of every fact about lab/Amber that is still stated."""
    rows = Observation.objects.filter(subject__name="lab/Amber").newest()
    return {(row.kind, row.key) for row in rows if row.present}


RELEASE = (FactKind.RELEASE.value, "")
BOTH_RUNTIMES = {(FactKind.RUNTIME.value, "gguf file"), (FactKind.RUNTIME.value, "kestrel")}
ALL = {RELEASE, (FactKind.LICENCE.value, ""), *BOTH_RUNTIMES}


def test_what_a_row_states_no_longer_is_withdrawn_and_keeps_its_last_value(tmp_path: Path) -> None:
    listed(tmp_path, 1, FULL, STATED)
    assert standing() == ALL
    listed(tmp_path, 2, FULL, BARE)
    assert standing() == {RELEASE}
    gone = Observation.objects.get(kind=FactKind.LICENCE, present=False)
    assert (gone.value["licence"], gone.observed_at) == ("mit", on(2))
    [then], [now] = claims(Knowledge(vintage=on(1))), claims(Knowledge())
    assert (then.licence, now.licence) == ("mit", None)


def test_it_comes_back_when_it_is_stated_again(tmp_path: Path) -> None:
    for day, row in ((1, STATED), (2, BARE), (3, STATED)):
        listed(tmp_path, day, FULL, row)
    assert standing() == ALL


def test_a_provider_that_left_takes_only_itself_along(tmp_path: Path) -> None:
    listed(tmp_path, 1, FULL, STATED)
    listed(tmp_path, 2, FULL, STATED | {"inferenceProviderMapping": []})
    assert standing() == ALL - {(FactKind.RUNTIME.value, "kestrel")}


@pytest.mark.parametrize(
    ("url", "row"),
    [(FULL, OTHER), (SHORT, BARE), (FULL, BARE | {"tags": [7]})],
    ids=["it is not on the page", "the page was not asked for it", "its row cannot be read"],
)
def test_silence_that_says_nothing_takes_nothing_back(tmp_path: Path, url: str, row: dict[str, Any]) -> None:
    listed(tmp_path, 1, FULL, STATED)
    listed(tmp_path, 2, url, row)
    assert standing() == ALL
