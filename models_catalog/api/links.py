"""Where to read on: absolute addresses, as every object carries them."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from django.http import HttpRequest

ROOT = "/api/v1"


def api(request: HttpRequest, path: str, **query: str) -> str:
    """An address of this API."""
    asked = f"?{urlencode(query)}" if query else ""
    return request.build_absolute_uri(f"{ROOT}{quote(path)}{asked}")


def page(request: HttpRequest, path: str) -> str:
    """An address of the site."""
    return request.build_absolute_uri(quote(path))


def of_model(request: HttpRequest, slug: str) -> dict[str, str]:
    return {"self": api(request, f"/models/{slug}"), "page": page(request, f"/models/{slug}/")}


def of_observation(request: HttpRequest, observation: int, model: str) -> dict[str, str]:
    """The stored value, the page that shows it, and its model when it is known."""
    links = {
        "self": api(request, f"/observations/{observation}"),
        "evidence": page(request, f"/evidence/{observation}/"),
    }
    return links | ({"model": api(request, f"/models/{model}")} if model else {})
