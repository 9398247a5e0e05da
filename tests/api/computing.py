"""All that is computed of what is stored, with a short past: years of weeks prove no more here than a few do."""

from __future__ import annotations

from datetime import date

import pytest

from models_catalog.ingest.projections import refresh_projections
from models_catalog.measure import history
from models_catalog.measure.standing import compute_details, compute_standing
from models_catalog.measure.studies import compute_studies


def compute_everything() -> None:
    refresh_projections()
    compute_standing()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(history, "SINCE", date(2025, 12, 1))
        compute_details()
    compute_studies()
