"""The documents say what is there: commands, settings, sources, rooms, targets, and a tutorial that runs."""

from __future__ import annotations

import re
import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models_catalog.sources import SOURCES
from models_catalog.sources.contract import Page, ScoreSeen, Source

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
FLOOR_PLAN = (ROOT / "models_catalog" / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(
    path.stem
    for path in (ROOT / "models_catalog/management/commands").glob("*.py")
    if path.stem != "__init__"
)
READERS = re.compile(
    r"environment\.(?:text|flag|number|seconds|words|networks|pairs|database|mail|site|address)\(\s*\"([A-Z_]+)\""
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"manage.py {command}" in README


def test_every_setting_is_in_the_readme_and_nothing_else() -> None:
    readers = [ROOT / "tracker" / name for name in ("settings.py", "celery.py")]
    read = {name for path in readers for name in READERS.findall(path.read_text(encoding="utf-8"))}
    table = README.split("## Settings")[1].split("## ")[0]
    named = set(re.findall(r"`([A-Z][A-Z_]+)`", table)) - {"NAME_FILE", "INFO"}
    assert named == read | {"OPENGAP_RECORDED"}


@pytest.mark.parametrize("source", SOURCES, ids=[source.slug for source in SOURCES])
def test_every_source_is_in_the_readme_with_what_is_shipped(source: Source) -> None:
    table = README.split("## Where the data comes from")[1].split("## ")[0]
    rows = [row for row in table.splitlines() if row.lower().startswith(f"| [{source.title.lower()[:5]}")]
    assert rows, source.title
    assert rows[0].rstrip(" |").endswith("yes" if source.rights.export else "no")


def test_every_room_is_on_the_floor_plan() -> None:
    for path in (ROOT / "models_catalog").iterdir():
        if path.is_dir() and not path.name.startswith("_"):
            assert f"`{path.name}/`" in FLOOR_PLAN, path.name


def test_every_target_named_in_the_documents_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"(?:`|^)make ([a-z]+)", README + CONTRIBUTING + FLOOR_PLAN, re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_shipped_owner_is_credited_in_the_notice() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for source in SOURCES:
        if source.rights.export:
            assert source.home.split("//")[1].split("/")[0] in notice


def test_the_tutorial_of_an_invented_source_runs() -> None:
    code, example = block("python"), block("csv")
    module: dict[str, object] = {}
    exec(compile(code, "CONTRIBUTING.md", "exec"), module)
    page = Page(
        "board", "https://tidewater.example/board.csv", example.encode(), datetime(2026, 3, 2, tzinfo=UTC)
    )
    parse = module["parse"]
    assert callable(parse)
    [score] = list(parse(page))
    assert isinstance(score, ScoreSeen)
    assert (score.name, str(score.value), score.evaluated_on) == ("Otter 2 (high)", "71.4", "2026-03-01")


def block(language: str) -> str:
    match = re.search(rf"^( *)```{language}\n(.*?)^ *```", CONTRIBUTING, re.MULTILINE | re.DOTALL)
    assert match
    return textwrap.dedent(match[2])
