"""The page about the data, and the files it leads to."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from models_catalog.exports.writing import export
from models_catalog.findings.moment import NOW
from models_catalog.ingest.projections import refresh_projections
from tests.ingest.invented import on
from tests.ingest.stated import offer, state
from tests.measure.invented import publish
from tests.web.reading import page, text_of

pytestmark = pytest.mark.django_db


def test_without_an_export_the_page_says_when_one_comes(
    client: Client, settings: LazySettings, tmp_path: Path
) -> None:
    settings.OPENGAP_DATA = tmp_path
    text = client.get("/data/").content.decode()
    assert "Nothing has been exported here yet" in text
    assert 'href="/api/v1/docs"' in text


def test_every_file_is_listed_with_its_hash_and_served_as_written(
    client: Client, settings: LazySettings, tmp_path: Path
) -> None:
    settings.OPENGAP_DATA = tmp_path
    publish(tmp_path, on(5))
    refresh_projections()
    place = export(NOW)
    text = client.get("/data/").content.decode()
    manifest = json.loads((place / "manifest.json").read_text())
    for row in manifest["files"]:
        assert f"/data/exports/{place.name}/{row['file']}" in text
        response = client.get(f"/data/exports/{place.name}/{row['file']}")
        content = b"".join(response.streaming_content)  # type: ignore[attr-defined]  # a file is streamed
        assert hashlib.sha256(content).hexdigest() == row["sha256"]
        assert "immutable" in response["Cache-Control"]
    latest = client.get("/data/exports/latest/manifest.json")
    assert "max-age=300" in latest["Cache-Control"]
    assert b"".join(latest.streaming_content)  # type: ignore[attr-defined]  # read to its end, it is closed
    [listed] = client.get("/api/v1/exports").json()["data"]
    assert {row["sha256"] for row in listed["files"]} == {row["sha256"] for row in manifest["files"]}


def test_the_rule_is_stated_and_what_it_leaves_out_is_listed(
    client: Client, settings: LazySettings, tmp_path: Path
) -> None:
    settings.OPENGAP_DATA = tmp_path
    state(tmp_path, *offer("host", "1", "4", name="Birch 6"), source="openrouter", board="models")
    refresh_projections()
    export(NOW)
    found = page(client, "/data/")
    assert "One rule holds for the files of every figure, the bulk files and the API." in text_of(found.main)
    rows = found.select("table:has(#withheld-caption) tbody tr")
    assert [text_of(row) for row in rows] == ["OpenRouter prices 2"]
    owed = client.get("/api/v1/prices?source=openrouter").json()["meta"]["sources"]
    assert [(item["slug"], item["export"]) for item in owed] == [("openrouter", False)]


@pytest.mark.parametrize(
    "path", ["latest/../x", "latest/passwd", "..%2f..%2f/manifest.json", "2026-01-01/models.csv"]
)
def test_no_other_file_is_served(path: str, client: Client) -> None:
    assert client.get(f"/data/exports/{path}").status_code == 404
