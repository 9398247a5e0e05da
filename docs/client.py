"""A small client of the Open Gap API: typed, standard library only. `python client.py http://127.0.0.1:8000`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen


@dataclass(frozen=True)
class Lag:
    """How far open models are behind, with its 90 % interval. `value` None has its `reason`."""

    as_of: str
    method: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    reason: str


@dataclass(frozen=True)
class Price:
    """What a million tokens cost at one provider, in `currency`."""

    model: str | None
    provider: str
    unit: str
    per_million_tokens: Decimal | None
    currency: str


class OpenGap:
    """One installation's API."""

    def __init__(self, site: str) -> None:
        self.root = f"{site.rstrip('/')}/api/v1"

    def get(self, path: str, **query: str | int) -> dict[str, Any]:
        """One answer. urllib.error.HTTPError carries the problem when it is refused."""
        address = f"{self.root}{path}?{urlencode(query)}"
        with urlopen(Request(address, headers={"Accept": "application/json"}), timeout=30) as answer:  # noqa: S310 - the caller's own address
            return dict(json.load(answer))

    def rows(self, path: str, **query: str | int) -> Iterator[dict[str, Any]]:
        """Every row of a list, page after page."""
        page = self.get(path, **query)
        yield from page["data"]
        while page["next"]:
            page = self.get(path, **query, cursor=page["next"])
            yield from page["data"]

    def lag(self, **query: str | int) -> Lag:
        found = self.get("/gap", **query)
        said = found["headline"]
        return Lag(
            found["as_of"],
            said["method"],
            said["value"],
            said["low"],
            said["high"],
            said["unit"],
            said["reason"],
        )

    def prices(self, **query: str | int) -> Iterator[Price]:
        for row in self.rows("/prices", **query):
            stated = row["per_million_tokens"]
            amount = Decimal(stated) if stated is not None else None
            yield Price(row["model"], row["provider"], row["unit"], amount, row["currency"])


if __name__ == "__main__":
    print(OpenGap(sys.argv[1]).lag())  # noqa: T201 - it is a program
