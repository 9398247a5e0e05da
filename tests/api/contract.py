"""Cases made from the API's own description, within it and outside it, each answer held against it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode

CONFIG = SchemathesisConfig.from_dict(
    {
        # A cursor, a day or a list of fields can be well-formed and still not be ours: that is what 422 is for.
        "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "404", "422"]}},
    }
)
PLAIN = {"Accept-Encoding": "identity"}


@dataclass
class Tried:
    """What was answered: how often each status, and every answer that is not as described, in words."""

    operations: int = 0
    answered: Counter[int] = field(default_factory=Counter)
    mismatches: list[str] = field(default_factory=list)

    @property
    def cases(self) -> int:
        return sum(self.answered.values())

    def take(self, case: Any) -> None:
        response = case.call(headers=PLAIN)
        self.answered[response.status_code] += 1
        try:
            case.validate_response(response, headers=PLAIN)
        except (Failure, FailureGroup) as error:
            self.mismatches.append(f"{case.method} {case.formatted_path} {case.query}: {error}"[:2000])


def try_all(application: Any, examples: int, *, derandomize: bool = True, least: int = 0) -> Tried:
    """`examples` cases a mode and operation, again with other cases until there are `least` in all."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, config=CONFIG)
    tried = Tried()
    while not tried.cases or tried.cases < least:
        before, operations = tried.cases, 0
        for result in schema.get_all_operations():
            assert isinstance(result, Ok), result  # else the description itself is broken
            operations += 1
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                try_operation(result.ok(), mode, tried, examples, derandomize=derandomize)
        tried.operations = operations
        assert tried.cases > before, "a round without a case"
    return tried


def try_operation(
    operation: Any, mode: GenerationMode, tried: Tried, examples: int, *, derandomize: bool
) -> None:
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=derandomize,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def holds(case: Any) -> None:
        tried.take(case)

    holds()
