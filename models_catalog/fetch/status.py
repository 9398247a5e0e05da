"""What an HTTP status means for us, as a named error or none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from models_catalog.fetch.body import read_body
from models_catalog.fetch.errors import (
    AskedToWait,
    Forbidden,
    ForbiddenRedirect,
    PageMissing,
    RequestRefused,
    ServerFailure,
)
from models_catalog.fetch.exchange import REDIRECTS
from models_catalog.fetch.inspection import challenge
from models_catalog.fetch.limits import GLIMPSE
from models_catalog.fetch.politeness import Politeness
from models_catalog.fetch.transport import Answer
from models_catalog.sources.contract import Challenge, EmptyPayload, SourceError, WrongShape

WITH_A_BODY = frozenset({200, 203})
CONFIRMED = 304
MAY_CHALLENGE = frozenset({202, 401, 403, 405, 429, 503})


def refusal_of(answer: Answer, politeness: Politeness) -> SourceError | None:
    """The error an answer's status stands for; None for 200, 203 and 304."""
    status, host = answer.status, answer.host
    if status in WITH_A_BODY or status == CONFIRMED:
        return None
    if status in MAY_CHALLENGE and challenge(answer.headers, glimpse(answer)):
        return Challenge(f"{host} answered {status} with a page made for browsers (a challenge)")
    if status in (429, 503) and (error := asked_to_wait(answer, politeness)):
        return error
    if status == 403:
        return Forbidden(f"{host} answered 403: it does not want this request")
    if status in (404, 410):
        return PageMissing(f"{host} answered {status}: the page is not there")
    return by_class(status, host)


def by_class(status: int, host: str) -> SourceError:
    if status >= 500:
        return ServerFailure(f"{host} answered {status}")
    if status >= 400:
        return RequestRefused(f"{host} answered {status}: it refuses this request")
    if status in REDIRECTS:
        return ForbiddenRedirect(f"{host} answered {status} without saying where to")
    if status in (204, 205):
        return EmptyPayload(f"{host} answered {status}: no content")
    return WrongShape(f"{host} answered {status} where 200 is due")


def asked_to_wait(answer: Answer, politeness: Politeness) -> AskedToWait | None:
    """The pause a 429 (always) or a 503 (if it names one) asks for."""
    seconds = politeness.requested_pause(answer.headers)
    if seconds is None:
        if answer.status == 503:
            return None
        seconds = politeness.limits.bare_rate_limit
    until = datetime.now(UTC) + timedelta(seconds=seconds)
    return AskedToWait(
        f"{answer.host} answered {answer.status} and asks to wait until {until:%Y-%m-%d %H:%M:%S} UTC",
        until,
        answer.host,
    )


def glimpse(answer: Answer) -> bytes:
    """The beginning of an error page, or nothing if it cannot be read: its status says enough then."""
    encoding = answer.headers.get("content-encoding", "")
    try:
        return read_body(answer.chunks(), encoding, GLIMPSE, answer.host).content
    except SourceError:
        return b""
