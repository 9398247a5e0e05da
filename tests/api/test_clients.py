"""The examples people copy are run as they stand."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
from pathlib import Path
from types import ModuleType

import pytest
from django.core.cache import cache
from pytest_django.live_server_helper import LiveServer

from tests.kept_rows import KeptRows

DOCS = Path(__file__).parent.parent.parent / "docs"
CURL = re.compile(r"^curl -s '(http://127\.0\.0\.1:8000)(/[^']*)'$", re.MULTILINE)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site(world: KeptRows, live_server: LiveServer) -> str:
    world.give_back()
    cache.clear()
    return str(live_server.url)


def client_module() -> ModuleType:
    found = importlib.util.spec_from_file_location("client", DOCS / "client.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    import sys

    sys.modules["client"] = module  # dataclasses look their module up
    found.loader.exec_module(module)
    return module


def test_the_examples_of_the_documentation_answer(site: str) -> None:
    client = client_module().OpenGap(site)
    lag = client.lag()
    assert lag.value is not None
    assert lag.unit == "months"
    rows = list(client.rows("/models", limit=3))
    assert len({row["slug"] for row in rows}) == len(rows) > 9
    costs = {str(price.per_million_tokens) for price in client.prices(model="birch-6", unit="input")}
    assert costs == {"1", "2.000000"}
    commands = CURL.findall((DOCS / "api.md").read_text(encoding="utf-8"))
    assert len(commands) == 9
    for _, path in commands:
        answer = subprocess.run(["curl", "-s", f"{site}{path}"], capture_output=True, check=True, timeout=60)
        assert "status" not in json.loads(answer.stdout), answer.stdout
