from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache

if TYPE_CHECKING:
    from tests.web.stored import World


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """No answer is remembered from another test's rows."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def stored(db: None) -> World:
    """The invented world of the pages' tests."""
    from tests.web.stored import world  # models cannot be imported before Django is set up

    return world()
