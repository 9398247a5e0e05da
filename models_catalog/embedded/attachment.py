"""Using the embedded Postgres for the length of a command: attach to the running one, or have it started."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from models_catalog.embedded.places import (
    CHECKOUT,
    KEEPER_SOCKET,
    EmbeddedError,
    exclusive,
    prepared_data_folder,
    socket_folder,
)

# Commands that need no database, and `demo`, which attaches by itself to show the step.
WITHOUT_DATABASE = frozenset(
    {
        "check",
        "collectstatic",
        "demo",
        "diffsettings",
        "findstatic",
        "help",
        "startapp",
        "startproject",
        "version",
    }
)
READY = "ready\n"  # the keeper's welcome
ANSWER_SECONDS = 600  # a first start copies, initialises or recovers


class Attachment:
    """One reference to the running Postgres; it stays up at least until `leave`."""

    def __init__(self, connection: socket.socket, keeper: subprocess.Popen[bytes] | None) -> None:
        self.connection = connection
        self.keeper = keeper

    def is_alive(self) -> bool:
        """Whether Postgres is still kept: the keeper closes the connection only when it has ended."""
        try:
            return self.connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False

    def leave(self) -> None:
        """Give the reference back; if it was the last, return once Postgres and its keeper have ended."""
        try:
            self.connection.shutdown(socket.SHUT_WR)
            others_remain = read_line(self.connection) != ""
        except OSError:
            others_remain = False
        self.connection.close()
        if self.keeper and not others_remain:
            self.keeper.wait()


@contextmanager
def attached(argv: Sequence[str]) -> Iterator[None]:
    """Around a manage.py command: Postgres is up inside, and nothing we started is left after.

    Does nothing when DATABASE_URL is set or the command needs no database. Raises EmbeddedError (one
    sentence, exit code 1) when Postgres cannot be had.
    """
    if not needs_postgres(argv):
        yield
        return
    attachment = attach()
    try:
        yield
    finally:
        attachment.leave()


def database_is_named() -> bool:
    """Whether the environment names a database, so that the embedded one is not used."""
    return bool(os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"))


def needs_postgres(argv: Sequence[str]) -> bool:
    if database_is_named():
        return False
    asks_for_help = bool({"-h", "--help"} & set(argv[1:]))
    return (
        len(argv) > 1
        and not asks_for_help
        and not argv[1].startswith("-")
        and argv[1] not in WITHOUT_DATABASE
    )


def attach() -> Attachment:
    """A reference to this checkout's Postgres, which is started when it is not running.

    Raises EmbeddedError when it cannot be had. Commands that come at the same time wait for one another here.
    """
    folder = prepared_data_folder()
    try:
        with exclusive(folder / "keeper.start"):
            connection = knock()
            return Attachment(connection, None) if connection else start_keeper(folder)
    except OSError as error:
        raise EmbeddedError(
            f"The embedded Postgres cannot be started from {folder} ({error.strerror})."
        ) from error


def knock() -> socket.socket | None:
    """A welcomed connection to the running keeper; None when there is none, or it is just ending."""
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(10)
    try:
        connection.connect(str(socket_folder() / KEEPER_SOCKET))
        welcomed = read_line(connection) == READY
    except OSError:
        welcomed = False
    if not welcomed:
        connection.close()
        return None
    connection.settimeout(None)
    return connection


def start_keeper(folder: Path) -> Attachment:
    """Start a keeper whose first connection is ours from birth: should we be killed, it ends too."""
    ours, theirs = socket.socketpair()
    with theirs, (folder / "logs" / "keeper.log").open("wb") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "models_catalog.embedded.keeper"],
            stdin=theirs.fileno(),
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=CHECKOUT,
            start_new_session=True,
        )
    ours.settimeout(ANSWER_SECONDS)
    answer = read_line(ours)
    ours.settimeout(None)
    if answer != READY:
        ours.close()
        keeper.wait()
        raise EmbeddedError(answer.strip() or f"The keeper of the embedded Postgres failed; see {log.name}.")
    return Attachment(ours, keeper)


def read_line(connection: socket.socket) -> str:
    """What the keeper says, up to a newline or its end."""
    said = b""
    while not said.endswith(b"\n") and (part := connection.recv(4096)):
        said += part
    return said.decode("utf-8", "replace")
