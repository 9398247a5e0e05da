"""The API's own description."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.test import Client
from jsonschema_rs import Draft202012Validator

from tests.api.test_problems import LISTS

Get = Callable[..., Any]
PAGE = {"limit", "cursor", "fields", "as_of", "known_at"}


@pytest.fixture
def described(get: Get, db: None) -> Any:
    return get("/openapi.json")


def test_it_is_openapi_3_1_and_names_every_address(described: Any) -> None:
    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) == {
        f"/api/v1{path}"
        for path in (
            "/models",
            "/models/{slug}",
            "/claims",
            "/corrections",
            "/digests",
            "/digests/{week}",
            "/exports",
            "/releases",
            "/organizations",
            "/families",
            "/licences",
            "/benchmarks",
            "/aliases/resolve",
            "/scores",
            "/prices",
            "/deployments",
            "/lifecycle-events",
            "/downloads",
            "/changes",
            "/observations/{observation}",
            "/sources",
            "/gap",
            "/frontier",
            "/models/{slug}/openness",
            "/platforms",
            "/statements",
            "/trend",
            "/price-study",
            "/price-study/models",
            "/price-study/paths",
            "/price-study/tasks",
            "/share-study/releases",
            "/share-study/frontier",
            "/share-study/families",
            "/share-study/coverage",
            "/terms/facts",
            "/terms/quarters",
            "/gap/parts",
            "/gap/series",
            "/gap/steps",
            "/gap/arena",
            "/gap/published",
        )
    }


def test_every_address_only_reads_and_declares_its_refusals(described: Any) -> None:
    for path, operations in described["paths"].items():
        assert set(operations) == {"get"}
        responses = operations["get"]["responses"]
        assert {"200", "304", "422", "429", "503"} <= set(responses), path
        refusal = responses["422"]["content"]["application/problem+json"]["schema"]
        assert refusal == {"$ref": "#/components/schemas/Problem"}
    for path in ("/models/{slug}", "/gap", "/frontier"):
        assert "404" in described["paths"][f"/api/v1{path}"]["get"]["responses"]


def test_every_parameter_a_handler_knows_is_described(described: Any) -> None:
    def parameters(path: str) -> set[str]:
        return {row["name"] for row in described["paths"][f"/api/v1{path}"]["get"]["parameters"]}

    assert parameters("/models") == {
        "q", "access", "tier", "organization", "family", "country", "licence", "modality", "base_model", "unlisted",
        "sort", *PAGE,
    }  # fmt: skip
    assert parameters("/prices") == {
        "model", "source", "provider", "unit", "tier", "currency", "sort", *PAGE,
    }  # fmt: skip
    assert parameters("/gap") == {"as_of", "known_at", "inputs", "domain", "method", "delta"}


def test_every_list_is_paged_sorted_and_thinned_and_every_address_takes_both_times(described: Any) -> None:
    lists = set()
    for path, operations in described["paths"].items():
        names = {row["name"]: row for row in operations["get"]["parameters"] if row["in"] == "query"}
        assert {"as_of", "known_at"} <= set(names), path
        if "cursor" in names:
            assert {"sort", *PAGE} <= set(names), path
            assert names["sort"]["schema"].keys() & {"enum", "const"}, path
            assert names["limit"]["schema"]["maximum"] == 100
            assert set(names) - {"sort", *PAGE}, f"{path} cannot be narrowed"
            lists.add(path.removeprefix("/api/v1"))
    assert lists == set(LISTS)


def test_every_operation_shows_an_answer_that_is_as_described(described: Any) -> None:
    for path, operations in described["paths"].items():
        content = operations["get"]["responses"]["200"]["content"]["application/json"]
        schema = content["schema"] | {"components": described["components"]}
        assert content["example"], path
        Draft202012Validator(schema, validate_formats=True).validate(content["example"])
        assert content["example"].get("data", True) != [], path
        problem = operations["get"]["responses"]["422"]["content"]["application/problem+json"]
        assert problem["example"]["parameter"]


def test_the_documentation_page_needs_nothing_from_elsewhere_and_keeps_the_policy(
    client: Client, db: None
) -> None:
    response = client.get("/api/v1/docs")
    page = BeautifulSoup(response.content, "lxml")
    assert "'unsafe" not in response["Content-Security-Policy"]
    addresses = [
        tag.get("src") or tag.get("href") for tag in page.select("script[src], link[href], img[src]")
    ]
    assert addresses
    for address in addresses:
        assert finders.find(str(address).removeprefix("/static/")), address
    written = [tag for tag in page.select("script:not([src])") if tag.get("type") != "application/json"]
    assert written == page.select("[style], style, [onclick], [onload]") == []


def test_money_is_described_as_text(described: Any) -> None:
    price = described["components"]["schemas"]["PriceOut"]["properties"]["amount"]
    assert {"type": "string"} in [{"type": option["type"]} for option in price["anyOf"]]
    assert "number" not in {option["type"] for option in price["anyOf"]}
