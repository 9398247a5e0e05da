from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from models_catalog.ingest.corrections import append_correction
from models_catalog.normalise.corrections import Correction
from models_catalog.vocabulary import FactKind
from tests.web.reading import heading, page, text_of
from tests.web.stored import World, observe

pytestmark = pytest.mark.django_db


def correct(wrong: str) -> None:
    append_correction(
        Correction(
            *("epoch", "Amber 4/release/", "date", wrong, "2026-02-01"),
            *("A year <slipped>.", "Amber Lab's page", date(2026, 2, 2)),
        )
    )


def test_an_empty_log_says_so(client: Client) -> None:
    found = page(client, "/corrections/")
    assert heading(found) == "Nothing has been corrected yet."
    assert "No statement of a source has been corrected" in text_of(found.main)


def test_a_correction_shows_both_sides_reason_and_evidence(client: Client, stored: World) -> None:
    row = observe(stored, "epoch", stored.models["Amber 4"], FactKind.RELEASE, {"date": "2025-02-01"})
    correct("2025-02-01")
    found = page(client, "/corrections/")
    assert heading(found) == "1 statement of sources corrected here, 1 still in force."
    [cells] = [[text_of(cell) for cell in line.select("th, td")] for line in found.select("tbody tr")]
    assert cells[0].endswith("release date")
    assert cells[1:4] == [
        *("2026-02-01", "2025-02-01 Epoch AI"),
        "A year <slipped>. Amber Lab's page, read 2 Feb 2026",
    ]
    assert cells[4].endswith("in force")
    assert found.select_one(f'a[href="/evidence/{row.pk}/"]')
    assert found.select_one('th a[href="/models/amber-4/"]')


def test_a_source_that_mended_itself_is_reported(client: Client, stored: World) -> None:
    observe(stored, "epoch", stored.models["Amber 4"], FactKind.RELEASE, {"date": "2026-02-01"})
    correct("2025-02-01")
    found = page(client, "/corrections/")
    assert heading(found) == "1 statement of sources corrected here, 0 still in force."
    assert "Mended by the source since" in text_of(found.select_one(".notice"))
