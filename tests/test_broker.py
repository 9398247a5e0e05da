"""The broker's transport: losing the connection with work in hand is a lost connection, and nothing worse."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from celery import current_app
from kombu import Connection
from redis.exceptions import ConnectionError as BrokerGone

from tracker.broker import Channel, Transport


@contextmanager
def a_held_message() -> Iterator[tuple[Connection, Any]]:
    """A connection, and its channel that has taken one message and not acknowledged it."""
    with current_app.connection_for_write() as writer, writer.SimpleQueue("held") as queue:
        queue.put({"held": True})
    reader = current_app.connection_for_read()
    try:
        yield reader, reader.SimpleQueue("held").get(timeout=60).channel
    finally:
        with current_app.connection_for_write() as writer, writer.SimpleQueue("held") as queue:
            queue.clear()


def collect(channel: Any) -> None:
    """Leave the channel as `Connection.collect` does when the broker is gone."""
    channel._disconnect_pools()
    channel.connection.client = None


def test_a_collected_connection_with_an_unacknowledged_message_closes_quietly() -> None:
    with a_held_message() as (connection, channel):
        collect(channel)
        connection.close()
    assert channel.closed


def test_what_a_collected_channel_is_asked_is_an_error_that_celery_survives() -> None:
    with a_held_message() as (connection, channel):
        assert isinstance(channel, Channel)
        assert isinstance(connection.transport, Transport)
        transport = connection.transport
        collect(channel)
        with pytest.raises(BrokerGone, match="lost and collected") as caught:
            channel.qos.restore_unacked()
        assert isinstance(caught.value, transport.connection_errors)
        connection.close()
