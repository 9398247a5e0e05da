from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache

if TYPE_CHECKING:
    from tests.web.stored import World


@pytest.fixture
def stored(db: None) -> Iterator[World]:
    """The invented world, with no answer remembered from another test's rows."""
    from tests.web.stored import world  # models cannot be imported before Django is set up

    cache.clear()
    yield world()
    cache.clear()
