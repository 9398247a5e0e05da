"""Commands that come and go, politely or not, find one Postgres and leave none."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from models_catalog import embedded
from models_catalog.embedded import attachment, places, postgres
from tests.embedded.commands import (
    attach,
    eventually,
    hear,
    keeper_number,
    kill,
    leave,
    nothing_left,
    postgres_number,
    processes_of,
    run_python,
)

pytestmark = pytest.mark.processes


@pytest.fixture
def data(short_folder: Path) -> Iterator[Path]:
    """An empty data folder; whatever a failed test leaves running on it is ended."""
    folder = short_folder / "data"
    yield folder
    for process in processes_of(folder):
        with suppress(ProcessLookupError):
            os.kill(int(process.split()[0]), signal.SIGKILL)
    name = places.short_name(str(folder.resolve()), str(os.geteuid()))  # a killed keeper leaves its socket
    shutil.rmtree(places.temporary_folder() / f"opengap-{name}", ignore_errors=True)


def test_the_command_that_started_postgres_may_leave_before_one_that_attached(data: Path) -> None:
    first, second = attach(data), attach(data)
    number = postgres_number(data)
    leave(first)
    third = attach(data)
    assert postgres_number(data) == number
    leave(second)
    leave(third)
    assert processes_of(data) == []


def test_nothing_is_left_at_the_moment_the_only_command_ends(data: Path) -> None:
    leave(attach(data))
    assert processes_of(data) == []


def test_commands_that_start_together_share_one_postgres(data: Path) -> None:
    commands = [run_python(SAY_NUMBER, data) for _ in range(3)]
    numbers = {command.stdout.readline() for command in commands if command.stdout}
    for command in commands:
        leave(command)
    assert len(numbers) == 1
    assert processes_of(data) == []


SAY_NUMBER = """
import sys
from models_catalog import embedded
attachment = embedded.attach()
print((embedded.data_folder() / "postgres" / "postmaster.pid").read_text().split()[0], flush=True)
sys.stdin.readline()
attachment.leave()
"""


def test_a_killed_command_leaves_nothing_behind(data: Path) -> None:
    kill(attach(data))
    assert nothing_left(data), processes_of(data)


def test_a_killed_command_does_not_take_postgres_from_another(data: Path) -> None:
    first, second = attach(data), attach(data)
    number = postgres_number(data)
    kill(first)
    leave(attach(data))
    assert postgres_number(data) == number
    leave(second)


def test_a_terminated_command_leaves_nothing_behind(data: Path) -> None:
    command = attach(data)
    command.terminate()
    command.communicate(timeout=110)
    assert nothing_left(data), processes_of(data)


def test_a_command_killed_while_postgres_starts_leaves_nothing_behind(data: Path) -> None:
    command = run_python(SAY_NUMBER, data)
    assert eventually((data / "keeper.lock").exists)
    kill(command)
    assert nothing_left(data), processes_of(data)


def test_a_killed_keeper_takes_postgres_along_and_the_next_command_starts_anew(data: Path) -> None:
    command = attach(data)
    number = postgres_number(data)
    os.kill(keeper_number(data), signal.SIGKILL)
    following = attach(data)
    assert postgres_number(data) != number
    leave(command)
    leave(following)
    assert processes_of(data) == []


def test_a_command_learns_that_its_postgres_has_died(data: Path) -> None:
    command = run_python(WATCH, data)
    hear(command, "True")
    os.kill(postgres_number(data), signal.SIGKILL)
    assert nothing_left_but(command.pid, data)
    said, _ = command.communicate("\n", timeout=110)
    assert said.strip() == "False"


WATCH = """
import sys
from models_catalog import embedded
attachment = embedded.attach()
print(attachment.is_alive(), flush=True)
sys.stdin.readline()
print(attachment.is_alive(), flush=True)
attachment.leave()
"""


def nothing_left_but(number: int, data: Path) -> bool:
    return eventually(lambda: [line.split()[0] for line in processes_of(data)] == [str(number)])


def test_postgres_starts_after_a_crash_whose_process_number_was_given_away(data: Path) -> None:
    command = attach(data)
    keeper, server = keeper_number(data), postgres_number(data)
    os.kill(keeper, signal.SIGKILL)
    os.kill(server, signal.SIGKILL)
    kill(command)
    assert nothing_left(data), processes_of(data)
    lock = data / "postgres" / "postmaster.pid"
    lines = lock.read_text(encoding="ascii").split("\n")
    lock.write_text("\n".join([str(os.getpid()), *lines[1:]]), encoding="ascii")
    leave(attach(data))


def test_what_was_written_is_there_the_next_time(data: Path) -> None:
    ask("CREATE TABLE note AS SELECT 41 AS number", data)
    assert ask("SELECT number + 1 FROM note", data) == "(42,)"


def ask(statement: str, data: Path) -> str:
    """The first row of a statement's answer, from a command of its own."""
    answer, complaints = run_python(ASK.replace("STATEMENT", statement), data).communicate(timeout=110)
    assert answer, complaints
    return answer.strip()


ASK = """
import psycopg
from models_catalog import embedded
from models_catalog.embedded.places import socket_folder
attachment = embedded.attach()
address = f"host={socket_folder()} port=5432 user=postgres dbname=opengap options=''"
with psycopg.connect(address) as database:
    cursor = database.execute("STATEMENT")
    print(cursor.fetchone() if cursor.description else "done")
attachment.leave()
"""


def test_a_data_folder_that_cannot_be_made_gives_one_sentence(data: Path) -> None:
    data.write_text("a file is in the way", encoding="utf-8")
    command = run_python(SAY_NUMBER, data)
    _, complaints = command.communicate("\n", timeout=110)
    assert command.returncode == 1
    assert complaints.count("\n") == 1
    assert f"The data folder {data} cannot be written" in complaints
    assert "OPENGAP_DATA=" in complaints


def test_a_database_of_another_postgres_gives_one_sentence(data: Path) -> None:
    leave(attach(data))
    (data / "postgres" / "PG_VERSION").write_text("15\n", encoding="ascii")
    command = run_python(SAY_NUMBER, data)
    _, complaints = command.communicate("\n", timeout=110)
    assert complaints.count("\n") == 1
    assert f"was made by Postgres 15, and this is Postgres {postgres.MAJOR}" in complaints
    assert processes_of(data) == []


def test_a_socket_folder_that_somebody_else_made_is_refused(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENGAP_DATA", str(data))
    elsewhere = data.parent / "elsewhere"
    elsewhere.mkdir()
    places.socket_folder().symlink_to(elsewhere)
    try:
        with pytest.raises(embedded.EmbeddedError, match="belongs to another account"):
            places.prepared_socket_folder(os.geteuid())
    finally:
        places.socket_folder().unlink()


@pytest.mark.parametrize(
    ("words", "needs"),
    [
        ("migrate", True),
        ("gap --json", True),
        ("identify NAME --json", True),
        ("gap --help", False),
        ("help", False),
        ("--version", False),
        ("demo", False),
        ("", False),
    ],
)
def test_only_commands_that_need_a_database_start_one(
    words: str, needs: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL")
    assert attachment.needs_postgres(["manage.py", *words.split()]) is needs


def test_a_database_of_your_own_is_used_instead(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENGAP_DATA", str(data))
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/opengap")
    with embedded.attached(["manage.py", "migrate"]):
        assert not data.exists()
