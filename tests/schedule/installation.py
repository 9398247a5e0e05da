"""A whole installation of its own: Postgres, Valkey, workers and beats as real processes that may be hurt."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
from celery import Celery
from redis import Redis

from models_catalog.embedded import children, lodging, places, postgres, valkey
from models_catalog.embedded.children import Child
from models_catalog.sources import SOURCES
from tests.faults.offers import listed, offers
from tests.fetch.fault_server import FaultServer, response
from tests.services import temporary_folder, wait_for_words

SLUG, PATH = "openrouter", "/api/v1/models"
PATIENCE = 120.0
# What is written must survive Postgres's own crash, not the machine's.
OPTIONS = {"fsync": "off"}
COPYING = "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'COPY staging%'"
IMMEDIATELY: tuple[int, float] = (signal.SIGQUIT, 10)


@dataclass
class Installation:
    """One source is due, and comes from `mirror`; all others are disabled."""

    folder: Path
    mirror: FaultServer
    place: lodging.Lodging
    lease_seconds: int = 6
    running: dict[str, Child] = field(default_factory=dict)

    # Services

    def start_postgres(self) -> None:
        log = self.folder / "postgres.log"
        self.running["postgres"] = postgres.start_postgres(
            self.place, self.folder / "s", log, options=OPTIONS
        )

    def crash_postgres(self) -> None:
        """Immediate shutdown: every connection breaks, the next start recovers from the log."""
        self.running.pop("postgres").stop(IMMEDIATELY)

    def start_valkey(self) -> None:
        self.running["valkey"] = valkey.start_valkey(
            self.folder / "valkey", self.folder / "v", self.folder / "valkey.log"
        )

    def stop_valkey(self) -> None:
        self.running.pop("valkey").stop(*valkey.ENDING)

    @property
    def broker(self) -> str:
        return places.valkey_url(self.folder / "v")

    @property
    def redis(self) -> Redis:
        return Redis(unix_socket_path=str(self.folder / "v" / "valkey.sock"))

    # Processes of ours

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DATABASE_URL": places.postgres_url(self.folder / "s"),
            "BROKER_URL": self.broker,
            "SECRET_KEY": "for tests",
            "DJANGO_SETTINGS_MODULE": "tracker.settings",
            "OPENGAP_DATA": str(self.folder / "data"),
            "OPENGAP_MIRRORS": f"{SLUG}={self.mirror.url}",
            "OPENGAP_LEASE_SECONDS": str(self.lease_seconds),
            "OPENGAP_BOOTSTRAP_DRAWS": "20",
        }

    def manage(self, *arguments: str) -> None:
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=places.CHECKOUT, env=self.environment, check=True, capture_output=True)

    def celery(self, name: str, app: str, *arguments: str) -> Child:
        command = [sys.executable, "-m", "celery", "-A", app, *arguments, "--loglevel", "INFO"]
        log, env = self.folder / f"{name}.log", self.environment
        child = children.start(name, command, log, on_parent_death=signal.SIGKILL, environment=env)
        self.running[name] = child
        return child

    def start_worker(self, name: str = "worker", concurrency: int = 2) -> Child:
        quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat", "-n", f"{name}@%h")
        child = self.celery(name, "tracker", "worker", "--concurrency", str(concurrency), *quiet)
        wait_for_words(child, " ready.")
        return child

    def start_beat(self, name: str = "beat") -> Child:
        schedule = str(self.folder / f"{name}-schedule")
        return self.celery(name, "tests.schedule.fast_beat", "beat", "--schedule", schedule, "--pidfile", "")

    def kill(self, name: str) -> None:
        child = self.running.pop(name)
        child.process.kill()
        child.process.wait()
        child.sweep()

    def stop(self) -> None:
        ours = [name for name in self.running if name not in ("postgres", "valkey")]
        for name in [*ours, "valkey", "postgres"]:
            if name in self.running:
                self.running.pop(name).stop(IMMEDIATELY)

    # What is stored

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[Any]:
        """One statement over a connection of its own; OperationalError while Postgres is away."""
        with psycopg.connect(places.postgres_url(self.folder / "s"), autocommit=True) as connection:
            done = connection.execute(query.encode(), parameters or None)
            return done.fetchall() if done.description else []

    def value(self, query: str, parameters: Sequence[object] = ()) -> Any:
        return self.rows(query, parameters)[0][0]

    def serve(self, models: int = 40) -> None:
        self.mirror.on(PATH, response(listed(offers(models))))

    def empty(self) -> None:
        """No rows, no messages, and no source that may be asked, until `make_due` or `lease` allow the one."""
        tables = self.value(
            "SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables"
            " WHERE tablename LIKE 'models_catalog_%' AND tablename <> 'models_catalog_sourcestate'"
        )
        self.forbid_all()
        wait_until(lambda: self.truncated(tables), "a moment without work came")
        self.redis.flushall()

    def truncated(self, tables: str) -> bool:
        try:
            self.rows(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
        except psycopg.errors.DeadlockDetected:  # with a task that recomputes what the last test stored
            return False
        return True

    def forbid_all(self) -> None:
        """Every source has a row that disables it: a tick never makes one that is due."""
        self.rows(
            "INSERT INTO models_catalog_sourcestate (slug, enabled, lease_started, failures, transport_failures,"
            " challenges, held_reason, last_reason) SELECT slug, false, false, 0, 0, 0, '', ''"
            " FROM unnest(%s::text[]) slug ON CONFLICT (slug) DO UPDATE SET enabled = false, lease_token = NULL,"
            " lease_until = NULL, lease_started = false, failures = 0, transport_failures = 0, held_until = NULL,"
            " next_attempt_at = NULL, last_success_at = NULL",
            [[source.slug for source in SOURCES]],
        )

    def make_due(self) -> None:
        self.rows(
            "UPDATE models_catalog_sourcestate SET enabled = true, next_attempt_at = NULL WHERE slug = %s",
            [SLUG],
        )

    def lease(self, seconds: float) -> UUID:
        """The source as the tick leaves it after claiming; the bell itself is not rung."""
        token = uuid4()
        self.rows(
            "UPDATE models_catalog_sourcestate SET enabled = true, next_attempt_at = NULL, lease_token = %s,"
            " lease_started = false, lease_until = now() + make_interval(secs => %s) WHERE slug = %s",
            [token, seconds, SLUG],
        )
        return token

    def ring(self, task: str, *arguments: str) -> None:
        with Celery(set_as_current=False, broker=self.broker) as app:
            app.conf.task_ignore_result = True
            app.send_task(f"models_catalog.tasks.{task}", arguments)

    def collected(self, after: str = "-infinity") -> bool:
        """Has a run that ended after that moment delivered, and was its lease given back?"""
        with suppress(psycopg.OperationalError):
            return bool(
                self.value(
                    "SELECT count(*) FROM models_catalog_sourcestate"
                    " WHERE slug = %s AND last_success_at > %s::timestamptz AND lease_token IS NULL",
                    [SLUG, after],
                )
            )
        return False

    def now(self) -> str:
        return str(self.value("SELECT now()::text"))

    def trouble(self) -> str:
        """The cause in the open incident, when the run that met it has ended."""
        found = self.rows(
            "SELECT cause FROM models_catalog_incident WHERE closed_at IS NULL AND next_try_at IS NOT NULL"
        )
        return str(found[0][0]) if found else ""

    def wait_for_copy(self) -> None:
        """Return while a page's facts are on their way into the database."""
        with psycopg.connect(places.postgres_url(self.folder / "s"), autocommit=True) as connection:
            wait_until(
                lambda: connection.execute(COPYING).fetchone() is not None, "a page was being copied", 0.001
            )

    def accepted_runs(self) -> int:
        return int(self.value("SELECT count(*) FROM models_catalog_run WHERE outcome = 'accepted'"))

    def lost_and_doubled(self, models: int = 40, changed: int = 0) -> tuple[int, int]:
        """Values of the served lists that are missing, and values that stand there twice.

        `changed` values were served anew, each with an amount that none had before.
        """
        found, distinct = self.rows(
            "SELECT count(*), count(DISTINCT (subject_id, board, kind, key, digest)) FROM models_catalog_observation"
        )[0]
        return 3 * models + changed - distinct, found - distinct


def wait_until(
    holds: Callable[[], bool], what: str, every: float = 0.05, patience: float = PATIENCE
) -> float:
    """Seconds until it holds. AssertionError when it never does."""
    begin = time.monotonic()
    while not holds():
        assert time.monotonic() < begin + patience, f"{what} never came true"
        time.sleep(every)
    return time.monotonic() - begin


@contextmanager
def installation(lease_seconds: int = 6) -> Iterator[Installation]:
    """Postgres and Valkey run, the tables are there; workers and beats are the caller's to start."""
    with temporary_folder() as folder, FaultServer() as mirror:
        place = lodging.find_lodging(folder / "postgres", folder / "postgres")
        for name, owner in (("s", place.owner), ("v", -1)):
            (folder / name).mkdir(mode=0o700)
            os.chown(folder / name, owner, -1)
        made = Installation(folder, mirror, place, lease_seconds)
        try:
            made.start_postgres()
            made.start_valkey()
            made.manage("migrate", "--verbosity", "0")
            made.forbid_all()
            yield made
        finally:
            made.stop()
