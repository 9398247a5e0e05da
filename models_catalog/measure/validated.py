"""How often did the method keep its promises when it was last tried in full, and was that this method?"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from models_catalog.analysis.rates import Rate
from models_catalog.analysis.trend import RULE
from models_catalog.measure.version import METHOD_VERSION

PATH = Path(__file__).with_name("validated.toml")


@dataclass(frozen=True, slots=True)
class Validated:
    """What `command` counted on that day. `rates` by key, `checks`: which line of the command each one is."""

    checked: date
    command: str
    method_version: str
    rule_version: str
    rates: Mapping[str, Rate]
    checks: Mapping[str, str]

    @property
    def is_current(self) -> bool:
        """Were these counts made with the method and the trend rule that are in use?"""
        return (self.method_version, self.rule_version) == (METHOD_VERSION, RULE.version)


@cache
def validated() -> Validated:
    """The record this release ships with."""
    stated = tomllib.loads(PATH.read_text(encoding="utf-8"))
    rows = stated.pop("rate")
    return Validated(
        **stated,
        rates=MappingProxyType({row["key"]: Rate(row["happened"], row["n"]) for row in rows}),
        checks=MappingProxyType({row["key"]: row["check"] for row in rows}),
    )
