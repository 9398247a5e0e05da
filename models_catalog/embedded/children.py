"""Starting a service as a child that cannot outlive us, and ending it."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models_catalog.embedded.places import CHECKOUT
from models_catalog.embedded.tether import OWN, tethered

# What a database server needs to know of our environment: nothing. PGPORT, LD_LIBRARY_PATH, a locale that is
# not installed or a TZ of the user must not reach it.
CLEAN_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


@dataclass(frozen=True)
class Child:
    """A running service: its name for messages, its process, and the file its output goes to."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def last_words(self, lines: int = 5) -> str:
        """The last lines of the log that are not empty, joined by newlines; "" when there are none."""
        return last_lines(self.log, lines)

    def stop(self, *steps: tuple[int, float]) -> None:
        """Send each signal in turn, waiting its seconds for the end; then kill, and sweep up descendants."""
        for number, patience in steps:
            if self.has_ended():
                break
            self.process.send_signal(number)
            self.wait(patience)
        if not self.has_ended():
            self.process.kill()
        self.process.wait()
        self.sweep()

    def wait(self, patience: float) -> bool:
        """Whether the service ended within `patience` seconds."""
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            return False
        return True

    def sweep(self) -> None:
        """Kill what is left of the service's process group (it leads one of its own)."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return


def start(
    name: str,
    command: Sequence[str],
    log: Path,
    *,
    on_parent_death: int,
    account: str = OWN,
    environment: Mapping[str, str] | None = None,
    held: Sequence[int] = (),
) -> Child:
    """Start `command` in a session of its own, so that Ctrl-C reaches only us and we end things in order.

    The previous run's log is kept beside the new one. `held` are descriptors the service keeps open.
    """
    if log.exists():
        log.replace(log.with_suffix(".previous.log"))
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own command line
            tethered(command, on_parent_death, account),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=CHECKOUT if account == OWN else "/",
            env=dict(CLEAN_ENVIRONMENT if environment is None else environment),
            pass_fds=tuple(held),
            start_new_session=True,
        )
    return Child(name, process, log)


def last_lines(path: Path, lines: int) -> str:
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - 20_000))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return ""
    return "\n".join([line for line in text.splitlines() if line.strip()][-lines:])


def pause_until(moment: float) -> bool:
    """Sleep a little; False once the monotonic clock has passed `moment`."""
    time.sleep(0.02)
    return time.monotonic() < moment
