"""The demo whole: it serves, says where, and whatever ends it leaves no process behind."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import pytest

from models_catalog.embedded import places
from models_catalog.embedded.places import CHECKOUT
from tests.embedded.commands import eventually, processes_of
from tests.services import temporary_folder

pytestmark = [pytest.mark.processes, pytest.mark.timeout(300)]

Demo = subprocess.Popen[str]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder with one recorded payload; the demos here follow one another on its data."""
    with temporary_folder() as folder:
        payload = folder / "payloads" / "aider" / "polyglot_leaderboard.yml"
        payload.parent.mkdir(parents=True)
        shutil.copy(CHECKOUT / "tests" / "examples" / "aider" / "polyglot.yml", payload)
        yield folder
        for line in left_running(folder):
            with suppress(ProcessLookupError):
                os.kill(int(line.split()[0]), signal.SIGKILL)
        shutil.rmtree(sockets_of(folder), ignore_errors=True)  # a killed demo leaves its empty folder


def sockets_of(folder: Path) -> Path:
    name = places.short_name(str((folder / "data").resolve()), str(os.geteuid()))
    return places.temporary_folder() / f"opengap-{name}"


def environment(folder: Path) -> dict[str, str]:
    named = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "BROKER_URL"}}
    return named | {
        "OPENGAP_DATA": str(folder / "data"),
        "STATIC_ROOT": str(folder / "static"),
        "OPENGAP_BOOTSTRAP_DRAWS": "20",
    }


@contextmanager
def started(folder: Path, *arguments: str, before: tuple[str, ...] = ()) -> Iterator[Demo]:
    """A running demo; a test that fails in the middle does not leave it running."""
    demo = subprocess.Popen(
        [*before, sys.executable, "manage.py", "demo", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
        env=environment(folder),
        start_new_session=True,
    )
    with demo:
        try:
            yield demo
        finally:
            demo.kill()


def serving(folder: Path, before: tuple[str, ...] = ()) -> AbstractContextManager[Demo]:
    """A demo of the folder's recorded payload on a free port."""
    return started(folder, "--port", str(free_port()), "--from", str(folder / "payloads"), before=before)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


def read_until_address(demo: Demo) -> list[str]:
    """What the demo says, up to its address. An early end fails with its complaints."""
    assert demo.stdout is not None
    said = []
    for line in demo.stdout:
        said.append(line.strip())
        if line.startswith("http://"):
            return said
    raise AssertionError(f"{said} {demo.communicate()[1]}")


def status(address: str, path: str) -> int:
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=120)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def left_running(folder: Path) -> list[str]:
    """Everything that belongs to the demo: by its data folder, or (Valkey) by its socket folder."""
    return processes_of(folder / "data") + processes_of(sockets_of(folder))


def worker_of(folder: Path) -> int:
    """The number of its worker's first process, which may be no worker yet when the address is said."""
    found: list[str] = []

    def is_there() -> bool:
        found[:] = [line for line in left_running(folder) if "celery" in line and "worker" in line]
        return bool(found)

    assert eventually(is_there), left_running(folder)
    return int(found[0].split()[0])


def nothing_is_left(folder: Path) -> bool:
    return eventually(lambda: not left_running(folder))


def test_the_demo_serves_and_ends_clean_on_sigterm(folder: Path) -> None:
    with serving(folder) as demo:
        said = read_until_address(demo)
        assert any("aider" in line for line in said)
        assert status(said[-1], "/readyz") == 200
        [mailbox] = [word for line in said for word in line.split() if word.endswith("/mailbox/")]
        assert status(said[-1], mailbox.removeprefix(said[-1])) == 200
        with serving(folder) as another:
            _, complaints = another.communicate(timeout=120)
        assert another.returncode == 1
        assert complaints.count("\n") == 1
        assert f"already running on {said[-1]}" in complaints
        demo.send_signal(signal.SIGTERM)
        _, complaints = demo.communicate(timeout=120)
        assert demo.returncode == 0, complaints
        assert left_running(folder) == []


def test_a_killed_parent_takes_the_whole_demo_along(folder: Path) -> None:
    with serving(folder, before=("/bin/sh", "-c", '"$@" --end-with $$; exit', "sh")) as parent:
        read_until_address(parent)
        parent.kill()
        assert nothing_is_left(folder), left_running(folder)


def test_a_killed_demo_leaves_nothing_behind(folder: Path) -> None:
    with serving(folder) as demo:
        read_until_address(demo)
        demo.kill()
        assert nothing_is_left(folder), left_running(folder)


def test_the_death_of_a_service_ends_the_demo_with_its_last_words(folder: Path) -> None:
    with serving(folder) as demo:
        read_until_address(demo)
        os.kill(worker_of(folder), signal.SIGKILL)
        _, complaints = demo.communicate(timeout=120)
    assert demo.returncode == 1
    assert "The worker process ended unexpectedly (killed by signal 9)" in complaints
    assert str(folder / "data" / "logs" / "worker.log") in complaints
    assert left_running(folder) == []


def test_a_busy_port_gives_one_sentence_that_says_how_to_choose_another(folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with started(folder, "--port", str(port)) as demo:
            _, complaints = demo.communicate(timeout=120)
    assert demo.returncode == 1
    assert complaints == f"Port {port} is busy: choose another, for example make demo PORT=8001.\n"
    assert left_running(folder) == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--port", "70000"], "70000 is no port"),
        (["--from", "/nowhere/at/all"], "/nowhere/at/all is no folder"),
        (["--end-with", "999999999"], ""),
    ],
)
def test_a_wish_that_cannot_be_met_is_refused_at_once(
    folder: Path, arguments: list[str], sentence: str
) -> None:
    with started(folder, *arguments) as demo:
        said, complaints = demo.communicate(timeout=120)
    assert demo.returncode == 1
    assert said == ""
    assert complaints.count("\n") <= 1
    assert complaints.startswith(sentence)


def test_a_database_that_cannot_be_reached_gives_one_sentence(folder: Path) -> None:
    named = environment(folder) | {"DATABASE_URL": f"postgres://nobody@127.0.0.1:{free_port()}/opengap"}
    command = [sys.executable, "manage.py", "demo", "--no-serve"]
    done = subprocess.run(command, cwd=CHECKOUT, env=named, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("The Postgres of DATABASE_URL cannot be reached: ")
