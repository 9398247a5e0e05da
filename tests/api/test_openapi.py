"""The API's own description."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

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
        "q", "access", "tier", "organization", "family", "country", "licence", "sort", *PAGE,
    }  # fmt: skip
    assert parameters("/prices") == {
        "model", "source", "provider", "unit", "tier", "currency", "sort", *PAGE,
    }  # fmt: skip
    assert parameters("/gap") == {"as_of", "known_at", "inputs", "domain", "method", "delta"}


def test_money_is_described_as_text(described: Any) -> None:
    price = described["components"]["schemas"]["PriceOut"]["properties"]["amount"]
    assert {"type": "string"} in [{"type": option["type"]} for option in price["anyOf"]]
    assert "number" not in {option["type"] for option in price["anyOf"]}
