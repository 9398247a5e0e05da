"""Fault 13 by weight: a bomb of 2 GB is refused by a process that stays small."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fetch.fault_server import FaultServer, redirect, response
from tests.fetch.test_body import repeating_block

LIMIT_MB = 300
FETCH = """
import sys
from pathlib import Path
from models_catalog.fetch.archive import Archive
from models_catalog.fetch.door import LiveDoor
from models_catalog.fetch.limits import DoorSettings
from models_catalog.fetch.state import MemoryState
from models_catalog.sources.contract import SourceError
from tests.fetch.conftest import invented_source
settings = DoorSettings("test@example.org", mirrors={"invented": sys.argv[1]})
archive = Archive(Path(sys.argv[2]), keep_free=0.0)
for path in ("page", "redirect", "error"):
    with LiveDoor(invented_source(), settings, MemoryState(), archive) as door:
        try:
            door("models", f"https://source.test/{path}")
        except SourceError as error:
            print(type(error).__name__)
# Not getrusage: its maximum includes the process that started this one.
peak = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
print(int(peak[0].split()[1]) // 1024)
"""


def bomb() -> bytes:
    """Gzip for 2 GB of zeros in 2 MB, put together from one block."""
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" + repeating_block() * 2048


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")
def test_fault_13_a_bomb_does_not_fill_the_memory(tmp_path: Path) -> None:
    packed = {"Content-Encoding": "gzip"}
    with FaultServer() as mirror:
        mirror.on("/page", response(bomb(), headers=packed))
        mirror.on("/redirect", redirect("/gone", 302, bomb(), packed))
        mirror.on("/error", response(bomb(), 403, packed))
        *names, megabytes = run_in_a_process(mirror.url, tmp_path)
    assert names == ["GzipBomb", "PageMissing", "Forbidden"]
    assert int(megabytes) < LIMIT_MB


def run_in_a_process(mirror: str, folder: Path) -> list[str]:
    environment = dict(os.environ) | {"PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", FETCH, mirror, str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout.split()
