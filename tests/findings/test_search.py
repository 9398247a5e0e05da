"""What a reader means by a few letters: the best known first, a misspelling forgiven where nothing was found."""

from __future__ import annotations

import pytest

from models_catalog.findings.search import suggestions
from models_catalog.models import AIModel, Organization
from models_catalog.vocabulary import Access, DateKind, Precision, Tier

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def models() -> None:
    heron = Organization.objects.create(slug="heron", name="Heron Works")
    Organization.objects.create(slug="her-own", name="Herown")
    made("Heron 2", heron, 140.0)
    made("Heron-3", heron, 150.0)
    made("Heron 3.5 Reflective", heron, None, listed=False)
    made("Heron 3.5", heron, 160.0)
    made("Small Heron 3", heron, 170.0)
    for number in range(5):
        made(f"Herald {number}", Organization.objects.get(slug="her-own"), None)


def made(name: str, organization: Organization, level: float | None, *, listed: bool = True) -> None:
    AIModel.objects.create(
        slug=name.lower().replace(" ", "-").replace(".", "-"),
        name=name,
        organization=organization,
        access=Access.OPEN,
        tier=Tier.OSI,
        released_kind=DateKind.ANNOUNCED,
        released_precision=Precision.DAY,
        level=level,
        listed=listed,
        search=f"{name} · {organization.name}".lower(),
    )


def offered(asked: str, kind: str = "model") -> list[str]:
    return [found.name for found in suggestions(asked) if found.kind == kind]


def test_the_name_itself_comes_first_then_names_that_begin_so_then_the_most_capable() -> None:
    assert offered("heron 3")[:3] == ["Heron-3", "Heron 3.5", "Small Heron 3"]
    assert offered("HERON")[:4] == ["Heron 3.5", "Heron-3", "Heron 2", "Small Heron 3"]


def test_a_third_partys_repository_comes_last_among_those_that_hold_the_words() -> None:
    assert offered("heron 3")[3] == "Heron 3.5 Reflective"


def test_who_finds_is_not_offered_organisations_that_are_merely_spelt_alike() -> None:
    assert offered("heron", "organisation") == ["Heron Works"]
    assert offered("herno", "organisation") != []


def test_a_misspelt_model_is_found_but_three_letters_are_like_everything() -> None:
    assert offered("hreon 3")[0] == "Heron-3"  # and not the first that ends in a 3
    assert offered("hxe") == []
