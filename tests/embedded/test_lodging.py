"""Where Postgres can run: as another account when we are root, from a copy when nobody else can reach us."""

import os
import signal
from pathlib import Path

import pytest

from models_catalog.embedded import lodging, postgres
from models_catalog.embedded.places import EmbeddedError
from models_catalog.embedded.tether import NAMESPACE, OWN

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has other accounts to choose from")


@pytest.fixture
def system(short_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in place of the system's, so that nothing is written there."""
    folder = short_folder / "system"
    monkeypatch.setattr(lodging, "SYSTEM_FOLDER", folder)
    return folder


def test_an_ordinary_user_runs_the_packaged_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    found = lodging.find_lodging(tmp_path / "postgres")
    assert found == lodging.Lodging(lodging.packaged_programs(), tmp_path / "postgres", OWN)


@only_root
@pytest.mark.processes
def test_root_runs_postgres_as_nobody_from_a_copy_when_its_folder_is_closed(
    short_folder: Path, system: Path
) -> None:
    closed = short_folder / "closed"
    closed.mkdir(mode=0o700)
    found = lodging.find_lodging(closed / "postgres")
    assert found.account == lodging.nobody()
    assert found.programs.is_relative_to(system)
    assert found.data.is_relative_to(system)
    sockets = short_folder / "s"
    sockets.mkdir(mode=0o700)
    os.chown(sockets, found.owner, -1)
    server = postgres.start_postgres(found, sockets, short_folder / "log", options=postgres.THROWAWAY)
    server.stop((signal.SIGQUIT, 10))
    assert lodging.find_lodging(closed / "postgres") == found
    assert list(closed.iterdir()) == []


@only_root
def test_root_runs_a_users_database_as_that_user(short_folder: Path, system: Path) -> None:
    data = short_folder / "postgres"
    data.mkdir(mode=0o700)
    (data / "PG_VERSION").write_text("18\n", encoding="ascii")
    for path in (data, data / "PG_VERSION"):
        os.chown(path, 54321, 54322)
    choices = list(lodging.root_lodgings(data, system / "postgres"))
    assert choices[0].account == "54321:54322"


@only_root
def test_data_that_is_there_goes_before_a_better_place(short_folder: Path, system: Path) -> None:
    elsewhere = lodging.system_folder() / "postgres"
    elsewhere.mkdir(parents=True)
    system.chmod(0o755)
    (elsewhere / "PG_VERSION").write_text("18\n", encoding="ascii")
    for path in (elsewhere, elsewhere / "PG_VERSION"):
        os.chown(path, 65534, 65534)
    assert lodging.find_lodging(short_folder / "postgres").data == elsewhere


@only_root
def test_root_is_told_what_to_do_when_postgres_cannot_run_anywhere(
    short_folder: Path, system: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    system.write_text("in the way", encoding="utf-8")
    monkeypatch.setattr(lodging, "NAMESPACE", "65534:65534")  # as where user namespaces are forbidden
    closed = short_folder / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(EmbeddedError, match="set DATABASE_URL to a Postgres of your own"):
        lodging.find_lodging(closed / "postgres")
    assert list(closed.iterdir()) == []


@only_root
def test_a_namespace_is_the_last_way(short_folder: Path, system: Path) -> None:
    choices = list(lodging.root_lodgings(short_folder / "postgres", system / "postgres"))
    assert [choice.account for choice in choices[-1:]] == [NAMESPACE]


def test_small_shared_memory_is_replaced_by_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "SHARED_MEMORY", tmp_path / "missing")
    assert postgres.shared_memory_type() == "mmap"
    monkeypatch.setattr(postgres, "SHARED_MEMORY", tmp_path)
    monkeypatch.setattr(postgres, "SHARED_MEMORY_NEEDED", 2**60)
    assert postgres.shared_memory_type() == "mmap"


def test_of_postgres_words_the_grave_ones_are_told() -> None:
    words = "2026-11-24 14:13:24 UTC [17] FATAL:  lock file exists\n2026-11-24 14:13:24 UTC [17] LOG:  shut down\n"
    assert postgres.reason(words) == "FATAL:  lock file exists"
    assert postgres.reason("initdb: error: no space\ninitdb: removing contents") == "initdb: error: no space"
    assert postgres.reason("") == "it said nothing"


def test_an_unknown_locale_is_not_asked_for() -> None:
    assert postgres.has_locale("C")
    assert not postgres.has_locale("xx_YY.UTF-8")


def test_a_package_that_is_not_installed_is_named() -> None:
    with pytest.raises(EmbeddedError, match="The package no_such_package is not installed"):
        lodging.package_folder("no_such_package")
