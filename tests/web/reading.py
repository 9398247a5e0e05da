"""A page as a reader's tools see it."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from django.test import Client


def page(client: Client, address: str, status: int = 200) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == status, f"{address} answered {response.status_code}"
    return BeautifulSoup(response.content.decode(), "lxml")


def text_of(found: BeautifulSoup | Tag | None) -> str:
    """Its words on one line, with plain spaces."""
    assert found is not None
    return " ".join(found.get_text(" ").split())


def heading(found: BeautifulSoup) -> str:
    return text_of(found.h1)
