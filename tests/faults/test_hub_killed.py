"""A sweep killed in the middle goes on where its last committed page ended. In full: `make battery`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.faults.hub_sweep import LIMIT_MB, swept
from tests.services import url_of_test_database


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")
@pytest.mark.timeout(300)
@pytest.mark.django_db(transaction=True)
def test_fault_29_a_sweep_of_twelve_pages_killed_in_the_middle_loses_and_doubles_nothing(
    tmp_path: Path,
) -> None:
    ended = swept(url_of_test_database(), tmp_path, pages=12, rows=5, kills=1)
    assert (ended.lost, ended.doubled) == (0, 0)
    assert ended.repeated <= ended.kills
    assert 0 < ended.peak_megabytes < LIMIT_MB
