"""What one fetch did, beside the page it brought: enough to store it as a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from models_catalog.fetch.errors import next_attempt
from models_catalog.sources.contract import SourceError


@dataclass(frozen=True, slots=True)
class FetchReport:
    """One call of the door, successful or not. Times are UTC.

    `confirmed`: the host said that the archived bytes are still current (304). `sha256` is of the decoded
    bytes, which are in the archive. `wire` counts bytes as sent, `size` decoded. `error` is "" on success,
    else the sentence, and `error_name` its class. `etag` and `last_modified` become a Validator once the
    gate has accepted the page.
    """

    source: str
    board: str
    url: str
    final_url: str
    status: int | None
    started_at: datetime
    finished_at: datetime
    tries: int
    etag: str = ""
    last_modified: str = ""
    sha256: str = ""
    wire: int = 0
    size: int = 0
    confirmed: bool = False
    error: str = ""
    error_name: str = ""
    next_attempt_at: datetime | None = None


@dataclass(slots=True)
class Trace:
    """The report in the making."""

    source: str
    board: str
    url: str
    started_at: datetime
    tries: int = 0
    final_url: str = ""
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    sha256: str = ""
    wire: int = 0
    size: int = 0
    confirmed: bool = False

    def finished(self, now: datetime, error: SourceError | None = None) -> FetchReport:
        return FetchReport(
            source=self.source,
            board=self.board,
            url=self.url,
            final_url=self.final_url,
            status=self.status,
            started_at=self.started_at,
            finished_at=now,
            tries=self.tries,
            etag=self.headers.get("etag", ""),
            last_modified=self.headers.get("last-modified", ""),
            sha256=self.sha256,
            wire=self.wire,
            size=self.size,
            confirmed=self.confirmed,
            error=str(error) if error else "",
            error_name=type(error).__name__ if error else "",
            next_attempt_at=next_attempt(error) if error else None,
        )
