"""One source, its door, and a server of its name that does what the test wants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from models_catalog.fetch.address import Outside
from models_catalog.fetch.archive import Archive
from models_catalog.fetch.door import LiveDoor
from models_catalog.fetch.limits import Caps, DoorSettings, Limits
from models_catalog.fetch.report import FetchReport
from models_catalog.fetch.state import MemoryState
from models_catalog.sources.contract import Board, Page, Rights, Source, SourceError
from tests.fetch.certificates import Authority, written
from tests.fetch.fault_server import FaultServer

HOST = "source.test"
PAGE = f"https://{HOST}/models"
PUBLIC = "93.184.215.14"  # never dialled: the test's Outside leads it to the local server

# The real limits, with smaller caps and no pacing. A test of a time-out sets that one to a fraction of a second.
QUICK = Limits(
    backoff=0.001,
    pace=0.0,
    caps={
        "json": Caps(wire=256 * 1024, decoded=512 * 1024, ratio_floor=64 * 1024),
        "html": Caps(wire=64 * 1024, decoded=64 * 1024),
        "csv": Caps(wire=256 * 1024, decoded=512 * 1024),
    },
)


def invented_source(
    *, media: str = "json", api: bool = True, complete: bool = True, hosts: tuple[str, ...] = (HOST,)
) -> Source:
    board = Board(
        slug="models",
        title="Models",
        url=PAGE,
        media=media,
        recorded=("models-*.json", "models-*.json.gz"),
        complete=complete,
    )
    rights = Rights("Nobody", "https://source.test/terms", "none", False, False, "", "", "invented for tests")
    return Source(
        slug="invented",
        title="Invented",
        home=f"https://{HOST}/",
        rights=rights,
        boards=(board,),
        hosts=hosts,
        cadence=timedelta(days=1),
        stale_after=timedelta(days=3),
        pages=lambda get: iter((get("models", PAGE),)),
        parse=lambda page: iter(()),
        api=api,
    )


@dataclass
class World:
    """The outside world as one door sees it: names lead where the test says, pauses are noted, not slept."""

    server: FaultServer
    archive: Archive
    settings: DoorSettings
    state: MemoryState = field(default_factory=MemoryState)
    source: Source = field(default_factory=invented_source)
    names: dict[str, list[str]] = field(default_factory=lambda: {HOST: [PUBLIC]})
    resolved: list[str] = field(default_factory=list)
    dialled: list[str] = field(default_factory=list)
    ports: dict[str, int] = field(default_factory=dict)  # of further servers, by address
    pauses: list[float] = field(default_factory=list)
    reports: list[FetchReport] = field(default_factory=list)

    @property
    def outside(self) -> Outside:
        return Outside(resolve=self.resolve, endpoint=self.dial, pause=self.pauses.append)

    def resolve(self, host: str, port: int) -> list[str]:
        self.resolved.append(host)
        return self.names[host]

    def dial(self, address: str, port: int) -> tuple[str, int]:
        self.dialled.append(address)
        if address == "127.0.0.1":
            return address, port
        return "127.0.0.1", self.ports.get(address, self.server.port)

    def limit(self, **changes: object) -> None:
        limits = replace(self.settings.limits, **changes)  # type: ignore[arg-type]  # names checked at run time
        self.settings = replace(self.settings, limits=limits)

    def door(self) -> LiveDoor:
        return LiveDoor(self.source, self.settings, self.state, self.archive, self.outside)

    def fetch(self, url: str = PAGE) -> Page:
        """One run of one page."""
        with self.door() as door:
            try:
                return door("models", url)
            finally:
                self.reports += door.reports

    def failure(self, url: str = PAGE) -> SourceError:
        """The named error of a run that must fail: nothing may be stored, and the report says the same."""
        with pytest.raises(SourceError) as caught:
            self.fetch(url)
        assert self.stored() == []
        report = self.reports[-1]
        assert (report.error, report.error_name) == (str(caught.value), type(caught.value).__name__)
        assert report.sha256 == ""
        return caught.value

    def stored(self) -> list[Path]:
        return [path for path in self.archive.root.rglob("*") if path.is_file()]


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority.new()


@pytest.fixture(scope="session")
def certificates(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the authority's certificate and the server's: ca.pem, server.pem."""
    folder = tmp_path_factory.mktemp("certificates")
    written(folder, "ca.pem", authority.certificate())
    written(folder, "server.pem", authority.server(HOST))
    return folder


@pytest.fixture
def server(certificates: Path) -> Iterator[FaultServer]:
    with FaultServer(certificates / "server.pem") as running:
        yield running


@pytest.fixture
def world(server: FaultServer, certificates: Path, tmp_path: Path) -> World:
    settings = DoorSettings("test@example.org", limits=QUICK, ca_bundle=certificates / "ca.pem")
    return World(server, Archive(tmp_path / "archive", keep_free=0.0), settings)
