"""Asking again costs nothing: validators, 304, compression; and any page may read, at a measured pace."""

from __future__ import annotations

import gzip
import time
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.conf import LazySettings
from django.core.cache import caches
from django.test import Client
from redis.exceptions import ConnectionError as Refused

from tests.ingest.invented import on
from tests.ingest.stated import offer, state

MODELS = "/api/v1/models"


@pytest.mark.usefixtures("collected")
@pytest.mark.parametrize(
    "path", ["/models", "/gap", "/sources", "/openapi.json", "/models?known_at=2026-01-01"]
)
def test_an_unchanged_answer_is_304_without_a_body(path: str, client: Client) -> None:
    first = client.get(f"/api/v1{path}")
    assert first["ETag"].startswith('"')
    again = client.get(f"/api/v1{path}", headers={"If-None-Match": first["ETag"]})
    if path != "/sources":  # whose validator is known only once it is answered
        assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]


@pytest.mark.usefixtures("collected")
def test_new_data_makes_a_new_answer(client: Client, tmp_path: Path) -> None:
    first = client.get(MODELS)
    assert client.get(MODELS, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    state(
        tmp_path, *offer("one", "7", "7", name="Birch 6"), source="models-dev", board="api", observed_at=on(9)
    )
    again = client.get(MODELS, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]


@pytest.mark.usefixtures("collected")
def test_different_questions_have_different_validators(client: Client) -> None:
    tags = {client.get(f"/api/v1{path}")["ETag"] for path in ("/models", "/models?limit=2", "/scores")}
    assert len(tags) == 3


@pytest.mark.usefixtures("collected")
def test_long_answers_are_compressed_as_the_client_can_read(client: Client) -> None:
    plain = client.get(MODELS)
    for encoding, unpack in (("gzip", gzip.decompress), ("br", brotli.decompress)):
        packed = client.get(MODELS, headers={"Accept-Encoding": encoding})
        assert packed["Content-Encoding"] == encoding
        assert unpack(packed.content) == plain.content
        assert packed["ETag"] == f"W/{plain['ETag']}"
        asked = {"Accept-Encoding": encoding, "If-None-Match": packed["ETag"]}
        assert client.get(MODELS, headers=asked).status_code == 304


@pytest.mark.usefixtures("collected")
def test_any_page_of_the_web_may_read(client: Client) -> None:
    answers = (client.get(MODELS), client.get("/api/v1/nothing"), client.options(MODELS), client.post(MODELS))
    assert [answer.status_code for answer in answers] == [200, 404, 204, 405]
    for answer in answers:
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer
    assert answers[2]["Access-Control-Allow-Methods"] == "GET, HEAD"


@pytest.fixture
def limited(settings: LazySettings, collected: None) -> None:
    settings.OPENGAP_API_RATE = 3
    caches["limits"].clear()


@pytest.mark.usefixtures("limited")
def test_a_client_has_its_share_of_a_minute(client: Client) -> None:
    answers = [client.get(MODELS, REMOTE_ADDR="192.0.2.1") for _ in range(4)]
    assert [answer.status_code for answer in answers][:3] == [200, 200, 200]
    assert answers[0]["RateLimit-Policy"] == '"minute";q=3;w=60'
    assert answers[0]["RateLimit"].startswith('"minute";r=2;t=')
    if answers[3].status_code == 429:  # else a new minute began between the two
        assert 0 < int(answers[3]["Retry-After"]) <= 60
        assert answers[3].json()["type"] == "urn:open-gap:problem:too-many-requests"
    assert client.get(MODELS, REMOTE_ADDR="192.0.2.2").status_code == 200


@pytest.mark.usefixtures("limited")
def test_behind_a_trusted_proxy_each_of_its_clients_has_a_share_and_nobody_else_can_name_one(
    client: Client, settings: LazySettings
) -> None:
    settings.OPENGAP_TRUSTED_PROXIES = ["192.0.2.0/24"]

    def left(remote: str, forwarded: str) -> str:
        answer = client.get(MODELS, REMOTE_ADDR=remote, headers={"X-Forwarded-For": forwarded})
        return str(answer["RateLimit"]).partition(";t=")[0]

    minute = int(time.time()) // 60
    told = [
        left("192.0.2.8", "203.0.113.1"),
        left("192.0.2.8", "203.0.113.2"),
        left("192.0.2.8", "9.9.9.9, 203.0.113.1"),
        left("198.51.100.7", "203.0.113.4"),
        left("198.51.100.7", "203.0.113.5"),
    ]
    if int(time.time()) // 60 == minute:  # else a new minute began in between
        assert told == [f'"minute";r={number}' for number in (2, 2, 1, 2, 1)]


@pytest.mark.usefixtures("limited")
def test_without_the_broker_each_process_counts_by_itself(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: Any, **_words: Any) -> None:
        raise Refused("no broker")

    monkeypatch.setattr(caches["limits"], "add", away)
    found = client.get(MODELS, REMOTE_ADDR="192.0.2.3")
    assert found.status_code == 200
    assert '"minute";r=2' in found["RateLimit"]
