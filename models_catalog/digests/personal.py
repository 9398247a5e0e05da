"""The part of an edition that concerns one reader: what it says about the models and organisations they watch."""

from __future__ import annotations

from typing import Any

from models_catalog.models import Subscriber


def personal_items(content: dict[str, Any], person: Subscriber) -> list[dict[str, Any]]:
    """The edition's own items about what the person watches, each once, in the edition's order."""
    models, labs = set(person.watched), set(person.organizations)
    found = list[dict[str, Any]]()
    for item in every_item(content):
        watched = item["model"] in models or item["organization"] in labs
        if watched and item not in found:
            found.append(item)
    return found


def every_item(content: dict[str, Any]) -> list[dict[str, Any]]:
    """All items, those a section only counts included."""
    return [
        item
        for section in content["sections"]
        for group in section["groups"]
        for item in (*group["items"], *group["unlisted"])
    ]
