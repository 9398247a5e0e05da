"""Which things have a page of their own? The slugs that a list of all addresses is made from."""

from __future__ import annotations

from collections.abc import Iterable

from models_catalog.models import AIModel, Edition, Organization


def model_slugs() -> Iterable[str]:
    """Models of the lists, by slug; a third party's repositories have pages, too, but nobody needs to index them."""
    return AIModel.objects.filter(listed=True).order_by("slug").values_list("slug", flat=True)


def organization_slugs() -> Iterable[str]:
    named = Organization.objects.filter(ai_models__listed=True).distinct()
    return named.order_by("slug").values_list("slug", flat=True)


def edition_weeks() -> Iterable[str]:
    """Newest first."""
    return Edition.objects.order_by("-week").values_list("week", flat=True)
