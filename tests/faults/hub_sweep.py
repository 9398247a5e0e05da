"""A sweep of our own Hub by a process that is killed in the middle, again and again: what is lost, what doubled?"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.faults.fake_hub import FakeHub
from tests.fetch.fault_server import FaultServer, Reply
from tests.services import running_postgres, temporary_folder

PAGES, ROWS, KILLS = 3000, 50, 20
LIMIT_MB = 400
PATIENCE = 240.0  # seconds that may pass without a new page
ROOT = Path(__file__).parents[2]
SWEEP = """
import django
django.setup()
from dataclasses import replace
from django.utils import timezone
from models_catalog.ingest.live import collect
from models_catalog.ingest.sweep import next_due
from models_catalog.sources import by_slug
hub = by_slug("huggingface")
hub = replace(hub, sweeps=tuple(sweep for sweep in hub.sweeps if sweep.slug == "everything"))
while (moment := next_due(hub)) is None or moment <= timezone.now():
    collect(hub)
"""
HELD = """
SELECT (SELECT count(*) FROM models_catalog_subject WHERE source = 'huggingface'),
       (SELECT count(*) FROM models_catalog_observation),
       (SELECT count(*) FROM models_catalog_downloadsample)
"""


@dataclass(frozen=True)
class Swept:
    """How the sweep ended. `repeated`: pages that the Hub gave more than once, one at most per kill."""

    kills: int
    lost: int
    doubled: int
    repeated: int
    peak_megabytes: int
    slowest_recovery: float
    seconds: float


def sweep(pages: int = PAGES, rows: int = ROWS, kills: int = KILLS) -> Swept:
    """The whole sweep, in a database made for it."""
    with prepared() as (database, folder):
        return swept(database, folder, pages=pages, rows=rows, kills=kills)


@contextmanager
def prepared() -> Iterator[tuple[str, Path]]:
    """A database with our tables, and a data folder."""
    with temporary_folder() as folder, running_postgres(folder) as database:
        settings = os.environ | {"DATABASE_URL": database, "OPENGAP_DATA": str(folder / "data")}
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, env=settings, check=True)
        yield database, folder / "data"


def swept(database: str, folder: Path, *, pages: int, rows: int, kills: int) -> Swept:
    """Sweep so many pages into an empty, migrated database, with so many SIGKILLs spread over them."""
    chance, begun = random.Random(25), time.monotonic()
    peak, slowest = 0, 0.0
    with FaultServer() as server:
        hub = FakeHub(server, pages, rows, home=server.url)
        for place in [*sorted(chance.sample(range(1, pages), kills)), pages + 1]:
            with started(database, folder, server.url) as process:
                watch = Watch(hub, process, PATIENCE)
                watch.until(place)
                time.sleep(chance.uniform(0, 0.1))
            peak, slowest = max(peak, watch.peak), max(slowest, watch.first)
    lost, doubled = lost_and_doubled(database, pages * rows)
    repeated = len(hub.served) - pages
    return Swept(kills, lost, doubled, repeated, peak, slowest, time.monotonic() - begun)


def broken(pages: int, at: int, replies: list[Reply], rows: int = ROWS) -> Swept:
    """A sweep whose page number `at` answers with these first, and which goes on as soon as it is due again."""
    begun = time.monotonic()
    with prepared() as (database, folder), FaultServer() as server:
        hub = FakeHub(server, pages, rows, home=server.url, bad={at: list(replies)})
        watches = [to_its_end(hub, database, folder, server.url)]
        with psycopg.connect(database) as connection:
            connection.execute("UPDATE models_catalog_sweepstate SET due_at = now()")
        watches.append(to_its_end(hub, database, folder, server.url))
        lost, doubled = lost_and_doubled(database, pages * rows)
    repeated, peak = len(hub.served) - pages, max(watch.peak for watch in watches)
    return Swept(len(replies), lost, doubled, repeated, peak, watches[-1].first, time.monotonic() - begun)


def to_its_end(hub: FakeHub, database: str, folder: Path, url: str) -> Watch:
    """One process, until it finds nothing due any more."""
    with started(database, folder, url) as process:
        watch = Watch(hub, process, PATIENCE)
        watch.until(hub.pages + 1)  # there is no such page
    return watch


@contextmanager
def started(database: str, folder: Path, hub: str) -> Iterator[subprocess.Popen[bytes]]:
    """The sweeping process, killed at the end."""
    environment = os.environ | {
        "DATABASE_URL": database,
        "HF_ENDPOINT": hub,
        "OPENGAP_DATA": str(folder),
        "OPENGAP_HUB_TAIL": "1",
        "LOG_LEVEL": "ERROR",
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
    }
    process = subprocess.Popen([sys.executable, "-c", SWEEP], env=environment, cwd=ROOT)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@dataclass
class Watch:
    """What is seen of one process from outside: when it got its first page, and how large it grew."""

    hub: FakeHub
    process: subprocess.Popen[bytes]
    patience: float
    first: float = 0.0  # seconds from its start
    peak: int = 0  # megabytes

    def until(self, place: int) -> None:
        """Return when page number `place` was given, or the process has ended."""
        begun, given = time.monotonic(), len(self.hub.served)
        newest, news = given, begun
        while self.process.poll() is None and place not in self.hub.served[given:]:
            self.peak = max(self.peak, megabytes(self.process.pid))
            if len(self.hub.served) > newest:
                self.first = self.first or time.monotonic() - begun
                newest, news = len(self.hub.served), time.monotonic()
            assert time.monotonic() - news < self.patience, "no page was asked for any more"
            time.sleep(0.01)


def megabytes(process: int) -> int:
    """The most memory the process ever held; 0 when it has ended. Not getrusage: it would count its parent."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    peaks = [int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")]
    return peaks[0] if peaks else 0


def lost_and_doubled(database: str, repositories: int) -> tuple[int, int]:
    """Of each repository one subject, two statements, two counts; so many are missing, so many too much."""
    due = (repositories, 2 * repositories, 2 * repositories)
    with psycopg.connect(database) as connection:
        held = connection.execute(HELD).fetchone()
    assert held is not None
    steps = [is_held - is_due for is_held, is_due in zip(held, due, strict=True)]
    return -sum(min(step, 0) for step in steps), sum(max(step, 0) for step in steps)
