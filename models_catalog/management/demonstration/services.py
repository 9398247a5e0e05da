"""The processes of the demo: how each is started, told to end, and watched."""

from __future__ import annotations

import http.client
import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from models_catalog.embedded import Attachment, EmbeddedError, valkey
from models_catalog.embedded.children import Child
from models_catalog.embedded.children import start as start_child
from models_catalog.embedded.places import prepared_data_folder, prepared_socket_folder, socket_folder
from models_catalog.management.demonstration.wishes import HOST

READY_SECONDS = 60
Ending = tuple[tuple[int, float], ...]


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
    ending = ((signal.SIGTERM, 5), (signal.SIGQUIT, 5))
    return Plan("web", command, signal.SIGQUIT, ending, post(port))


def post(port: int) -> dict[str, str]:
    """Mails name the demo's own address; unless EMAIL_URL says otherwise they become files that /mailbox/ shows."""
    return {"OPENGAP_SITE": f"http://{HOST}:{port}", "OPENGAP_MAILBOX": str(int(keeps_mail()))}


def keeps_mail() -> bool:
    """Do mails stay on this machine, as files?"""
    return not (os.environ.get("EMAIL_URL") or os.environ.get("EMAIL_URL_FILE"))


def worker(port: int) -> Plan:
    command = [
        "celery", "-A", "tracker", "worker", "--loglevel", "INFO", "--concurrency", "2",
        "--without-gossip", "--without-mingle",
    ]  # fmt: skip
    ending = ((signal.SIGTERM, 5), (signal.SIGQUIT, 5))
    return Plan("worker", command, signal.SIGKILL, ending, post(port))


def beat(*, live: bool) -> Plan:
    """The clock; unless `live`, it sends heartbeats only and no source is asked."""
    schedule = prepared_data_folder() / "beat"
    schedule.mkdir(exist_ok=True)
    command = [
        "celery", "-A", "tracker", "beat", "--loglevel", "INFO", "--pidfile=", "--schedule", str(schedule / "schedule"),
    ]  # fmt: skip
    environment = {} if live else {"OPENGAP_COLLECT": "0"}
    return Plan("beat", command, signal.SIGKILL, ((signal.SIGTERM, 5),), environment)


class Crew:
    """The services of one demo: started one by one, ended together, missed when one is gone."""

    def __init__(self) -> None:
        self.members: list[tuple[Child, Ending]] = []
        self.broker: Child | None = None

    def start(self, plan: Plan) -> None:
        child = start_child(
            plan.name,
            [sys.executable, "-m", *plan.command],
            prepared_data_folder() / "logs" / f"{plan.name}.log",
            on_parent_death=plan.on_parent_death,
            environment=os.environ | dict(plan.environment),
        )
        self.members.append((child, plan.ending))

    def start_broker(self, *, shared: bool) -> None:
        """The embedded Valkey; `shared` when the keeper of Postgres has made (and checked) the socket folder."""
        sockets = socket_folder() if shared else prepared_socket_folder(os.geteuid())
        folder = prepared_data_folder()
        self.broker = valkey.start_valkey(folder / "valkey", sockets, folder / "logs" / "valkey.log")

    def stop(self) -> None:
        """Ask all to end before waiting for any: each takes a second or two to tidy up. The broker goes last."""
        for child, ((number, _), *_) in self.members:
            if not child.has_ended():
                child.process.send_signal(number)
        for child, ((_, patience), *others) in self.members:
            child.wait(patience)
            child.stop(*others)
        if self.broker:
            self.broker.stop(*valkey.ENDING)

    def call_the_roll(self) -> None:
        """Raise EmbeddedError about the first service that has ended, which nobody told it to."""
        children = [child for child, _ in self.members] + ([self.broker] if self.broker else [])
        for child in children:
            if child.has_ended():
                raise EmbeddedError(obituary(child))


def broker_is_named() -> bool:
    return bool(os.environ.get("BROKER_URL") or os.environ.get("BROKER_URL_FILE"))


def wait_until_ready(crew: Crew, port: int) -> None:
    """Return when the pages answer. Raises EmbeddedError with the reason when they never do."""
    deadline = time.monotonic() + READY_SECONDS
    answer = "no answer"
    while time.monotonic() < deadline:
        crew.call_the_roll()
        answer = readiness(port)
        if answer == "":
            return
        time.sleep(0.1)
    raise EmbeddedError(f"The pages were not ready after {READY_SECONDS} s: {answer}")


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


def watch(crew: Crew, postgres: Attachment | None) -> NoReturn:
    """Return never; raise EmbeddedError when a service has ended that nobody stopped."""
    while True:
        crew.call_the_roll()
        if postgres and not postgres.is_alive():
            log = prepared_data_folder() / "logs" / "postgres.log"
            raise EmbeddedError(f"The embedded Postgres ended unexpectedly; its last words are in {log}.")
        time.sleep(0.5)


def obituary(child: Child) -> str:
    code = child.process.returncode
    how = f"killed by signal {-code}" if code < 0 else f"exit code {code}"
    words = child.last_words(10)
    return f"The {child.name} process ended unexpectedly ({how}); the last lines of {child.log}:\n{words}"
