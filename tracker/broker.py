"""Kombu's Redis transport, so that a broker that goes away does not end the worker.

Celery collects a lost connection before it closes it. When messages are unacknowledged at that moment, kombu (5.7.0)
asks the collected connection for its host name and fails with AttributeError, which Celery takes for a defect of the
worker: the worker ends. Here the same moment is what it is, a lost connection, and Celery connects again.
"""

from typing import Any

from kombu import transport
from kombu.transport import redis as kombu_redis
from redis.exceptions import ConnectionError as BrokerGone


class Channel(kombu_redis.Channel):
    """A channel that says so when its connection was collected."""

    def _connparams(self, asynchronous: bool = False) -> dict[str, Any]:
        if self.connection is None or self.connection.client is None:
            raise BrokerGone("the connection of this channel was lost and collected")
        return dict(super()._connparams(asynchronous))  # type: ignore[misc]  # the stubs leave it out


class Transport(kombu_redis.Transport):
    """What redis:// and rediss:// mean in this project."""

    Channel = Channel


def use_transport() -> None:
    """Let kombu's names for Redis mean the transport above; `sentinel` keeps its own."""
    for name in ("redis", "rediss"):
        transport.TRANSPORT_ALIASES[name] = f"{__name__}:Transport"
