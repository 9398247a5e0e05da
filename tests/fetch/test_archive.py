"""Raw bytes: whole or not there, and what is read back is what was written (faults 38 and 40)."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from models_catalog.fetch.archive import UNFINISHED, Archive, Damage
from models_catalog.fetch.errors import ArchiveUnwritable, DamagedPayload, DiskNearlyFull, MissingPayload
from tests.fetch.conftest import World
from tests.fetch.fault_server import response

DATA = b'{"data": [{"id": "lab/model"}]}' * 40
NAME = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive", keep_free=0.0)


def flip(path: Path, position: int, bit: int = 0) -> None:
    content = bytearray(path.read_bytes())
    content[position] ^= 1 << bit
    path.write_bytes(bytes(content))


def damages(archive: Archive) -> list[tuple[str, str]]:
    return [(damage.kind, damage.path.name) for damage in archive.audit()]


@pytest.mark.parametrize("content", [b"", b"x", DATA, random.Random(1).randbytes(300_000), bytes(3_000_000)])
def test_what_was_put_is_got_back(archive: Archive, content: bytes) -> None:
    name = archive.put(content)
    assert name == hashlib.sha256(content).hexdigest()
    assert archive.get(name) == content
    assert damages(archive) == []


def test_a_payload_lies_under_its_hash(archive: Archive) -> None:
    archive.put(DATA)
    expected = archive.root / "raw" / "sha256" / NAME[:2] / f"{NAME}.zst"
    assert [path for path in archive.root.rglob("*") if path.is_file()] == [expected]
    assert expected.stat().st_size < len(DATA)


def test_the_same_bytes_are_written_once(archive: Archive) -> None:
    archive.put(DATA)
    before = archive.path(NAME).stat()
    assert archive.put(DATA) == NAME
    after = archive.path(NAME).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_several_writers_of_the_same_bytes_do_not_disturb_each_other(archive: Archive) -> None:
    writers = [threading.Thread(target=archive.put, args=(DATA,)) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert archive.get(NAME) == DATA
    assert len(list(archive.payloads.rglob("*.*"))) == 1


def test_a_missing_payload_has_a_name(archive: Archive) -> None:
    with pytest.raises(MissingPayload, match=NAME):
        archive.get(NAME)


def test_the_missing_ones_are_told_apart(archive: Archive) -> None:
    archive.put(DATA)
    assert archive.missing([NAME, "0" * 64]) == {"0" * 64}
    assert archive.missing([]) == set()


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_only_a_hash_leads_to_a_path(archive: Archive, name: str) -> None:
    with pytest.raises(ValueError, match="is not a SHA-256"):
        archive.get(name)


# 40: a flipped bit, wherever it falls


def test_fault_40_no_flipped_bit_yields_other_bytes(archive: Archive) -> None:
    archive.put(DATA)
    path = archive.path(NAME)
    whole = path.read_bytes()
    found = 0
    for position in range(len(whole)):
        flip(path, position, position % 8)
        try:
            assert archive.get(NAME) == DATA  # a bit that carries no meaning
        except DamagedPayload:
            found += 1
        path.write_bytes(whole)
    assert found > 0.9 * len(whole)


def test_fault_40_the_audit_names_the_damaged_payload_and_only_it(archive: Archive) -> None:
    archive.put(b"another")
    archive.put(DATA)
    flip(archive.path(NAME), 40)
    assert damages(archive) == [("damaged", f"{NAME}.zst")]


def test_a_damaged_payload_is_healed_by_the_same_bytes(archive: Archive) -> None:
    archive.put(DATA)
    flip(archive.path(NAME), 40)
    assert archive.put(DATA) == NAME
    assert archive.get(NAME) == DATA
    assert damages(archive) == []


@pytest.mark.parametrize("kept", [0, 1, 20, 40])
def test_a_torn_payload_is_damage_and_not_data(archive: Archive, kept: int) -> None:
    archive.put(DATA)
    path = archive.path(NAME)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(DamagedPayload):
        archive.get(NAME)


def test_a_payload_that_claims_a_huge_size_does_not_get_the_memory(archive: Archive) -> None:
    archive.put(DATA)
    # A frame header (RFC 8878) that states 8 EiB of content, then nothing.
    archive.path(NAME).write_bytes(bytes.fromhex("28b52ffde0") + (2**63).to_bytes(8, "little"))
    with pytest.raises(DamagedPayload):
        archive.get(NAME)


def test_a_payload_that_is_a_folder_is_damage(archive: Archive) -> None:
    archive.path(NAME).mkdir(parents=True)
    with pytest.raises(DamagedPayload, match="cannot be read"):
        archive.get(NAME)


def test_the_audit_names_what_does_not_belong(archive: Archive) -> None:
    archive.put(DATA)
    folder = archive.path(NAME).parent
    (folder / f"{UNFINISHED}abc").write_bytes(b"half")
    (folder / "notes.txt").write_bytes(b"")
    wrong = archive.payloads / "00" / f"{NAME}.zst"
    wrong.parent.mkdir()
    archive.path(NAME).rename(wrong)
    found = damages(archive)
    assert sorted(found) == [
        ("misplaced", f"{NAME}.zst"),
        ("misplaced", "notes.txt"),
        ("unfinished", f"{UNFINISHED}abc"),
    ]


def test_an_empty_archive_has_no_damage(archive: Archive) -> None:
    assert list(archive.audit()) == []


def test_a_damage_says_where_and_why(archive: Archive) -> None:
    archive.put(DATA)
    flip(archive.path(NAME), 40)
    (damage,) = archive.audit()
    assert isinstance(damage, Damage)
    assert damage.path == archive.path(NAME)
    assert "is damaged" in damage.reason


# Writing that is interrupted, or has no room


WRITE_TOO_MUCH = """
import random, resource, signal, sys
from pathlib import Path
from models_catalog.fetch.archive import Archive
from models_catalog.fetch.errors import ArchiveUnwritable
killed = signal.SIG_DFL if sys.argv[2] == "killed" else signal.SIG_IGN
signal.signal(signal.SIGXFSZ, killed)
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
try:
    Archive(Path(sys.argv[1]), keep_free=0.0).put(random.Random(1).randbytes(200_000))
