"""Whatever is asked wrongly is answered with a problem that names it, never with a page or a 500."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from models_catalog.api import sources

Get = Callable[..., Any]
LISTS = (
    "/models", "/releases", "/organizations", "/families", "/licences", "/benchmarks", "/scores", "/prices",
    "/deployments", "/statements", "/lifecycle-events", "/downloads", "/changes", "/sources", "/frontier", "/claims",
    "/corrections", "/digests", "/exports", "/platforms", "/terms/facts", "/terms/quarters", "/price-study/models",
    "/price-study/paths", "/price-study/tasks", "/share-study/releases", "/share-study/frontier",
    "/share-study/families", "/share-study/coverage", "/gap/parts", "/gap/series", "/gap/steps",
    "/gap/arena", "/gap/published",
)  # fmt: skip
OBJECTS = ("/gap", "/trend", "/price-study", "/models/amber-3", "/models/amber-3/openness")
PATHS = (*LISTS, *OBJECTS)
PROBLEM = {"type", "title", "status", "detail", "parameter"}


def cursor(text: str | bytes) -> str:
    raw = text if isinstance(text, bytes) else text.encode()
    return base64.urlsafe_b64encode(raw).decode()


@pytest.mark.usefixtures("collected")
def test_an_unknown_parameter_is_refused_by_name_with_the_known_ones(get: Get) -> None:
    for path in PATHS:
        problem = get(path, 422, acess="open")
        assert set(problem) == PROBLEM
        assert (problem["parameter"], problem["status"]) == ("acess", 422)
        assert problem["type"] == "urn:open-gap:problem:unprocessable-entity"
        assert "unknown parameter 'acess'; known: " in problem["detail"]
        assert {"as_of", "known_at"} <= set(problem["detail"].rpartition(": ")[2].split(", "))


@pytest.mark.usefixtures("collected")
def test_a_limit_out_of_range_is_refused(get: Get) -> None:
    for path in LISTS:
        for limit in ("0", "-1", "101", "1000000000", "1e9", "ten", "", "1.5", "NaN"):
            assert get(path, 422, limit=limit)["parameter"] == "limit", limit


@pytest.mark.usefixtures("collected")
def test_a_cursor_that_is_not_ours_is_refused(get: Get) -> None:
    for path in LISTS:
        for text in ("nonsense", "%%%", "W10:abc", cursor("after:3"), "é", "a" * 1201):
            assert get(path, 422, cursor=text)["parameter"] == "cursor", text


@pytest.mark.usefixtures("collected")
def test_a_cursor_of_another_list_or_order_is_refused(get: Get) -> None:
    following = get("/scores", limit=1)["next"]
    assert get("/scores", cursor=following)["data"]
    assert get("/prices", 422, cursor=following)["parameter"] == "cursor"
    assert get("/scores", 422, cursor=following, sort="-id")["parameter"] == "cursor"
    assert get("/scores", 422, cursor=f"{following[:-1]}_")["parameter"] == "cursor"


@pytest.mark.usefixtures("collected")
def test_a_sort_that_is_not_offered_is_refused(get: Get) -> None:
    for path in LISTS:
        for sort in ("password", "-", "", "id; drop table"):
            assert get(path, 422, sort=sort)["parameter"] == "sort"


@pytest.mark.usefixtures("collected")
def test_a_field_that_is_not_there_is_refused_with_those_that_are(get: Get) -> None:
    for path in LISTS:
        problem = get(path, 422, fields="id,password")
        assert problem["parameter"] == "fields"
        assert "'password'" in problem["detail"]
        assert "links" in problem["detail"]


@pytest.mark.usefixtures("collected")
@pytest.mark.parametrize("name", ["as_of", "known_at"])
def test_a_time_that_is_none_is_refused(name: str, get: Get) -> None:
    for path in PATHS:
        for text in (
            "",
            "yesterday",
            "12/03/2026",
            "20260101",
            "1700000000",
            "2026-02-30",
            "10000-01-01",
            "NaN",
        ):
            assert get(path, 422, **{name: text})["parameter"] == name
        assert get(path, 422, known_at="0001-01-01T00:00:00+23:00")["parameter"] == "known_at"


@pytest.mark.usefixtures("collected")
@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/models", "q"),
        ("/models", "organization"),
        ("/scores", "model"),
        ("/scores", "source"),
        ("/scores", "benchmark"),
        ("/prices", "provider"),
        ("/prices", "unit"),
    ],
)
def test_odd_text_is_searched_for_or_refused(path: str, name: str, get: Get) -> None:
    assert get(path, 422, **{name: "a\x00b"})["parameter"] == name
    assert get(path, 422, **{name: "x" * 301})["parameter"] == name
    for text in ("' OR 1=1 --", "%", "_", "\\", "(a+)+$", "\ufffd", "<script>", "\u202e", "{{7*7}}"):
        assert get(path, **{name: text})["data"] == []


@pytest.mark.usefixtures("collected")
def test_a_parameter_given_twice_is_refused(client: Client) -> None:
    response = client.get("/api/v1/models?access=open&access=closed")
    assert (response.status_code, response.json()["parameter"]) == (422, "access")


@pytest.mark.usefixtures("collected")
@pytest.mark.parametrize(
    "slug", ["no-such-model", "%00", "amber-3%00", "x" * 3000, "%ED%A0%80", "<script>", "Amber 3", "%2e%2e"]
)
def test_an_unknown_model_is_not_found(slug: str, client: Client) -> None:
    response = client.get(f"/api/v1/models/{slug}")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert set(response.json()) == PROBLEM
    assert len(response.content) < 1000


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/nothing", "/models/", "/models/a/b", "/gap.csv", "/scores.json"])
def test_an_address_without_anything_is_a_problem_not_a_page(path: str, get: Get) -> None:
    problem = get(path, 404)
    assert problem["title"] == "Not Found"
    assert path in problem["detail"]


@pytest.mark.usefixtures("collected")
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_other_methods_than_reading_are_a_problem(method: str, client: Client) -> None:
    for path in (*PATHS, "/openapi.json", "/nothing"):
        response = getattr(client, method)(f"/api/v1{path}")
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD, OPTIONS"
        assert response["Content-Type"] == "application/problem+json"
        assert set(response.json()) == PROBLEM


@pytest.mark.django_db
def test_a_form_from_elsewhere_is_told_the_same(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/api/v1/models", {"q": "x"}).status_code == 405


@pytest.mark.usefixtures("collected")
def test_head_is_get_without_its_body(client: Client) -> None:
    for path in (*PATHS, "/openapi.json"):
        got, head = client.get(f"/api/v1{path}"), client.head(f"/api/v1{path}")
        assert head.status_code == got.status_code == 200, path
        assert head.content == b""
        assert head["Content-Type"] == got["Content-Type"]


@pytest.mark.usefixtures("collected")
@pytest.mark.parametrize("accept", ["text/csv", "text/html", "application/xml", "*/*", "nonsense"])
def test_json_is_what_there_is_whatever_is_accepted(accept: str, client: Client) -> None:
    response = client.get("/api/v1/gap", headers={"Accept": accept})
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert client.get("/api/v1/gap?format=csv").json()["parameter"] == "format"


@pytest.mark.django_db
def test_our_own_fault_is_told_in_one_sentence_and_gives_nothing_away(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down() -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr(sources, "source_lines", break_down)
    response = client.get("/api/v1/sources")
    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"] == "this is our fault; it has been noted"
    assert "secret" not in response.content.decode()
    assert "secret of the house" in caplog.text


@pytest.mark.django_db
def test_a_question_that_takes_too_long_is_ended_and_told_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the web's processes are set up (tracker.wsgi): Postgres itself ends the statement."""

    def slow() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 20")
            cursor.execute("SELECT pg_sleep(60)")

    monkeypatch.setattr(sources, "source_lines", slow)
    response = client.get("/api/v1/sources")
    assert response.status_code == 503
    assert response["Content-Type"] == "application/problem+json"
    assert response["Retry-After"] == "5"
    assert set(response.json()) == PROBLEM
    assert response.json()["type"] == "urn:open-gap:problem:service-unavailable"
