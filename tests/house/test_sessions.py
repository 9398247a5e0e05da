"""A session that a test leaves at the database is named, and one that goes is waited for."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from tests.sessions import wait_for_others_to_leave

pytestmark = pytest.mark.django_db(transaction=True)


def hold_session(held: threading.Event, leave: threading.Event) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'left behind'")
        held.set()
        leave.wait(60)
    connection.close()


def test_a_session_that_stays_is_named_and_one_that_goes_is_waited_for() -> None:
    held, leave = threading.Event(), threading.Event()
    other = threading.Thread(target=hold_session, args=(held, leave))
    other.start()
    try:
        assert held.wait(60)
        with pytest.raises(AssertionError, match=r"client backend.*idle.*SELECT 'left behind'"):
            wait_for_others_to_leave(0.0)
    finally:
        leave.set()
    wait_for_others_to_leave(60.0)
    other.join()
