"""A command on a database without tables ends with one sentence, not a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.processes
def test_a_command_before_the_first_migration_says_what_to_do() -> None:
    parts = urlsplit(os.environ["DATABASE_URL"])
    environment = os.environ | {"DATABASE_URL": urlunsplit(parts._replace(path="/template1"))}
    command = [sys.executable, "manage.py", "identify", "GPT-4"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=110, check=False
    )
    assert done.returncode == 1
    assert done.stderr.strip().endswith("run `make demo` or `manage.py migrate` first.")
    assert "Traceback" not in done.stderr
