from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from pytest_django import Settings

from tests.digests.post_office import PostOffice

if TYPE_CHECKING:
    from models_catalog.models import Edition


@pytest.fixture
def office(settings: Settings) -> Iterator[PostOffice]:
    """A mail host on loopback that our mail goes to."""
    settings.EMAIL_BACKEND = "models_catalog.digests.smtp.WatchedBackend"
    settings.EMAIL_TIMEOUT = 5
    settings.OPENGAP_MAIL_PER_SECOND = 10_000
    with PostOffice() as made:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.port
        yield made


@pytest.fixture
def edition(db: None) -> Edition:
    from tests.digests.editions import stored_edition  # models cannot be imported before Django is set up

    return stored_edition()


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()
