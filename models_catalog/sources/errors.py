"""How a page fails. Each error says whether trying again may help.

SourceError
├── TransportError   the page did not arrive; trying again may help          (retry)
└── PayloadError     the page arrived and is not what the source serves      (no retry)
    ├── EmptyPayload     nothing, or a list without a row
    ├── WrongShape       not the format, or not the structure, that is due
    ├── MissingColumn    a declared column or key is absent
    ├── Truncated        the text stops in the middle
    └── Challenge        a page made for browsers or robots, not data
"""

from __future__ import annotations

from typing import ClassVar


class SourceError(Exception):
    """Anything that keeps a page from becoming records. `retry` alone decides whether to try again."""

    retry: ClassVar[bool] = False


class TransportError(SourceError):
    retry = True


class PayloadError(SourceError):
    pass


class EmptyPayload(PayloadError):
    pass


class WrongShape(PayloadError):
    pass


class MissingColumn(PayloadError):
    pass


class Truncated(PayloadError):
    pass


class Challenge(PayloadError):
    pass
