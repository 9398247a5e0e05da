"""Django's SMTP backend that says when a message's bytes are about to leave.

Until then everything may be tried again; after that a broken connection leaves it open whether the mail arrived.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

Hook = Callable[[], None]


class Watched(smtplib.SMTP):
    before_data: Hook | None = None

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Called after every recipient was accepted. What the hook raises keeps the message here."""
        if self.before_data is not None:
            self.before_data()
        return super().data(msg)


class WatchedSSL(Watched, smtplib.SMTP_SSL):
    """The same over TLS from the start."""


class WatchedBackend(EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return WatchedSSL if self.use_ssl else Watched

    def watch(self, hook: Hook) -> None:
        """Open the connection if need be; the next message calls the hook before its first byte."""
        self.open()
        assert isinstance(self.connection, Watched)
        self.connection.before_data = hook

    def give_up(self) -> None:
        """The message was not begun: the connection can serve the next one."""
        if self.connection is not None:
            self.connection.rset()
