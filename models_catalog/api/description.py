"""The API's own description, told as it is: problems, headers, rows that may be partial, worked examples."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from ninja.openapi.schema import OpenAPISchema

from models_catalog.api.examples import EXAMPLES
from models_catalog.api.problems import MEDIA_TYPE, problem

PROBLEM = {"$ref": "#/components/schemas/Problem"}
ANSWERS = Path(__file__).with_name("answers.json")
REFUSED: Mapping[int, tuple[str, str | None]] = {
    404: ("no model has the slug 'amber-99' at that time", "slug"),
    422: ("unknown parameter 'acess'; known: access, as_of, known_at", "acess"),
    429: ("more than 60 requests in a minute from one address; again in 17 s", None),
    503: ("the database took too long: ask for less, or again in a moment", None),
}
COMMON = {
    "429": "Too many requests from one address; `Retry-After` says when to come again",
    "503": "The database took too long or is away; `Retry-After` says when to come again",
}
HEADERS = {
    "ETag": "strong validator of this answer",
    "Cache-Control": "how long it keeps",
    "RateLimit": "what is left of this minute: r requests, t seconds",
}


def described(schema: OpenAPISchema) -> OpenAPISchema:
    """The schema with what django-ninja does not say by itself."""
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            complete(path, operation)
    for shape in schema["components"]["schemas"].values():
        if shape.get("type") == "object" and is_row(shape):
            shape["required"] = ["id", "links"]  # sparse `fields` may leave out the others
    return schema


def is_row(shape: Mapping[str, Any]) -> bool:
    return {"id", "links", "sources"} <= set(shape.get("properties", {}))


def complete(path: str, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    found = {int(status): responses[status] for status in list(responses)}
    for status, told in COMMON.items():
        found[int(status)] = {"description": told, "content": {MEDIA_TYPE: {"schema": PROBLEM}}}
    for number, response in found.items():
        if number >= 400:
            response["content"] = {MEDIA_TYPE: {"schema": PROBLEM, "example": problem_of(number)}}
    found[200]["headers"] = {
        name: {"description": told, "schema": {"type": "string"}} for name, told in HEADERS.items()
    }
    found[304] = {"description": "Not modified: the answer named by If-None-Match is still right"}
    found[200]["content"]["application/json"]["example"] = answers()[path.removeprefix("/api/v1")]
    operation["responses"] = {str(number): found[number] for number in sorted(found)}
    add_examples(path, operation)


@cache
def answers() -> Mapping[str, Any]:
    """One answer of every address, shortened to a row a list: invented models, in the shapes of real ones."""
    found: dict[str, Any] = json.loads(ANSWERS.read_text(encoding="utf-8"))
    return found


def problem_of(status: int) -> dict[str, Any]:
    """A refusal with this status, as it is told."""
    said: dict[str, Any] = json.loads(problem(HTTPStatus(status), *REFUSED.get(status, ("", None))).content)
    return said


def add_examples(path: str, operation: dict[str, Any]) -> None:
    for parameter in operation.get("parameters", ()):
        example = EXAMPLES.get((path.removeprefix("/api/v1"), parameter["name"])) or EXAMPLES.get(
            ("", parameter["name"])
        )
        if example is not None:
            parameter["example"] = example
        parameter["schema"] = without_null(parameter["schema"])


def without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter is given or left out; an address has no null."""
    options = [item for item in schema.get("anyOf", ()) if item != {"type": "null"}]
    rest = {name: item for name, item in schema.items() if name != "anyOf"}
    if len(options) == 1:
        return {**rest, **options[0]}
    return {**rest, "anyOf": options} if options else rest
