"""A service cannot outlive the process that started it, nor can what the service started."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from models_catalog.embedded import children, valkey
from models_catalog.embedded.places import CHECKOUT
from tests.embedded.commands import eventually, hear, kill, nothing_left, processes_of, run_python

pytestmark = pytest.mark.processes


def start_sleeper(folder: Path, script: str) -> children.Child:
    command = ["/bin/sh", "-c", script, str(folder)]
    return children.start("sleeper", command, folder / "sleeper.log", on_parent_death=signal.SIGTERM)


def test_a_service_ends_with_its_killed_parent(tmp_path: Path) -> None:
    parent = run_python(PARENT, tmp_path)
    hear(parent, "started")
    assert eventually(lambda: "sleeping" in (tmp_path / "sleeper.log").read_text(encoding="ascii"))
    kill(parent)
    assert nothing_left(tmp_path), processes_of(tmp_path)


PARENT = """
import os, signal, sys
from pathlib import Path
from models_catalog.embedded import children
folder = Path(os.environ["OPENGAP_DATA"])
command = ["/bin/sh", "-c", "echo sleeping; exec sleep 1000", str(folder)]
log = folder / "sleeper.log"
children.start("sleeper", command, log, on_parent_death=signal.SIGTERM, environment=os.environ)
print("started", flush=True)
sys.stdin.readline()
"""


def test_a_service_whose_parent_died_before_it_was_tethered_does_not_start(tmp_path: Path) -> None:
    script = str(CHECKOUT / "models_catalog" / "embedded" / "tether.py")
    gone = "1"  # a parent that is not ours
    command = [sys.executable, "-I", "-S", script, "15", gone, "own", "/bin/touch", str(tmp_path / "started")]
    assert subprocess.run(command, check=False).returncode == 126
    assert not (tmp_path / "started").exists()


def test_a_program_that_is_missing_says_so_in_the_log(tmp_path: Path) -> None:
    child = children.start(
        "nothing", ["/nowhere/program"], tmp_path / "nothing.log", on_parent_death=signal.SIGTERM
    )
    assert child.wait(110)
    assert child.last_words() == "/nowhere/program: No such file or directory"


def test_stopping_waits_for_a_polite_end_and_kills_a_stubborn_one(tmp_path: Path) -> None:
    child = start_sleeper(tmp_path, "trap '' TERM; echo deaf; while true; do sleep 0.1; done")
    assert eventually(lambda: child.last_words() == "deaf")
    child.stop((signal.SIGTERM, 0.2))
    assert child.process.returncode == -signal.SIGKILL


def test_stopping_sweeps_up_what_the_service_had_started(tmp_path: Path) -> None:
    child = start_sleeper(tmp_path, "sleep 1000 & echo $!; exec sleep 1000")
    assert eventually(lambda: child.last_words() != "")
    grandchild = int(child.last_words())
    child.stop((signal.SIGTERM, 10))
    assert eventually(lambda: not is_running(grandchild))


def is_running(number: int) -> bool:
    """Whether the process is there and no zombie that waits for the machine's first process."""
    try:
        return ") Z" not in Path(f"/proc/{number}/stat").read_text(encoding="ascii")
    except OSError:
        return False


def test_the_previous_log_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    for words in ("first", "second"):
        start_sleeper(tmp_path, f"echo {words}").process.wait(110)
    assert (tmp_path / "sleeper.log").read_text(encoding="ascii") == "second\n"
    assert (tmp_path / "sleeper.previous.log").read_text(encoding="ascii") == "first\n"


def test_valkey_answers_on_its_socket_and_keeps_what_it_was_told(short_folder: Path) -> None:
    import redis

    socket = str(short_folder / "valkey.sock")
    for expected in (None, b"kept"):
        server = valkey.start_valkey(short_folder / "data", short_folder, short_folder / "valkey.log")
        with redis.Redis(unix_socket_path=socket) as client:
            assert client.get("word") == expected
            client.set("word", "kept")
        server.stop(*valkey.ENDING)
        assert not valkey.answers(Path(socket))


def test_valkey_does_not_inherit_our_environment(short_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", str(short_folder))
    server = valkey.start_valkey(short_folder / "data", short_folder, short_folder / "valkey.log")
    environment = Path(f"/proc/{server.process.pid}/environ").read_bytes()
    server.stop(*valkey.ENDING)
    assert b"LD_LIBRARY_PATH" not in environment
    assert os.environ["LD_LIBRARY_PATH"]
