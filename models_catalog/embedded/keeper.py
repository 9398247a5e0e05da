"""The keeper: the process that owns the embedded Postgres while anybody uses it.

A connection to the keeper is a reference. The kernel closes a killed command's connection for it, so nothing
is ever left behind; the keeper ends Postgres when the last connection closes, and Postgres ends by itself
when the keeper is killed. Started by `attachment`, never by hand: standard input is the first connection.
"""

import os
import selectors
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path

from models_catalog.embedded.children import Child
from models_catalog.embedded.lodging import find_lodging
from models_catalog.embedded.places import (
    KEEPER_SOCKET,
    EmbeddedError,
    data_folder,
    exclusive,
    prepared_socket_folder,
)
from models_catalog.embedded.postgres import ENDING, start_postgres

READY = b"ready\n"
STAYS = b"stays\n"  # the answer to one who leaves while others remain
PATIENCE = 90.0  # seconds for a Postgres whose keeper was killed to finish writing


class Keeper:
    """One Postgres, the socket at which commands attach, and the commands attached now."""

    def __init__(self, postgres: Child, listener: socket.socket, first: socket.socket) -> None:
        self.postgres = postgres
        self.listener = listener
        self.attached = {first}
        self.asked_to_stop = False
        self.selector = selectors.DefaultSelector()
        self.selector.register(listener, selectors.EVENT_READ)
        self.selector.register(first, selectors.EVENT_READ)

    def serve(self) -> None:
        """Return when the last command has left, Postgres has ended, or we were asked to stop."""
        while self.attached and not self.asked_to_stop and not self.postgres.has_ended():
            for key, _ in self.selector.select(timeout=0.5):
                if key.fileobj is self.listener:
                    self.welcome()
                elif isinstance(key.fileobj, socket.socket) and has_left(key.fileobj):
                    self.part(key.fileobj)

    def welcome(self) -> None:
        connection, _ = self.listener.accept()
        connection.setblocking(True)
        if tell(connection, READY):
            self.attached.add(connection)
            self.selector.register(connection, selectors.EVENT_READ)

    def part(self, connection: socket.socket) -> None:
        """Let one go. The last one's connection stays open until this process ends: that tells it so."""
        self.selector.unregister(connection)
        self.attached.discard(connection)
        if self.attached:
            tell(connection, STAYS)
            connection.close()
        else:
            connection.detach()

    def stop(self, *_: object) -> None:
        self.asked_to_stop = True


def has_left(connection: socket.socket) -> bool:
    try:
        return connection.recv(64) == b""
    except OSError:
        return True


def tell(connection: socket.socket, words: bytes) -> bool:
    """Whether the words were sent; the other side may be gone."""
    try:
        connection.sendall(words)
    except OSError:
        return False
    return True


def keep(first: socket.socket) -> None:
    """Own Postgres from start to end. Raises EmbeddedError when it cannot be had."""
    folder = data_folder()
    try:
        with exclusive(folder / "keeper.lock", PATIENCE) as lock:
            keep_locked(folder, lock, first)
    except TimeoutError as error:
        raise EmbeddedError(
            f"The database in {folder} is in use by another account or container: stop that one first, or "
            "name another data folder with OPENGAP_DATA=/some/folder."
        ) from error


def keep_locked(folder: Path, lock: int, first: socket.socket) -> None:
    """Postgres holds the lock too: if we are killed, the next keeper waits until it has ended."""
    lodging = find_lodging(folder / "postgres")
    sockets = prepared_socket_folder(lodging.owner)
    postgres = start_postgres(lodging, sockets, folder / "logs" / "postgres.log", held=[lock])
    try:
        with listening(sockets / KEEPER_SOCKET) as listener:
            keeper = Keeper(postgres, listener, first)
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, keeper.stop)
            tell(first, READY)
            keeper.serve()
        (sockets / KEEPER_SOCKET).unlink(missing_ok=True)
    finally:
        postgres.stop(*ENDING)
        with suppress(OSError):  # not empty while a Valkey is there too
            sockets.rmdir()


def listening(address: Path) -> socket.socket:
    address.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(address))
    address.chmod(0o600)
    listener.listen(64)
    return listener


def connection_at_birth() -> socket.socket:
    """Standard input as a socket; its number is freed, so that no child can inherit it."""
    first = socket.socket(fileno=os.dup(0))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return first


def main() -> int:
    first = connection_at_birth()
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        keep(first)
    except EmbeddedError as error:
        tell(first, f"{error}\n".encode())
        return 1
    except OSError as error:
        tell(first, f"The embedded Postgres cannot be kept: {error}\n".encode())
        raise
    return 0


if __name__ == "__main__":
    sys.exit(main())
