"""Recorded files as pages, without a network."""

from __future__ import annotations

import gzip
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models_catalog.fetch.archive import Archive
from models_catalog.fetch.errors import GzipBomb, NotRecorded, TooLarge
from models_catalog.fetch.folder import FolderDoor, read_recorded, recorded_files
from models_catalog.sources.contract import Challenge, EmptyPayload, SourceError, Truncated, WrongShape
from tests.fetch.conftest import PAGE, QUICK, invented_source

DATA = b'{"data": [1]}'


def midnight(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "recorded" / "invented"
    path.mkdir(parents=True)
    return path


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive", keep_free=0.0)


def keep(folder: Path, name: str, content: bytes = DATA) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def manifest(folder: Path, *entries: dict[str, object]) -> None:
    keep(folder, "MANIFEST.json", json.dumps(entries).encode())


def door(folder: Path, archive: Archive, *, complete: bool = True) -> FolderDoor:
    return FolderDoor(invented_source(complete=complete), folder, QUICK, archive)


# The files and their dates


def test_files_come_oldest_first_whatever_they_are_called(folder: Path) -> None:
    for name in ("models-2026-03-01.json", "a@2026-05-01.csv", "history/models-2025-01-01.json"):
        keep(folder, name)
    keep(folder, "README.md")
    manifest(
        folder, {"file": "a@2026-05-01.csv", "captured_on": "2024-12-31", "source_url": "https://a.test/"}
    )
    assert [(file.relative, file.captured_at) for file in recorded_files(folder)] == [
        ("a@2026-05-01.csv", midnight("2024-12-31")),
        ("history/models-2025-01-01.json", midnight("2025-01-01")),
        ("models-2026-03-01.json", midnight("2026-03-01")),
    ]


def test_a_manifest_one_folder_up_counts_too(folder: Path) -> None:
    keep(folder, "models-x.json")
    manifest(
        folder.parent,
        {"file": "other/models-x.json", "captured_on": "2020-01-01"},
        {"file": "invented/models-x.json", "captured_on": "2026-01-02", "source_url": PAGE},
    )
    (file,) = recorded_files(folder)
    assert (file.captured_at, file.source_url) == (midnight("2026-01-02"), PAGE)


def test_without_a_date_the_files_own_time_counts(folder: Path) -> None:
    path = keep(folder, "models-20260101-x-2026-13-45.json")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    (file,) = recorded_files(folder)
    assert file.captured_at == datetime.fromtimestamp(1_700_000_000, UTC)


def test_an_instant_in_the_manifest_is_read_as_utc(folder: Path) -> None:
    keep(folder, "models-x.json")
    manifest(folder, {"file": "models-x.json", "captured_on": "2026-01-02T03:04:05+02:00"})
    (file,) = recorded_files(folder)
    assert file.captured_at == datetime(2026, 1, 2, 1, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize("text", [b"{", b"{}", b'"text"', b"[" * 100_000])
def test_a_broken_manifest_is_named(folder: Path, text: bytes) -> None:
    keep(folder, "MANIFEST.json", text)
    with pytest.raises(WrongShape, match=r"MANIFEST\.json"):
        recorded_files(folder)


def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    secret = keep(tmp_path, "secret-2026-01-01.json")
    (folder / "models-2026-01-01.json").symlink_to(secret)
    os.mkfifo(folder / "models-2026-01-02.json")
    assert recorded_files(folder) == ()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotRecorded, match="is not a folder"):
        recorded_files(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("relative", "taken"),
    [
        ("models-1.json", True),
        ("models-1.json.gz", True),
        ("history/models-1.json", False),
        ("models-a/b.json", False),
        ("models-1.json/b.json", False),
        ("MODELS-1.json", False),
    ],
)
def test_a_star_never_spans_a_slash(relative: str, taken: bool) -> None:
    assert invented_source().board("models").takes(relative) is taken


# One file as a page


def failure(folder: Path, name: str, content: bytes) -> SourceError:
    keep(folder, name, content)
    (file,) = recorded_files(folder)
    with pytest.raises(SourceError) as caught:
        read_recorded(file, invented_source().board("models"), QUICK)
    assert not caught.value.retry
    return caught.value


@pytest.mark.parametrize(("name", "content"), [("a.json", DATA), ("a.json.gz", gzip.compress(DATA, mtime=0))])
def test_a_file_becomes_a_page(folder: Path, name: str, content: bytes) -> None:
    keep(folder, f"2026-01-02-{name}", content)
    (file,) = recorded_files(folder)
    page = read_recorded(file, invented_source().board("models"), QUICK)
    assert (page.board, page.url, page.body) == ("models", PAGE, DATA)
    assert (page.observed_at, page.file) == (midnight("2026-01-02"), f"2026-01-02-{name}")


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("models-cut.json.gz", gzip.compress(DATA, mtime=0)[:-6], Truncated),
        ("models-cut.json", DATA[:7], Truncated),
        ("models-none.json", b"", EmptyPayload),
        ("models-none.json.gz", b"", EmptyPayload),
        ("models-list.json", b"[]", EmptyPayload),
        ("models-html.json", b"<!DOCTYPE html>\n<title>Moved</title>", WrongShape),
        ("models-wall.json", b"<html><title>Just a moment...</title>", Challenge),
        ("models-plain.json.gz", DATA, WrongShape),
        ("models-packed.json", gzip.compress(DATA, mtime=0), WrongShape),
        ("models-bomb.json.gz", gzip.compress(bytes(400 * 1024), mtime=0), GzipBomb),
        ("models-large.json", b"[" + b" " * 300 * 1024 + b"]", TooLarge),
    ],
)
def test_a_file_that_cannot_be_the_page_has_a_name(
    folder: Path, name: str, content: bytes, error: type[SourceError]
) -> None:
    found = failure(folder, name, content)
    assert type(found) is error
    assert name in str(found)


