"""The demo from the first step to the last: services up, facts in, gap computed, pages served, all down again."""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection, connections
from kombu.exceptions import OperationalError as BrokerError

from models_catalog.embedded import Attachment, EmbeddedError, attach
from models_catalog.embedded.attachment import database_is_named
from models_catalog.embedded.places import exclusive, prepared_data_folder
from models_catalog.findings.summary import summary
from models_catalog.management.demonstration import services
from models_catalog.management.demonstration.board import Board
from models_catalog.management.demonstration.services import Crew
from models_catalog.management.demonstration.static import collect_static
from models_catalog.tasks import collect_due

INTERRUPTED = 130  # the shell's exit code of a command ended by Ctrl-C


@dataclass(frozen=True)
class Wishes:
    """What the command line asks for."""

    port: int
    serve: bool
    folder: Path | None

    @property
    def url(self) -> str:
        return f"http://{services.HOST}:{self.port}"


def play(wishes: Wishes) -> int:
    """Run the demo until it is done or told to end; returns the exit code. Raises EmbeddedError (one sentence)."""
    board, crew = Board(), Crew()
    serving = False
    with ExitStack() as stack:
        listen_to_signals()
        try:
            check(wishes, stack)
            postgres = prepare_database(board, stack)
            if wishes.serve:
                open_pages(wishes, board, crew, stack)
            fill(wishes, board)
            if wishes.serve:
                wait_for_pages(wishes, board, crew)
            board.show(summary())
            if not wishes.serve:
                return 0
            start_work(wishes, board, crew)
            connections.close_all()
            board.announce(wishes.url)
            serving = True
            services.watch(crew, postgres)
        except KeyboardInterrupt:
            board.say("Stopping …")
            return 0 if serving else INTERRUPTED
        finally:
            ignore_signals()
            connections.close_all()


def listen_to_signals() -> None:
    """Ctrl-C, SIGTERM and a closed terminal end the demo in the same way."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup
        signal.signal(signal.SIGHUP, signal.default_int_handler)


def ignore_signals() -> None:
    """Let the clean-up be finished; what is left if it is killed ends by itself."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def check(wishes: Wishes, stack: ExitStack) -> None:
    """Find out in the first moment what would fail later."""
    if wishes.folder and not wishes.folder.is_dir():
        raise EmbeddedError(f"{wishes.folder} is no folder: --from needs one with recorded payloads.")
    folder = prepared_data_folder()
    if wishes.serve:
        stack.enter_context(only_demo(folder / "demo.lock", wishes))
        check_port(wishes.port)


@contextmanager
def only_demo(path: Path, wishes: Wishes) -> Iterator[None]:
    """One demo serves a data folder at a time: two would share one Valkey's files."""
    try:
        with exclusive(path, patience=0):
            path.write_text(wishes.url, encoding="ascii")
            yield
    except TimeoutError as error:
        raise EmbeddedError(
            f"This checkout's demo is already running on {path.read_text(encoding='ascii')}: stop it first "
            "(Ctrl-C there), or name another data folder with OPENGAP_DATA=/some/folder."
        ) from error


def check_port(port: int) -> None:
    if not 0 < port < 65536:
        raise EmbeddedError(
            f"{port} is no port: choose one from 1 to 65535, for example make demo PORT=8001."
        )
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((services.HOST, port))
        except PermissionError as error:
            raise EmbeddedError(
                f"Port {port} is not open to this account: choose another, for example make demo PORT=8001."
            ) from error
        except OSError as error:
            other = 8001 if port != 8001 else 8002
            raise EmbeddedError(
                f"Port {port} is busy: choose another, for example make demo PORT={other}."
            ) from error


def prepare_database(board: Board, stack: ExitStack) -> Attachment | None:
    """Postgres with today's schema; returns our hold on the embedded one, if it is used."""
    postgres = start_postgres(board, stack)
    with board.step("Database schema"):
        call_command("migrate", interactive=False, verbosity=0)
    return postgres


def start_postgres(board: Board, stack: ExitStack) -> Attachment | None:
    if database_is_named():
        with board.step("Postgres of DATABASE_URL"):
            try:
                connection.ensure_connection()
            except OperationalError as error:
                words = " ".join(str(error).split())
                raise EmbeddedError(f"The Postgres of DATABASE_URL cannot be reached: {words}") from error
        return None
    with board.step("Embedded Postgres"):
        postgres = attach()
        stack.callback(postgres.leave)
    return postgres


def replay(folder: Path) -> None:
    """Collect from the folder. What was not taken has been said by `collect`, and its exit code is no end here."""
    try:
        call_command("collect", "--from", str(folder))
    except CommandError as error:
        raise EmbeddedError(str(error)) from error
    except SystemExit:
        return


def open_pages(wishes: Wishes, board: Board, crew: Crew, stack: ExitStack) -> None:
    """Start broker and pages; they get ready while the facts come in."""
    if not services.broker_is_named():
        with board.step("Embedded Valkey"):
            stack.enter_context(services.broker(shared=not database_is_named()))
    with board.step("Static files"):
        collect_static()
    stack.callback(crew.stop)
    crew.start(services.web(wishes.port))


def fill(wishes: Wishes, board: Board) -> None:
    """Facts in, gap computed; quick when both are there."""
    if wishes.folder:
        with board.long_step(f"Recorded payloads of {wishes.folder}"):
            replay(wishes.folder)
    else:
        with board.long_step("Shipped facts"):
            call_command("load_facts")
    with board.long_step("The gap"):
        call_command("compute")


def wait_for_pages(wishes: Wishes, board: Board, crew: Crew) -> None:
    with board.step("Web server"):
        services.wait_until_ready(crew, wishes.port)


def start_work(wishes: Wishes, board: Board, crew: Crew) -> None:
    """Worker and beat, once the pages answer: live collection begins after that."""
    live = wishes.folder is None
    with board.step("Worker and beat"):
        crew.start(services.worker())
        crew.start(services.beat(live=live))
        if live:
            ring()


def ring() -> None:
    """Ask the worker for a first look at what is due, a minute before beat would."""
    try:
        collect_due.delay()
    except BrokerError as error:
        raise EmbeddedError(f"The broker cannot be reached: {error}") from error
