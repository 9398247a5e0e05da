"""The two commands, and everything around them that must hold without running them whole."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from models_catalog.embedded.places import CHECKOUT

MAKEFILE = (CHECKOUT / "Makefile").read_text(encoding="utf-8")


def make(*arguments: str, folder: Path = CHECKOUT, **variables: str) -> "subprocess.CompletedProcess[str]":
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        ["make", *arguments],
        cwd=folder,
        env=environment | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):(?!=)", MAKEFILE, re.MULTILINE))


@pytest.mark.parametrize("arguments", [["help"], []])
def test_help_lists_every_target_with_a_line(arguments: list[str]) -> None:
    lines = make(*arguments).stdout.splitlines()
    assert {line.split()[1] for line in lines} == targets()
    assert all(len(line.split(maxsplit=2)) == 3 for line in lines)


def test_every_target_is_known_to_be_no_file() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony
    assert set(phony[1].split()) == targets()


def test_demo_passes_its_port_and_wishes_on() -> None:
    said = make("--dry-run", "demo", "PORT=8123", "DEMO=--from folder --no-serve").stdout
    assert '--port "8123" --from folder --no-serve' in said


def test_test_runs_every_check_and_pytest_last() -> None:
    said = [line for line in make("--dry-run", "test").stdout.splitlines() if "bin/prepare" not in line]
    programs = [line.split()[0].rsplit("/", 1)[-1] + " " + " ".join(line.split()[1:3]) for line in said]
    assert programs == [
        "ruff check .",
        "ruff format --check",
        "lint-imports ",
        "browser ",
        "test ",
    ]


@pytest.mark.parametrize(("types", "tests", "status"), [(0, 0, 0), (1, 0, 1), (0, 2, 2), (3, 2, 2)])
def test_types_and_tests_run_side_by_side_and_either_can_fail(
    tmp_path: Path, types: int, tests: int, status: int
) -> None:
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    say = (
        f'case "$2" in mypy) echo types; exit {types};; pytest) echo "$@" $OPENGAP_TYPES; exit {tests};; esac'
    )
    python.write_text(f"#!/bin/sh\n{say}\n", encoding="ascii")
    python.chmod(0o755)
    (tmp_path / "bin").mkdir()
    script = tmp_path / "bin" / "test"
    script.write_bytes((CHECKOUT / "bin" / "test").read_bytes())
    script.chmod(0o755)
    done = subprocess.run([script], capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert done.stdout.startswith("-m pytest -n 2 --dist loadgroup /")
    assert not Path(done.stdout.split()[-1]).exists()  # where mypy's words were kept


def test_a_battery_that_misses_one_part_runs_the_others_and_fails(tmp_path: Path) -> None:
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "$2"; [ "$2" != bench.api ]\n', encoding="ascii")
    python.chmod(0o755)
    (tmp_path / "Makefile").write_text(MAKEFILE.replace("@bin/prepare", "@: "), encoding="utf-8")
    done = make("battery", folder=tmp_path)
    assert done.returncode != 0
    said = ["bench.battery", "bench.api", "bench.digest", "bench.coverage", "Missed or broken off: api"]
    assert done.stdout.splitlines() == said


def test_continuous_integration_runs_make_test_on_the_recorded_payloads() -> None:
    script = CHECKOUT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    words = script.read_text(encoding="utf-8")
    assert words.rstrip().endswith("exec make test")
    assert 'OPENGAP_RECORDED="${OPENGAP_RECORDED:-$PWD/../shared/sources}"' in words


def prepare(folder: Path, path: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run the set-up in a folder that has no .venv, with only `path` to find programs on."""
    (folder / "bin").mkdir()
    (folder / "bin" / "prepare").write_bytes((CHECKOUT / "bin" / "prepare").read_bytes())
    return subprocess.run(
        ["/bin/sh", "bin/prepare", "requirements.lock"],
        cwd=folder,
        env={"PATH": path, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def pretend_python(folder: Path, name: str, answers: str) -> str:
    """A folder for the PATH with a python of that name, and the few programs that the set-up uses."""
    programs = folder / "programs"
    programs.mkdir()
    for program in ("dirname", "head", "cmp", "sed", "rm", "cut", "grep"):
        found = next(place for place in ("/bin", "/usr/bin") if Path(place, program).exists())
        (programs / program).symlink_to(Path(found, program))
    (programs / name).write_text(f"#!/bin/sh\n{answers}\n", encoding="ascii")
    (programs / name).chmod(0o755)
    return str(programs)


def test_a_python_without_venv_gives_one_sentence_that_names_the_package(tmp_path: Path) -> None:
    bare = pretend_python(tmp_path, "python3", 'case "$2" in *ensurepip*) exit 1;; esac')
    done = prepare(tmp_path, bare)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "python3 has no venv module" in done.stderr
    assert "apt install python3-venv" in done.stderr


def test_an_old_python_gives_one_sentence_that_names_its_version(tmp_path: Path) -> None:
    old = pretend_python(tmp_path, "python3", '[ "$1" = -V ] && echo Python 3.9.2; [ "$1" = -V ]')
    done = prepare(tmp_path, old)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "needs Python 3.11 or newer" in done.stderr
    assert "python3 is Python 3.9.2" in done.stderr


def test_a_newer_python_beside_an_old_one_is_taken(tmp_path: Path) -> None:
    both = pretend_python(tmp_path, "python3", "exit 1")
    newer = Path(both, "python3.12")
    newer.write_text('#!/bin/sh\n[ "$1" = -V ] && echo Python 3.12.1; [ "$2" != venv ]\n', encoding="ascii")
    newer.chmod(0o755)
    done = prepare(tmp_path, both)
    assert "Creating .venv with Python 3.12.1" in done.stderr
    assert "python3.12 could not create .venv" in done.stderr


def test_a_venv_that_is_up_to_date_is_left_alone(tmp_path: Path) -> None:
    programs = pretend_python(tmp_path, "python3", "exit 1")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to("/bin/true")
    (tmp_path / ".venv" / "locks").mkdir()
    for lock in ("requirements-uv.lock", "requirements.lock"):
        (tmp_path / lock).write_text("a==1\n", encoding="ascii")
        (tmp_path / ".venv" / "locks" / lock).write_text("a==1\n", encoding="ascii")
    done = prepare(tmp_path, programs)
    assert (done.returncode, done.stderr) == (0, "")