def test_a_file_that_went_away_is_named(folder: Path) -> None:
    path = keep(folder, "models-1.json")
    (file,) = recorded_files(folder)
    path.unlink()
    with pytest.raises(NotRecorded, match=r"models-1\.json cannot be read: No such file"):
        read_recorded(file, invented_source().board("models"), QUICK)


# The door


def test_the_door_gives_the_newest_file_and_archives_it(folder: Path, archive: Archive) -> None:
    keep(folder, "models-2026-01-01.json", b'["old"]')
    keep(folder, "models-2026-02-01.json", b'["new"]')
    keep(folder, "prices-2026-03-01.json", b'["other"]')
    with door(folder, archive) as get:
        page = get("models", PAGE)
    (report,) = get.reports
    assert (page.body, page.url) == (b'["new"]', PAGE)
    assert archive.get(report.sha256) == b'["new"]'
    assert (report.final_url, report.status, report.error) == ("models-2026-02-01.json", None, "")


def test_the_door_finds_the_sources_folder_in_a_common_one(folder: Path, archive: Archive) -> None:
    keep(folder, "models-2026-01-01.json")
    assert door(folder.parent, archive)("models", PAGE).body == DATA


def test_a_file_recorded_for_the_address_wins(folder: Path, archive: Archive) -> None:
    keep(folder, "models-2026-01-01.json", b'["page two"]')
    keep(folder, "models-2026-02-01.json", b'["page one"]')
    manifest(folder, {"file": "models-2026-01-01.json", "source_url": f"{PAGE}?page=2"})
    assert door(folder, archive)("models", f"{PAGE}?page=2").body == b'["page two"]'


def test_a_board_of_many_pages_gives_only_what_was_recorded_for_the_address(
    folder: Path, archive: Archive
) -> None:
    keep(folder, "models-2026-02-01.json")
    manifest(folder, {"file": "models-2026-02-01.json", "source_url": PAGE})
    get = door(folder, archive, complete=False)
    assert get("models", PAGE).body == DATA
    with pytest.raises(NotRecorded, match="holds no file for invented/models"):
        get("models", f"{PAGE}?page=2")
    assert [report.error_name for report in get.reports] == ["", "NotRecorded"]


def test_a_folder_gives_what_it_holds_of_lists_without_an_end_the_newest_of_each_address(
    folder: Path, archive: Archive
) -> None:
    for name in ("models-a@2026-01-01.json", "models-b@2026-01-02.json", "models-a@2026-02-01.json"):
        keep(folder, name, f'["{name}"]'.encode())
    with door(folder, archive, complete=False) as get:
        given = [page.file for page in get.pages()]
    assert given == ["models-b@2026-01-02.json", "models-a@2026-02-01.json"]
    assert [report.error for report in get.reports] == ["", ""]


def test_a_folder_without_a_page_of_the_source_says_so(folder: Path, archive: Archive) -> None:
    keep(folder, "other-2026-01-01.json")
    with pytest.raises(NotRecorded, match="holds no file for invented"):
        list(door(folder, archive, complete=False).pages())
