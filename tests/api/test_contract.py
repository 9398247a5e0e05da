"""Whatever is asked within or outside the description, the answer is described: no 5xx, nothing undeclared."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from tests.api.contract import try_all


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Between requests Django must not close the test's own connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("collected", "one_connection")
def test_every_answer_is_as_described() -> None:
    from tracker.wsgi import application

    tried = try_all(application, examples=2)
    assert tried.mismatches == []
    assert tried.answered[200] > 20
    assert tried.answered[422] > 20
    assert max(tried.answered) < 500
