"""The real Postgres, Valkey and Celery worker that tests run on: thrown away after the run."""

import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from models_catalog.embedded import children, lodging, places, postgres, valkey

WORKER_SECONDS = 180
LIMITS = {
    "lock_timeout": "60s"
}  # a test that left a lock behind fails the next one instead of stopping the run


@contextmanager
def services(environment: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Start what the environment does not name; yields the variables that name it all, and a data folder."""
    found = {name: environment[name] for name in ("DATABASE_URL", "BROKER_URL") if environment.get(name)}
    with ExitStack() as stack:
        folder = stack.enter_context(temporary_folder())
        found["OPENGAP_DATA"] = str(folder / "data")
        if "DATABASE_URL" not in found:
            found["DATABASE_URL"] = stack.enter_context(running_postgres(folder))
        if "BROKER_URL" not in found:
            found["BROKER_URL"] = stack.enter_context(running_valkey(folder))
        yield found


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A short-named folder that other accounts may pass through: as root, Postgres runs as one of them."""
    folder = Path(tempfile.mkdtemp(prefix="opengap-test-", dir=places.temporary_folder()))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_postgres(folder: Path) -> Iterator[str]:
    """A Postgres that forgets; yields its address. It ends with this process, however that ends."""
    place = lodging.find_lodging(folder / "postgres", folder / "postgres")
    sockets = folder / "s"
    sockets.mkdir(mode=0o700)
    os.chown(sockets, place.owner, -1)
    server = postgres.start_postgres(
        place, sockets, folder / "postgres.log", options=postgres.THROWAWAY | LIMITS
    )
    try:
        yield places.postgres_url(sockets)
    finally:
        server.stop((signal.SIGQUIT, 10))


@contextmanager
def running_valkey(folder: Path) -> Iterator[str]:
    sockets = folder / "v"
    sockets.mkdir(mode=0o700)
    server = valkey.start_valkey(folder / "valkey", sockets, folder / "valkey.log")
    try:
        yield places.valkey_url(sockets)
    finally:
        server.stop(*valkey.ENDING)


def broker_of(worker: str, url: str) -> str:
    """The broker's address with a database number of the xdist worker's own: gw0 has 1, gw1 has 2."""
    number = int(worker.removeprefix("gw")) + 1
    if url.startswith("redis+socket:"):
        return f"{url.partition('?')[0]}?virtual_host={number}"
    return urlunsplit(urlsplit(url)._replace(path=f"/{number}"))


@contextmanager
def celery_worker(folder: Path, **variables: str) -> Iterator[children.Child]:
    """A real worker on the test's database and broker, ready when this is entered; `folder` gets its log.

    Only committed rows are seen: use it with `@pytest.mark.django_db(transaction=True)`. `variables` are
    added to its environment (OPENGAP_LEASE_SECONDS="2"). Kill it with `child.process.kill()`.
    """
    command = [
        sys.executable, "-m", "celery", "-A", "tracker", "worker", "--loglevel", "INFO", "--concurrency", "1",
        "--without-gossip", "--without-mingle", "--without-heartbeat",
    ]  # fmt: skip
    environment = os.environ | {"DATABASE_URL": url_of_test_database()} | variables
    worker = children.start(
        "worker", command, folder / "worker.log", on_parent_death=signal.SIGKILL, environment=environment
    )
    try:
        wait_for_words(worker, " ready.")
        yield worker
    finally:
        worker.stop((signal.SIGTERM, 5), (signal.SIGQUIT, 5))


def url_of_test_database() -> str:
    """The address of the database that this test process uses, for processes started by a test."""
    from django.db import connection

    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))


def wait_for_words(child: children.Child, words: str) -> None:
    """Return when the child's log holds the words. Raises AssertionError with its end when it never does."""
    deadline = time.monotonic() + WORKER_SECONDS
    while children.pause_until(deadline) and not child.has_ended():
        if words in child.log.read_text(encoding="utf-8", errors="replace"):
            return
    raise AssertionError(f"{child.name} never said {words!r}:\n{child.last_words(20)}")
