"""The secret key is made once, kept private, and the same for all."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from models_catalog import embedded
from models_catalog.embedded.places import CHECKOUT

SAY = "from models_catalog import embedded; print(embedded.secret_key())"


def test_the_secret_is_kept_for_its_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENGAP_DATA", str(tmp_path / "data"))
    secret = embedded.secret_key()
    file = tmp_path / "data" / "secret_key"
    assert len(secret) >= 50
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert embedded.secret_key() == secret


def test_processes_that_come_together_get_the_same_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENGAP_DATA", str(tmp_path / "data"))
    command = [sys.executable, "-c", SAY]
    together = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=CHECKOUT, text=True) for _ in range(4)]
    said = {process.communicate(timeout=110)[0].strip() for process in together}
    assert said == {embedded.secret_key()}


def test_a_folder_that_cannot_be_written_gives_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("OPENGAP_DATA", str(tmp_path / "file"))
    with pytest.raises(embedded.EmbeddedError, match=r"cannot be .*OPENGAP_DATA=/some/folder"):
        embedded.secret_key()


def test_addresses_differ_between_data_folders_and_start_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses = set()
    for name in ("one", "two", "one"):
        monkeypatch.setenv("OPENGAP_DATA", str(tmp_path / name))
        addresses.add((embedded.database_url(), embedded.broker_url()))
    assert len(addresses) == 2
    assert list(tmp_path.iterdir()) == []


def test_the_sockets_of_a_deep_folder_have_short_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENGAP_DATA", str(tmp_path / ("deep" * 20) / ("deeper" * 20)))
    assert len(embedded.broker_url().removeprefix("redis+socket://")) < 100
