"""Cases made from the API's own description, within it and outside it, each answer held against it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode

CONFIG = SchemathesisConfig.from_dict(
    {
        # A cursor, a day or a list of fields can be well-formed and still not be ours: that is what 422 is for.
        "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "404", "422"]}},
    }
)


def try_all(application: Any, examples: int, *, derandomize: bool = True) -> Counter[int]:
    """`examples` cases a mode and operation; how often each status was answered. Raises at a broken check."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, config=CONFIG)
    answered: Counter[int] = Counter()
    for result in schema.get_all_operations():
        assert isinstance(result, Ok), result  # else the description itself is broken
        operation = result.ok()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

            @settings(
                max_examples=examples,
                deadline=None,
                database=None,
                derandomize=derandomize,
                suppress_health_check=list(HealthCheck),
            )
            @given(case=operation.as_strategy(generation_mode=mode))
            def holds(case: Any) -> None:
                answered[case.call_and_validate(headers={"Accept-Encoding": "identity"}).status_code] += 1

            holds()
    return answered
