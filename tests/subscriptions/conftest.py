from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from models_catalog.models import Subscriber


@pytest.fixture
def reader(db: None) -> Callable[..., Subscriber]:
    """Makes a confirmed subscriber."""
    from tests.subscriptions.people import confirmed  # models cannot be imported before Django is set up

    return confirmed
