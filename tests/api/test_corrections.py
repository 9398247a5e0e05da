from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models_catalog.ingest.corrections import seed_corrections
from models_catalog.normalise.corrections import shipped_corrections
from tests.ingest.invented import on

pytestmark = pytest.mark.django_db
Get = Callable[..., Any]


def test_the_log_is_listed_page_by_page(get: Get) -> None:
    seed_corrections(on(3))
    first = get("/corrections", limit=5)
    rest = get("/corrections", limit=100, cursor=first["next"])
    assert len(first["data"]) == 5
    rows = first["data"] + rest["data"]
    assert [row["wrong"] for row in rows] == [entry.wrong for entry in shipped_corrections()]
    assert {row["state"] for row in rows} == {"not stated", "in force"}  # a day no source states is in force
    assert all(row["reason"] and row["cite"] and row["recorded_at"] for row in rows)


def test_it_is_narrowed_by_source_and_by_what_was_known(get: Get) -> None:
    seed_corrections(on(3))
    assert {row["source"] for row in get("/corrections", source="swebench")["data"]} == {"swebench"}
    assert get("/corrections", known_at="2026-01-02T00:00:00Z")["data"] == []
    assert get("/corrections", known_at="2026-01-03T00:00:00Z")["data"]
    assert get("/corrections", status=422, known_at="2026-01-03T00:00:00")["parameter"] == "known_at"
