"""Collecting static files when they have changed: hashing and compressing them all takes a second or more."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command


def collect_static() -> bool:
    """Bring STATIC_ROOT up to date. Returns whether there was anything to do."""
    mark = Path(settings.STATIC_ROOT) / "collected.sha256"
    wanted = fingerprint()
    if mark.exists() and mark.read_text(encoding="ascii") == wanted:
        return False
    mark.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(wanted, encoding="ascii")
    return True


def fingerprint() -> str:
    """Changes with every file that would be collected, and with the way it is stored."""
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in finders.get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