except ArchiveUnwritable as error:
    print(error)
"""


def write_too_much(archive: Archive, ending: str) -> subprocess.CompletedProcess[str]:
    """A process that may write 50 kB and wants to write 200: the system refuses the rest, or kills it there."""
    return subprocess.run(
        [sys.executable, "-B", "-c", WRITE_TOO_MUCH, str(archive.root), ending],
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ) | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )


def test_fault_38_a_write_that_fails_leaves_nothing(archive: Archive) -> None:
    ended = write_too_much(archive, "refused")
    assert ended.stdout == f"the payload cannot be written to {archive.root}: File too large\n"
    assert [path for path in archive.root.rglob("*") if path.is_file()] == []


def test_a_writer_that_is_killed_in_the_middle_leaves_no_payload(archive: Archive) -> None:
    ended = write_too_much(archive, "killed")
    assert ended.returncode == -signal.SIGXFSZ
    (damage,) = archive.audit()
    assert damage.kind == "unfinished"
    assert damage.path.stat().st_size == 50_000
    content = random.Random(1).randbytes(200_000)
    assert archive.get(archive.put(content)) == content


def test_a_root_that_is_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "archive").write_bytes(b"")
    with pytest.raises(ArchiveUnwritable, match="cannot be written"):
        Archive(tmp_path / "archive", keep_free=0.0).put(DATA)


def test_fault_38_nothing_is_written_when_the_disk_is_nearly_full(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive", keep_free=1.01)
    with pytest.raises(DiskNearlyFull, match="free and must keep 101%") as caught:
        archive.put(DATA)
    assert caught.value.retry
    assert not archive.root.exists()


def test_fault_38_nothing_is_fetched_when_the_disk_is_nearly_full(world: World, tmp_path: Path) -> None:
    world.archive = Archive(tmp_path / "full", keep_free=1.01)
    world.server.on("/models", response(DATA))
    assert isinstance(world.failure(), DiskNearlyFull)
    assert world.server.connections == 0
