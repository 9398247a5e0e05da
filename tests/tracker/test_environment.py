"""Settings from the environment: typed, and loud about a value that cannot be meant."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from models_catalog.embedded.places import CHECKOUT
from tracker import environment

NAME = "OPENGAP_INVENTED"
Variable = Callable[[str], None]


@pytest.fixture
def variable(monkeypatch: pytest.MonkeyPatch) -> Variable:
    """Sets the invented variable for this test."""
    monkeypatch.delenv(NAME, raising=False)
    return lambda value: monkeypatch.setenv(NAME, value)


def refused(read: Callable[[], object]) -> str:
    with pytest.raises(ImproperlyConfigured) as refusal:
        read()
    return str(refusal.value)


def test_what_is_absent_or_empty_is_the_default(variable: Variable) -> None:
    for _ in range(2):
        assert environment.text(NAME, "default") == "default"
        assert environment.flag(NAME, default=True) is True
        assert environment.number(NAME, 7) == 7
        assert environment.seconds(NAME, 7) == timedelta(seconds=7)
        assert environment.words(NAME, "a, b") == ["a", "b"]
        assert environment.pairs(NAME) == {}
        variable("")


def test_a_secret_may_come_from_a_file(
    variable: Variable, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("from the file\n")
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "secret"))
    variable("from the variable")
    assert environment.text(NAME) == "from the file"


@pytest.mark.parametrize(("content", "words"), [(None, "No such file"), (b"\xff\xfe", "not UTF-8")])
def test_a_secret_file_that_cannot_be_read_is_named(
    content: bytes | None, words: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "secret"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv(f"{NAME}_FILE", str(path))
    said = refused(lambda: environment.text(NAME))
    assert said.startswith(f"{NAME}_FILE={str(path)!r} cannot be read: ")
    assert words in said


@pytest.mark.parametrize(
    ("value", "meant"),
    [(word, True) for word in ("1", "TRUE", "yes", "on")]
    + [(word, False) for word in ("0", "False", "no", "off")],
)
def test_yes_and_no_have_several_spellings(value: str, meant: bool, variable: Variable) -> None:
    variable(value)
    assert environment.flag(NAME, default=not meant) is meant


@pytest.mark.parametrize("value", ["2", "ja", "truee", " 1", "None"])
def test_a_flag_that_is_neither_yes_nor_no_is_refused(value: str, variable: Variable) -> None:
    variable(value)
    assert refused(lambda: environment.flag(NAME)) == (
        f"{NAME}={value.lower()!r} is not a yes/no value: use 1 or 0"
    )


@pytest.mark.parametrize("value", ["-1", "1.5", "1e3", "ten", "0x10", "99", "²"])
def test_a_number_out_of_range_or_no_number_is_refused(value: str, variable: Variable) -> None:
    variable(value)
    said = refused(lambda: environment.number(NAME, 20, low=1, high=50))
    assert said == f"{NAME}={value!r} must be a whole number from 1 to 50"


def test_a_time_of_no_seconds_is_refused(variable: Variable) -> None:
    variable("0")
    assert "from 1 to" in refused(lambda: environment.seconds(NAME, 9))


def test_words_are_trimmed_and_empty_ones_dropped(variable: Variable) -> None:
    variable(" a ,, b,")
    assert environment.words(NAME) == ["a", "b"]


def test_pairs_split_at_the_first_equals_sign(variable: Variable) -> None:
    variable("epoch=http://127.0.0.1:9000/?a=b, aider = /some/folder")
    assert environment.pairs(NAME) == {"epoch": "http://127.0.0.1:9000/?a=b", "aider": "/some/folder"}


@pytest.mark.parametrize("value", ["epoch", "epoch=", "=http://x", "a=b,c"])
def test_a_pair_without_key_or_value_is_refused(value: str, variable: Variable) -> None:
    variable(value)
    assert "is not key=value" in refused(lambda: environment.pairs(NAME))


def database(url: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    monkeypatch.setenv(NAME, url)
    return environment.database(NAME, "postgres:///unused")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgres://reader:p%40ss%2Fword@db.example:5433/opengap",
            {"USER": "reader", "PASSWORD": "p@ss/word", "HOST": "db.example", "PORT": "5433"},
        ),
        ("postgresql://db/opengap", {"USER": "", "PASSWORD": "", "HOST": "db", "PORT": ""}),
        ("postgres:///opengap", {"HOST": "", "PORT": ""}),
        (
            "postgres://postgres@/opengap?host=/run/sockets&port=5432",
            {"HOST": "/run/sockets", "PORT": "5432"},
        ),
        ("postgres://%2Frun%2Fsockets/opengap", {"HOST": "/run/sockets"}),
        ("postgres://[::1]:5432/opengap", {"HOST": "::1", "PORT": "5432"}),
        (
            "postgres://db/opengap?sslmode=require&connect_timeout=5",
            {"OPTIONS": {"sslmode": "require", "connect_timeout": "5"}},
        ),
        ("postgres://db/open%20gap", {"NAME": "open gap"}),
    ],
)
def test_every_form_of_a_database_address(
    url: str, expected: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = database(url, monkeypatch)
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert found | expected == found
    if "NAME" not in expected:
        assert found["NAME"] == "opengap"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://db/opengap", "must start with postgres://"),
        ("opengap", "must start with postgres://"),
        ("postgres://db", "names no database"),
        ("postgres://db/", "names no database"),
        ("postgres://reader:secret@db:port/opengap", "host or port cannot be read"),
        ("postgres://reader:secret@db:99999/opengap", "host or port cannot be read"),
        ("postgres://reader:secret@[::1/opengap", "host or port cannot be read"),
    ],
)
def test_another_address_is_refused_without_repeating_its_password(
    url: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = refused(lambda: database(url, monkeypatch))
    assert words in said
    assert "secret" not in said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("OPENGAP_BOOTSTRAP_DRAWS", "3"),
        ("OPENGAP_LEASE_SECONDS", "-1"),
        ("OPENGAP_MIRRORS", "nonsense"),
        ("DATABASE_URL", "sqlite:///file"),
    ],
)
def test_a_wrong_setting_ends_a_command_with_its_name(name: str, value: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import tracker.settings"],
        cwd=CHECKOUT,
        env=os.environ | {name: value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert name in last


def test_a_mailbox_is_a_maildir_or_an_imap_folder_and_a_refusal_tells_no_password(variable: Variable) -> None:
    variable("")
    assert environment.inbox(NAME) == {}
    variable("maildir:/var/mail/gap")
    assert environment.inbox(NAME) == {"scheme": "maildir", "path": "/var/mail/gap"}
    variable("imaps://us%40gap:s%3Acret@mail.example/Returned")
    found = environment.inbox(NAME)
    assert (found["user"], found["password"], found["port"], found["folder"]) == (
        "us@gap", "s:cret", "993", "Returned",
    )  # fmt: skip
    for wrong in (
        "maildir:relative",
        "pop3://us:secret@host",
        "imaps://host/INBOX",
        "imap://us:secret@host:x",
    ):
        variable(wrong)
        assert "secret" not in refused(lambda: environment.inbox(NAME))
    variable("no address")
    assert "not a mail address" in refused(lambda: environment.address(NAME))
