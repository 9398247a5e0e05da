"""The recorded world, replayed: each file ends with an outcome, twice stores nothing new, none stops the rest."""

from __future__ import annotations

import gzip
import json
import shutil
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from models_catalog.fetch.archive import Archive
from models_catalog.fetch.folder import RecordedFile, recorded_files
from models_catalog.ingest.recorded import FileEnd, replay
from models_catalog.models import DownloadSample, Fetch, Observation
from models_catalog.sources.routes import route
from models_catalog.vocabulary import Outcome
from tests.sources.test_recorded import COUNTS


def ends(folder: Path, archive: Path, *only: str) -> list[FileEnd]:
    return list(replay(recorded_files(folder), Archive(archive, keep_free=0.0), only))


def outcomes(found: list[FileEnd]) -> dict[str, str]:
    return {end.file: end.outcome.value for end in found}


IN_TURN = {"models-dev", "openrouter", "epoch", "aider", "huggingface"}  # pages of these follow one another
LARGE = {"open-llm-leaderboard"}  # 30,000 scores a file


def some_of(recorded: Path) -> tuple[RecordedFile, ...]:
    """The first two pages of every board of five sources, and the newest page of every other source.

    All of it takes minutes; what each single page states is the sources' own test.
    """
    files = recorded_files(recorded)
    pages: dict[tuple[str, ...], list[RecordedFile]] = defaultdict(list)
    for file in files:
        pages[place(file)].append(file)
    chosen = {
        file.relative
        for found, held in pages.items()
        if not LARGE.intersection(found)
        for file in (held if not found else held[:2] if len(found) == 2 else held[-1:])
    }
    return tuple(file for file in files if file.relative in chosen)


def place(file: RecordedFile) -> tuple[str, ...]:
    """Source and board where pages follow one another, else the source; nothing when nobody reads the file."""
    routed = route(file.relative)
    if routed is None:
        return ()
    source, board = routed
    return (source.slug, board.slug) if source.slug in IN_TURN else (source.slug,)


@pytest.mark.recorded
@pytest.mark.django_db
@pytest.mark.timeout(300)
def test_the_recorded_world_replays_and_a_second_time_stores_nothing_new(
    recorded: Path, tmp_path: Path
) -> None:
    files, archive = some_of(recorded), Archive(tmp_path, keep_free=0.0)
    first = list(replay(files, archive))
    counted = Counter(end.outcome for end in first)
    assert set(counted) <= {Outcome.ACCEPTED, Outcome.UNCHANGED, Outcome.UNSUPPORTED}
    assert {end.file for end in first if end.outcome != Outcome.UNSUPPORTED} == {
        file.relative for file in files if file.relative in COUNTS
    }
    assert counted[Outcome.ACCEPTED] >= 80
    stored = (Observation.objects.count(), DownloadSample.objects.count())

    second = list(replay(files, archive))
    assert {end.outcome for end in second if end.outcome != Outcome.UNSUPPORTED} == {Outcome.UNCHANGED}
    assert (Observation.objects.count(), DownloadSample.objects.count()) == stored


EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A folder in the recorded shape, made of our own examples."""
    folder = tmp_path / "world"
    for name, example in (
        ("aider/polyglot_leaderboard.yml", "aider/polyglot.yml"),
        ("openrouter/models-2026-01-02.json", "openrouter/models.json"),
        ("epoch/eci_scores@2026-01-03.csv", "epoch/eci_scores.csv"),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(EXAMPLES / example, folder / name)
    return folder


@pytest.mark.django_db
def test_files_are_taken_in_the_order_of_capture_by_manifest_then_name(world: Path, tmp_path: Path) -> None:
    manifest = [
        {"file": "aider/polyglot_leaderboard.yml", "captured_on": "2026-01-09", "source_url": "https://x/"}
    ]
    (world / "MANIFEST.json").write_text(json.dumps(manifest))
    (world / "README.md").write_text("not a payload")
    found = ends(world, tmp_path / "archive")
    assert [end.file for end in found] == [
        "openrouter/models-2026-01-02.json",
        "epoch/eci_scores@2026-01-03.csv",
        "aider/polyglot_leaderboard.yml",
    ]
    assert Fetch.objects.get(source="aider").url == "https://x/"


def cut(body: bytes) -> bytes:
    return body[: len(body) // 2]


BAD = {
    "cut in half": (cut, Outcome.REJECTED, "Truncated"),
    "an empty list": (lambda _: b'{"data": []}', Outcome.REJECTED, "EmptyPayload"),
    "nothing": (lambda _: b"", Outcome.REJECTED, "EmptyPayload"),
    "a renamed column": (
        lambda body: body.replace(b'"pricing"', b'"prices"'),
        Outcome.REJECTED,
        "MissingColumn",
    ),
    "HTML": (lambda _: b"<!doctype html><title>Sign in</title>", Outcome.REJECTED, "HTML"),
    "a NUL in a name": (
        lambda body: body.replace(b'"name": "', b'"name": "\\u0000', 1),
        Outcome.QUARANTINED,
        "",
    ),
    "a negative price": (
        lambda body: body.replace(b'"prompt": "0.', b'"prompt": "-0.', 1),
        Outcome.QUARANTINED,
        "impossible",
    ),
    "a 100k-deep JSON": (lambda _: b"[" * 100_000 + b"]" * 100_000, Outcome.REJECTED, "WrongShape"),
    "not gzip": (lambda body: body, Outcome.REJECTED, ""),
}


@pytest.mark.django_db
@pytest.mark.parametrize("case", BAD)
def test_a_bad_payload_ends_with_a_name_and_stops_nothing(case: str, world: Path, tmp_path: Path) -> None:
    change, outcome, words = BAD[case]
    bad = world / "openrouter/models-2026-01-02.json"
    body = bad.read_bytes()
    damaged = change(body)
    if case == "not gzip":
        bad.rename(bad.with_name("models-2026-01-02.json.gz"))
    else:
        assert damaged != body
        bad.write_bytes(damaged)
    found = ends(world, tmp_path / "archive")
    [end] = [end for end in found if end.source == "openrouter"]
    assert (end.outcome, words in end.reason) == (outcome, True), end.reason
    assert outcomes(found)["aider/polyglot_leaderboard.yml"] == Outcome.ACCEPTED
    assert not Observation.objects.filter(subject__source="openrouter").exists()
    assert Fetch.objects.get(source="openrouter").reason == end.reason


@pytest.mark.django_db
def test_a_compressed_recording_is_the_same_as_a_plain_one(world: Path, tmp_path: Path) -> None:
    ends(world, tmp_path / "archive", "openrouter")
    plain = world / "openrouter/models-2026-01-02.json"
    (world / "openrouter/models-2026-01-05.json.gz").write_bytes(gzip.compress(plain.read_bytes()))
    found = outcomes(ends(world, tmp_path / "archive", "openrouter"))
    assert set(found.values()) == {"unchanged"}


@pytest.mark.django_db
def test_a_file_nobody_asks_for_is_unsupported_and_stores_nothing(tmp_path: Path) -> None:
    (tmp_path / "world" / "arena").mkdir(parents=True)
    (tmp_path / "world" / "arena" / "board@2026-01-01.csv").write_text("a,b\n1,2\n")
    [end] = ends(tmp_path / "world", tmp_path / "archive")
    assert (end.source, end.outcome) == ("arena", Outcome.UNSUPPORTED)
    assert not Fetch.objects.exists()
