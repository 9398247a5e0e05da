"""One BLAS thread a process, unless the environment says otherwise."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

LOOK = "import tracker, os, sys; print(os.environ['OMP_NUM_THREADS'], 'numpy' in sys.modules)"


@pytest.mark.parametrize(("given", "kept"), [({}, "1"), ({"OMP_NUM_THREADS": "3"}, "3")])
def test_one_thread_is_set_before_numpy_is_there(given: dict[str, str], kept: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "OMP_NUM_THREADS"}
    done = subprocess.run(
        [sys.executable, "-c", LOOK], env=environment | given, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [kept, "False"]
