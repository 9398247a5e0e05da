"""The processes of the demo: how each is started, told to end, and watched."""

from __future__ import annotations

import http.client
import os
import signal
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import NoReturn

from models_catalog.embedded import Attachment, EmbeddedError, valkey
from models_catalog.embedded.children import Child
from models_catalog.embedded.children import start as start_child
from models_catalog.embedded.places import prepared_data_folder, prepared_socket_folder, socket_folder

HOST = "127.0.0.1"
READY_SECONDS = 60
Ending = tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Service:
    """A running child and the signals that end it."""

    child: Child
    ending: Ending

    def stop(self) -> None:
        self.child.stop(*self.ending)


@dataclass(frozen=True)
class Plan:
    """A service to be: its name, the module and arguments Python runs, and how it ends."""

    name: str
    command: Sequence[str]
    on_parent_death: int
    ending: Ending
    environment: Mapping[str, str] = field(default_factory=dict)


def web(port: int) -> Plan:
    command = [
        "gunicorn", "tracker.wsgi", "--bind", f"{HOST}:{port}", "--workers", "2", "--threads", "4", "--preload",
        "--no-control-socket", "--access-logfile", "-",
    ]  # fmt: skip
    return Plan("web", command, signal.SIGQUIT, ((signal.SIGTERM, 5), (signal.SIGQUIT, 5)))


def worker() -> Plan:
    command = [
        "celery", "-A", "tracker", "worker", "--loglevel", "INFO", "--concurrency", "2",
        "--without-gossip", "--without-mingle",
    ]  # fmt: skip
    return Plan("worker", command, signal.SIGKILL, ((signal.SIGTERM, 5), (signal.SIGQUIT, 5)))


def beat(*, live: bool) -> Plan:
    """The clock; unless `live`, it sends heartbeats only and no source is asked."""
    schedule = prepared_data_folder() / "beat"
    schedule.mkdir(exist_ok=True)
    command = [
        "celery", "-A", "tracker", "beat", "--loglevel", "INFO", "--pidfile=", "--schedule", str(schedule / "schedule"),
    ]  # fmt: skip
    environment = {} if live else {"OPENGAP_COLLECT": "0"}
    return Plan("beat", command, signal.SIGKILL, ((signal.SIGTERM, 5),), environment)


def start(plan: Plan, stack: ExitStack) -> Service:
    """Start the service; the stack ends it."""
    child = start_child(
        plan.name,
        [sys.executable, "-m", *plan.command],
        prepared_data_folder() / "logs" / f"{plan.name}.log",
        on_parent_death=plan.on_parent_death,
        environment=os.environ | dict(plan.environment),
    )
    service = Service(child, plan.ending)
    stack.callback(service.stop)
    return service


def broker_is_named() -> bool:
    return bool(os.environ.get("BROKER_URL") or os.environ.get("BROKER_URL_FILE"))


def start_broker(stack: ExitStack, *, shared: bool) -> Service:
    """The embedded Valkey; `shared` when the keeper of Postgres has made (and checked) the socket folder."""
    sockets = socket_folder() if shared else prepared_socket_folder(os.geteuid())
    folder = prepared_data_folder()
    service = Service(
        valkey.start_valkey(folder / "valkey", sockets, folder / "logs" / "valkey.log"), valkey.ENDING
    )
    stack.callback(service.stop)
    return service


def wait_until_ready(service: Service, port: int) -> None:
    """Return when the pages answer. Raises EmbeddedError with the reason when they never do."""
    deadline = time.monotonic() + READY_SECONDS
    answer = "no answer"
    while time.monotonic() < deadline:
        if service.child.has_ended():
            raise EmbeddedError(obituary(service.child))
        answer = readiness(port)
        if answer == "":
            return
        time.sleep(0.1)
    raise EmbeddedError(
        f"The pages were not ready after {READY_SECONDS} s ({answer}); see {service.child.log}."
    )


def readiness(port: int) -> str:
    """What /readyz says against being ready; "" when ready."""
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", "/readyz")
        response = connection.getresponse()
        words = response.read(500).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        return f"{type(error).__name__}: {error}"
    finally:
        connection.close()
    return "" if response.status == 200 else f"status {response.status}: {words}"


def watch(running: Iterable[Service], postgres: Attachment | None) -> NoReturn:
    """Return never; raise EmbeddedError when a service has ended that nobody stopped."""
    while True:
        for service in running:
            if service.child.has_ended():
                raise EmbeddedError(obituary(service.child))
        if postgres and not postgres.is_alive():
            log = prepared_data_folder() / "logs" / "postgres.log"
            raise EmbeddedError(f"The embedded Postgres ended unexpectedly; its last words are in {log}.")
        time.sleep(0.5)


def obituary(child: Child) -> str:
    code = child.process.returncode
    how = f"killed by signal {-code}" if code < 0 else f"exit code {code}"
    words = child.last_words(10)
    return f"The {child.name} process ended unexpectedly ({how}); the last lines of {child.log}:\n{words}"
