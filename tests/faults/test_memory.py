"""Fault 13 by weight: a bomb of 2 GB, collected end to end by a process that stays small."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from models_catalog.models import Incident, Observation, Run
from models_catalog.vocabulary import Outcome
from tests.fetch.fault_server import FaultServer, response
from tests.fetch.test_memory import LIMIT_MB, bomb
from tests.services import url_of_test_database

COLLECT = """
import django
django.setup()
from pathlib import Path
from models_catalog.ingest.live import collect
from models_catalog.sources import by_slug
collect(by_slug("openrouter"))
# Not getrusage: its maximum includes the process that started this one.
peak = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
print(int(peak[0].split()[1]) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")
@pytest.mark.django_db(transaction=True)
def test_fault_13_a_bomb_is_refused_by_a_process_that_stays_small(tmp_path: Path) -> None:
    with FaultServer() as mirror:
        mirror.on("/api/v1/models", response(bomb(), headers={"Content-Encoding": "gzip"}))
        megabytes = collect_in_a_process(mirror.url, tmp_path)
    assert megabytes < LIMIT_MB
    run = Run.objects.get()
    assert (run.outcome, run.reason.startswith("GzipBomb: ")) == (Outcome.REJECTED, True)
    assert Incident.objects.get(closed_at=None).cause == "GzipBomb"
    assert not Observation.objects.exists()
    assert list((tmp_path / "raw").rglob("*.zst")) == []


def collect_in_a_process(mirror: str, folder: Path) -> int:
    environment = os.environ | {
        "DATABASE_URL": url_of_test_database(),
        "OPENGAP_MIRRORS": f"openrouter={mirror}",
        "OPENGAP_DATA": str(folder),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    command = [sys.executable, "-c", COLLECT]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return int(done.stdout.split()[-1])
