"""A ZIP is opened within caps, and one that was made to do harm is refused by name."""

from __future__ import annotations

import io
import stat
import zipfile
from datetime import UTC, datetime

import pytest

from models_catalog.sources import zip_archive
from models_catalog.sources.contract import EmptyPayload, Page, PayloadError, Truncated, WrongShape
from models_catalog.sources.zip_archive import members_of

Members = dict[str | zipfile.ZipInfo, bytes]
MEMBERS: Members = {"board.csv": b"model,score\nOtter 2,71.4\n", "more/heron.csv": b"model,score\nHeron,12\n"}


def packed(members: Members) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return stream.getvalue()


def opened(body: bytes) -> dict[str, bytes]:
    return dict(members_of(Page("archive", "https://tidewater.example/all.zip", body, datetime.now(UTC))))


def test_every_ordinary_file_comes_out_with_its_name() -> None:
    assert opened(packed({**MEMBERS, "more/": b""})) == MEMBERS


def test_a_link_is_no_member() -> None:
    link = zipfile.ZipInfo("passwords")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    assert opened(packed({**MEMBERS, link: b"/etc/passwd"})) == MEMBERS


@pytest.mark.parametrize("name", ["../board.csv", "a/../../b.csv", "/etc/cron.csv", "..\\b.csv", "C:/b.csv"])
def test_a_name_that_leads_out_refuses_the_whole_archive(name: str) -> None:
    with pytest.raises(WrongShape, match="leads out of the archive"):
        opened(packed({**MEMBERS, name: b"x"}))


@pytest.mark.filterwarnings("ignore:Duplicate name")  # writing two of one name is what is tried here
def test_two_members_of_one_name_are_refused() -> None:
    one, other = zipfile.ZipInfo("board.csv"), zipfile.ZipInfo("board.csv")
    with pytest.raises(WrongShape, match="two members of one name"):
        opened(packed({one: b"1", other: b"2"}))


def test_a_member_that_grows_a_thousandfold_is_refused() -> None:
    with pytest.raises(WrongShape, match="grows more than 200 times"):
        opened(packed({"bomb.csv": b"0" * 2_000_000}))


@pytest.mark.parametrize(
    ("cap", "words"),
    [
        ("MOST_MEMBERS", "2 members"),
        ("MOST_BYTES", "bytes in one archive"),
        ("LARGEST_MEMBER", "at most 1 are read"),
    ],
)
def test_caps_on_members_and_bytes_hold(cap: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_archive, cap, 1)
    with pytest.raises(WrongShape, match=words):
        opened(packed(MEMBERS))


def test_a_directory_that_lies_about_a_size_is_caught() -> None:
    body = packed({"board.csv": MEMBERS["board.csv"]})
    true, false = (size.to_bytes(4, "little") for size in (len(MEMBERS["board.csv"]), 5))
    assert body.count(true) >= 2
    with pytest.raises(WrongShape, match=r"damaged|not as long"):
        opened(body.replace(true, false))


def test_a_flipped_byte_is_damage_never_a_value() -> None:
    body = bytearray(packed(MEMBERS))
    body[45] ^= 0xFF
    with pytest.raises(PayloadError):
        opened(bytes(body))


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", EmptyPayload),
        (packed({}), EmptyPayload),
        (packed(MEMBERS)[:-30], Truncated),
        (b"model,score\n", WrongShape),
        (b"<!doctype html><title>502</title>", WrongShape),
    ],
    ids=["nothing", "no member", "cut", "a CSV", "HTML"],
)
def test_what_is_no_whole_archive_is_named(body: bytes, error: type[PayloadError]) -> None:
    with pytest.raises(error):
        opened(body)
