"""Raw bytes, kept for ever under the hash of what they are: `raw/sha256/ab/<sha256>.zst`.

A payload is whole or not there: it is written beside its place, forced to the disk, then renamed. What is
read back is hashed again, so a damaged payload is a named error and never a wrong figure.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import zstandard

from models_catalog.fetch.errors import (
    ArchiveError,
    ArchiveUnwritable,
    DamagedPayload,
    DiskNearlyFull,
    MissingPayload,
)

HASH = re.compile(r"[0-9a-f]{64}")
UNFINISHED = ".unfinished-"
LEVEL = 6
LARGEST = 512 * 1024 * 1024  # no cap of the fetcher is near it; a damaged header must not claim gigabytes
LARGEST_WINDOW = 128 * 1024 * 1024
STEP = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing wrong in the archive: `kind` is damaged | misplaced | unfinished."""

    kind: str
    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Archive:
    """The payloads below `root`. Nothing is written while less than `keep_free` of the disk is free."""

    root: Path
    keep_free: float = 0.10

    @property
    def payloads(self) -> Path:
        return self.root / "raw" / "sha256"

    def path(self, sha256: str) -> Path:
        """Where a payload is, or would be. ValueError when it is not a SHA-256 in lower-case hex."""
        if not HASH.fullmatch(sha256):
            raise ValueError(f"{sha256[:80]!r} is not a SHA-256")
        return self.payloads / sha256[:2] / f"{sha256}.zst"

    def check_room(self) -> None:
        """DiskNearlyFull when the disk of the archive has less free space than it must keep."""
        usage = shutil.disk_usage(nearest_existing(self.root))
        share = usage.free / usage.total
        if share < self.keep_free:
            raise DiskNearlyFull(
                f"the disk of {self.root} has {share:.0%} free and must keep {self.keep_free:.0%}:"
                " nothing is fetched until there is room"
            )

    def put(self, content: bytes) -> str:
        """Store the bytes and return their SHA-256. They are on the disk when this returns.

        Bytes already stored are not written again, unless the stored copy is damaged: then it is replaced.
        Errors: DiskNearlyFull, ArchiveUnwritable; nothing is left behind in either case.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        if self._intact(sha256):
            return sha256
        self.check_room()
        packed = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compress(content)
        try:
            write_whole(self.path(sha256), packed)
        except OSError as error:
            raise ArchiveUnwritable(
                f"the payload cannot be written to {self.root}: {error.strerror}"
            ) from error
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes with this hash. MissingPayload or DamagedPayload when they are not there or not right."""
        path = self.path(sha256)
        try:
            packed = path.read_bytes()
        except FileNotFoundError:
            raise MissingPayload(f"the archive has no payload {sha256}") from None
        except OSError as error:
            raise DamagedPayload(f"the payload {sha256} cannot be read: {error.strerror}") from error
        content = unpacked(packed, sha256)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise DamagedPayload(f"the payload {sha256} is damaged: its bytes hash to something else")
        return content

    def missing(self, sha256s: Iterable[str]) -> set[str]:
        """Those of the hashes for which no payload is stored. Says nothing about damage: see `audit`."""
        return {sha256 for sha256 in sha256s if not self.path(sha256).is_file()}

    def audit(self) -> Iterator[Damage]:
        """Read and hash every payload again; yield what is wrong, in the order of the paths."""
        for path in sorted(self.payloads.rglob("*")):
            if path.is_file() and (damage := self._damage(path)):
                yield damage

    def _damage(self, path: Path) -> Damage | None:
        if path.name.startswith(UNFINISHED):
            return Damage("unfinished", path, "left behind by a write that was interrupted; safe to delete")
        sha256 = path.name.removesuffix(".zst")
        if not HASH.fullmatch(sha256) or path != self.path(sha256):
            return Damage("misplaced", path, "not where a payload of this name belongs")
        try:
            self.get(sha256)
        except ArchiveError as error:
            return Damage("damaged", path, str(error))
        return None

    def _intact(self, sha256: str) -> bool:
        try:
            self.get(sha256)
        except (MissingPayload, DamagedPayload):
            return False
        return True


def unpacked(packed: bytes, sha256: str) -> bytes:
    """Decompress in steps: the size a damaged header claims is never believed."""
    reader = zstandard.ZstdDecompressor(max_window_size=LARGEST_WINDOW).stream_reader(io.BytesIO(packed))
    content = bytearray()
    try:
        while piece := reader.read(STEP):
            content += piece
            if len(content) > LARGEST:
                raise DamagedPayload(f"the payload {sha256} is damaged: it expands without end")
    except zstandard.ZstdError as error:
        raise DamagedPayload(f"the payload {sha256} is damaged: {error}") from error
    return bytes(content)


def write_whole(path: Path, content: bytes) -> None:
    """The file appears at `path` complete and durable, or not at all. Safe with several writers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=UNFINISHED, dir=path.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), 0o644)
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    for folder in (path.parent, path.parent.parent):
        sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make a rename or a new folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def nearest_existing(path: Path) -> Path:
    for candidate in (path, *path.parents):
        if candidate.exists():
            return candidate
    return Path("/")
