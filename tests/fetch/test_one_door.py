"""`fetch` is the only room that opens a connection. What else names a networking module is listed, with a reason."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NETWORKING = {
    "aiohttp",
    "asyncio.streams",
    "ftplib",
    "http.client",
    "httpx",
    "httpx2",
    "imaplib",
    "poplib",
    "pycurl",
    "requests",
    "smtplib",
    "socket",
    "ssl",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "websockets",
    "xmlrpc.client",
}
# huggingface_hub brings its own client; `sources` may take its parsing classes, nobody else anything.
HUB = "huggingface_hub"
HUB_PARSING = {"huggingface_hub.hf_api.ModelInfo"}

ALLOWED = {
    "models_catalog/digests": "sends mail to the configured mail host and reads its replies; collects nothing",
    "models_catalog/embedded": "finds a free loopback port and waits for the services it starts itself",
    "models_catalog/management/demonstration": "asks whether its own port is free and its own pages are served",
}


def modules() -> list[Path]:
    folders = (ROOT / "models_catalog", ROOT / "tracker")
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def imported(source: str) -> Iterator[str]:
    """Every module or name a source text imports, also by a literal `import_module` or `__import__`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Call) and called(node.func) in {"import_module", "__import__", "find_spec"}:
            yield from (str(argument.value) for argument in node.args if isinstance(argument, ast.Constant))


def called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def networking(source: str) -> list[str]:
    return [
        name
        for name in imported(source)
        if any(name == module or name.startswith(f"{module}.") for module in NETWORKING)
        or (name.startswith(HUB) and name not in HUB_PARSING)
    ]


def test_no_other_room_opens_a_connection() -> None:
    found = {}
    for path in modules():
        room = path.relative_to(ROOT).as_posix()
        if room.startswith(("models_catalog/fetch/", *ALLOWED)):
            continue
        if names := networking(path.read_text(encoding="utf-8")):
            found[room] = names
    assert found == {}, "go through models_catalog.fetch, or list the room here with a reason"


@pytest.mark.parametrize("room", list(ALLOWED))
def test_an_exception_that_is_no_longer_needed_is_removed(room: str) -> None:
    files = [path for path in modules() if path.relative_to(ROOT).as_posix().startswith(room)]
    assert any(networking(path.read_text(encoding="utf-8")) for path in files)


@pytest.mark.parametrize(
    "source",
    [
        "import requests",
        "import urllib.request",
        "import urllib.request as web",
        "from urllib import request",
        "from urllib.request import urlopen",
        "from http import client",
        "import http.client",
        "def f():\n    import socket",
        "from requests.adapters import HTTPAdapter",
        "import importlib\nimportlib.import_module('httpx')",
        "__import__('urllib3')",
        "from huggingface_hub import HfApi",
        "import huggingface_hub",
    ],
)
def test_the_rule_sees_every_way_to_import(source: str) -> None:
    assert networking(source)


@pytest.mark.parametrize(
    "source",
    [
        "from urllib.parse import urlsplit",
        "from http import HTTPStatus",
        "import socketserver_of_ours",
        "from . import socket",
        "from huggingface_hub.hf_api import ModelInfo",
        "from models_catalog.fetch import door",
    ],
)
def test_the_rule_lets_other_imports_be(source: str) -> None:
    assert not networking(source)
