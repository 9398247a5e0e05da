"""Real commands that use the embedded Postgres of a data folder, and what they leave behind."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from models_catalog.embedded.places import CHECKOUT

# What a user's shell may hold and no server of ours may see.
HOSTILE = {
    "PGPORT": "1",
    "PGHOST": "/nowhere",
    "PGOPTIONS": "-c nonsense=1",
    "LC_ALL": "xx_YY.UTF-8",
    "TZ": "Nowhere/No",
}

ATTACH = """
import sys
from models_catalog import embedded
attachment = embedded.attach()
print("attached", flush=True)
sys.stdin.readline()
attachment.leave()
"""


def run_python(script: str, data: Path) -> "subprocess.Popen[str]":
    """A Python process in the checkout with the data folder named, its three streams ours."""
    return subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
        env=os.environ | HOSTILE | {"OPENGAP_DATA": str(data)},
        start_new_session=True,
    )


def attach(data: Path) -> "subprocess.Popen[str]":
    """A command that holds on to the embedded Postgres until told to leave."""
    command = run_python(ATTACH, data)
    hear(command, "attached")
    return command


def hear(command: "subprocess.Popen[str]", words: str) -> None:
    """Read the command's next line, which must be these words."""
    assert command.stdout is not None
    said = command.stdout.readline().strip()
    if said != words:
        raise AssertionError(f"heard {said!r} and {command.communicate()[1]!r} instead of {words!r}")


def leave(command: "subprocess.Popen[str]") -> None:
    """Tell the command to go on to its end, which must be a good one."""
    _, complaints = command.communicate("\n", timeout=110)
    assert command.returncode == 0, complaints


def kill(command: "subprocess.Popen[str]") -> None:
    command.kill()
    command.communicate(timeout=110)


def processes_of(folder: Path) -> list[str]:
    """The command lines of all living processes that name the folder in their arguments or environment."""
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdecimal() and process.name != str(os.getpid()):
            words = arguments_and_environment(process)
            if str(folder).encode() in words:
                found.append(f"{process.name} {words[:400]!r}")
    return found


def arguments_and_environment(process: Path) -> bytes:
    """Nothing for a process that has ended or is another account's."""
    try:
        return (process / "cmdline").read_bytes() + b"\0" + (process / "environ").read_bytes()
    except OSError:
        return b""


def postgres_number(data: Path) -> int:
    """The process number of the data folder's Postgres."""
    return int((data / "postgres" / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0])


def keeper_number(data: Path) -> int:
    """The process number of the keeper: it started the Postgres."""
    status = Path(f"/proc/{postgres_number(data)}/stat").read_text(encoding="ascii")
    return int(status.rsplit(")", 1)[1].split()[1])


def eventually(holds: Callable[[], bool], seconds: float = 100) -> bool:
    """Whether it came to hold within a generous time."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def nothing_left(folder: Path) -> bool:
    return eventually(lambda: not processes_of(folder))
