from __future__ import annotations

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def few_draws(settings: Settings) -> None:
    """Intervals of these tests need not be smooth."""
    settings.OPENGAP_BOOTSTRAP_DRAWS = 20
