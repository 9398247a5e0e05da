"""The pages on prices and adoption: empty, they say why; studied, they show every form with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from models_catalog.ingest.identity import refresh_identity
from models_catalog.measure.standing import compute_standing
from models_catalog.measure.studies import compute_studies
from tests.ingest.invented import on
from tests.measure.invented import measure, publish
from tests.web.reading import heading, page, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/prices/", "/adoption/"])
def test_an_empty_page_says_why_and_has_no_downloads(client: Client, address: str) -> None:
    assert "not been worked out yet" in heading(page(client, address))
    assert client.get(f"{address[:-1]}.csv").status_code == 404


def test_what_was_studied_is_shown_and_what_has_no_share_says_why(
    client: Client, tmp_path: Path, settings: Settings
) -> None:
    settings.OPENGAP_BOOTSTRAP_DRAWS = 20
    cache.clear()
    publish(tmp_path, on(5))
    measure(tmp_path, on(6))
    refresh_identity()
    compute_standing()
    compute_studies()
    found = page(client, "/adoption/")
    assert text_of(found.main)
    assert found.select_one("#release-table-caption") is not None
    cache.clear()
    told = page(client, "/gap/?inputs=epoch").select_one("#direction")
    assert told is not None
    section = told.find_parent("section")
    assert section is not None
    assert "simulated worlds with a constant lag of" in text_of(section)
    assert section.select_one("#trend-caption") is not None
    assert section.select_one("#forecasts-caption") is not None
    assert page(client, "/gap/?inputs=epoch&as_of=2025-12-01").select_one("#direction") is None
