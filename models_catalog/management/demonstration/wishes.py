"""What the command line asks of the demo, and whether it can be met: found out in the first moment."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from models_catalog.embedded import EmbeddedError
from models_catalog.embedded.places import exclusive, prepared_data_folder

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Wishes:
    """A port to serve on (or no serving), and a folder of recorded payloads instead of the shipped facts."""

    port: int
    serve: bool
    folder: Path | None

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"


@contextmanager
def granted(wishes: Wishes) -> Iterator[None]:
    """Around a demo whose wishes can be met. Raises EmbeddedError, one sentence, when they cannot."""
    if wishes.folder and not wishes.folder.is_dir():
        raise EmbeddedError(f"{wishes.folder} is no folder: --from needs one with recorded payloads.")
    folder = prepared_data_folder()
    if not wishes.serve:
        yield
        return
    with only_demo(folder / "demo.lock", wishes):
        check_port(wishes.port)
        yield


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
            probe.bind((HOST, port))
        except PermissionError as error:
            raise EmbeddedError(
                f"Port {port} is not open to this account: choose another, for example make demo PORT=8001."
            ) from error
        except OSError as error:
            other = 8001 if port != 8001 else 8002
            raise EmbeddedError(
                f"Port {port} is busy: choose another, for example make demo PORT={other}."
            ) from error
