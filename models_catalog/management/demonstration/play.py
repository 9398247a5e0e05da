"""The demo from the first step to the last: services up, facts in, gap computed, pages served, all down again."""

from __future__ import annotations

import signal
from contextlib import ExitStack

from celery import current_app
from django.core.management import call_command
from django.db import OperationalError, connection, connections
from kombu.exceptions import OperationalError as BrokerError

from models_catalog.embedded import Attachment, EmbeddedError, attach
from models_catalog.embedded.attachment import database_is_named
from models_catalog.management.demonstration import services
from models_catalog.management.demonstration.board import Board
from models_catalog.management.demonstration.services import Crew
from models_catalog.management.demonstration.static import collect_static
from models_catalog.management.demonstration.wishes import Wishes, granted

INTERRUPTED = 130  # the shell's exit code of a command ended by Ctrl-C


def play(wishes: Wishes) -> int:
    """Run the demo until it is done or told to end; returns the exit code. Raises EmbeddedError (one sentence)."""
    board, crew = Board(), Crew()
    serving = False
    with ExitStack() as stack:
        listen_to_signals()
        try:
            stack.enter_context(granted(wishes))
            if wishes.serve:
                start_pages(wishes, board, crew, stack)
            postgres = prepare_database(board, stack)
            fill(wishes, board, crew)
            if not wishes.serve:
                return 0
            serving = True
            open_pages(wishes, board, crew)
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


def start_pages(wishes: Wishes, board: Board, crew: Crew, stack: ExitStack) -> None:
    """Start the web server at once: it takes its seconds to get ready while the facts come in."""
    with board.step("Static files"):
        collect_static()
    stack.callback(crew.stop)
    crew.start(services.web(wishes.port))


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


def fill(wishes: Wishes, board: Board, crew: Crew) -> None:
    """Facts, gap and summary; the pages must answer before the summary says what they show."""
    from models_catalog.management.demonstration import content  # noqa: PLC0415 - slow: the web server starts first

    content.fill(wishes, board)
    if wishes.serve:
        with board.step("Web server"):
            services.wait_until_ready(crew, wishes.port)
    content.show(board)


def open_pages(wishes: Wishes, board: Board, crew: Crew) -> None:
    """The pages answer: now worker and beat begin with live collection."""
    if not services.broker_is_named():
        with board.step("Embedded Valkey"):
            crew.start_broker(shared=not database_is_named())
    live = wishes.folder is None
    with board.step("Worker and beat"):
        crew.start(services.worker(wishes.port))
        crew.start(services.beat(live=live))
    connections.close_all()
    board.announce(wishes.url, mailbox=services.keeps_mail())
    ring("send_sample", *(("collect_due", "compute") if live else ()))


def ring(*tasks: str) -> None:
    """Ask the worker for a first look at once; beat would ask a minute later."""
    try:
        for task in tasks:
            current_app.send_task(f"models_catalog.tasks.{task}")
    except BrokerError as error:
        raise EmbeddedError(f"The broker cannot be reached: {error}") from error
