"""Who a name is: worked out once for all processes, and anew when something was stated or reviewed since."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from redis.exceptions import ConnectionError as Refused

from models_catalog.findings import names
from models_catalog.findings.moment import NOW
from models_catalog.ingest.corrections import append_correction
from models_catalog.normalise.catalogue import build
from models_catalog.normalise.corrections import Correction
from tests.ingest.stated import release, state

pytestmark = pytest.mark.django_db


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[int]:
    """How many models each catalogue had that was built."""
    sizes = list[int]()

    def counting(*args: Any, **words: Any) -> Any:
        found = build(*args, **words)
        sizes.append(len(found.models))
        return found

    monkeypatch.setattr(names, "build", counting)
    caches["limits"].clear()
    names.built.cache_clear()
    state(tmp_path, release("Birch 6", organization="Birch Lab"))
    return sizes


def as_another_process() -> str | None:
    names.built.cache_clear()
    return names.identify("BIRCH_6", NOW).model


def test_one_process_works_it_out_for_all_others(worked_out: list[int]) -> None:
    names.share_catalogue()
    assert [as_another_process(), as_another_process()] == ["birch-6", "birch-6"]
    assert len(worked_out) == 1


def test_a_page_or_a_review_since_makes_it_anew(worked_out: list[int], tmp_path: Path) -> None:
    names.share_catalogue()
    state(
        tmp_path, release("Birch 6", organization="Birch Lab"), release("Birch 7", organization="Birch Lab")
    )
    assert names.identify("Birch 7", NOW).model == "birch-7"
    wrong = Correction(
        *("epoch", "Birch 6", "date", "2024-05-06", "2024-05-07"),
        *("Misread.", "Birch Lab's page", date(2026, 2, 1)),
    )
    append_correction(wrong)
    assert as_another_process() == "birch-6"
    assert len(worked_out) == 3


def test_without_the_broker_each_process_works_it_out(
    worked_out: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: Any, **_words: Any) -> None:
        raise Refused("no broker")

    monkeypatch.setattr(caches["limits"], "get_or_set", away)
    assert as_another_process() == "birch-6"
