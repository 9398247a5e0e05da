"""The Django project. Importing it makes the Celery app known, so tasks find their broker."""

import os

from tracker.celery import app as celery_app

__all__ = ["celery_app"]

# Our matrices are small: several BLAS threads a process only wait for each other, at three times the CPU where other
# processes want the cores. Set before anything imports numpy; what the environment says goes first.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")
