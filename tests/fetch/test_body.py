"""Decoding with a meter running, on every way a body can be cut into pieces."""

from __future__ import annotations

import contextlib
import gzip
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_catalog.fetch.body import read_body, size
from models_catalog.fetch.errors import CutShort, GzipBomb, TooLarge
from models_catalog.fetch.limits import Caps
from models_catalog.sources.contract import SourceError, WrongShape

WIDE = Caps(wire=2**22, decoded=2**22, ratio=10_000)
TEXT = b"".join(b"line %d of an honest text\n" % number for number in range(500))


def pieces(content: bytes, length: int) -> Iterator[bytes]:
    for start in range(0, len(content), length):
        yield content[start : start + length]


def raw_deflate(content: bytes) -> bytes:
    engine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return engine.compress(content) + engine.flush()


ENCODED = {
    "": TEXT,
    "identity": TEXT,
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT),
    " GZip ": gzip.compress(TEXT),
    "deflate": zlib.compress(TEXT),
}


@pytest.mark.parametrize("encoding", list(ENCODED))
@pytest.mark.parametrize("length", [1, 2, 7, 1000, 10**6])
def test_a_body_is_the_same_however_it_is_cut(encoding: str, length: int) -> None:
    body = read_body(pieces(ENCODED[encoding], length), encoding, WIDE, "test")
    assert body.content == TEXT
    assert body.wire == len(ENCODED[encoding])


@pytest.mark.parametrize("length", [2, 1000])
def test_deflate_without_its_header_is_read_too(length: int) -> None:
    assert read_body(pieces(raw_deflate(TEXT), length), "deflate", WIDE, "test").content == TEXT


def test_gzip_streams_one_after_the_other_are_one_body() -> None:
    joined = gzip.compress(TEXT) + gzip.compress(b"") + gzip.compress(b"end")
    assert read_body(pieces(joined, 64), "gzip", WIDE, "test").content == TEXT + b"end"


def test_a_thousand_empty_gzip_streams_are_refused() -> None:
    with pytest.raises(WrongShape, match="more than 64 compressed streams"):
        read_body(pieces(gzip.compress(b"") * 1000, 4096), "gzip", WIDE, "test")


def test_bytes_after_the_end_are_an_error() -> None:
    with pytest.raises(WrongShape, match="not valid gzip"):
        read_body([gzip.compress(TEXT) + b"more"], "gzip", WIDE, "test")


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_nothing_is_an_empty_body_and_not_a_cut_one(encoding: str) -> None:
    assert read_body([], encoding, WIDE, "test").content == b""


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_every_shortened_body_is_named(encoding: str) -> None:
    whole = ENCODED[encoding]
    for kept in range(1, len(whole), 37):
        with pytest.raises(CutShort, match="ends in the middle"):
            read_body([whole[:kept]], encoding, WIDE, "test")


@given(st.binary(min_size=1, max_size=300), st.sampled_from(["gzip", "deflate"]))
def test_noise_is_read_or_named_but_never_crashes(noise: bytes, encoding: str) -> None:
    with contextlib.suppress(SourceError):
        read_body([noise], encoding, WIDE, "test")


def test_a_bomb_is_refused_after_its_first_steps() -> None:
    taken = 0

    def bomb() -> Iterator[bytes]:
        nonlocal taken
        block = repeating_block()
        yield b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
        for _ in range(10_000):
            taken += 1
            yield block

    caps = Caps(wire=2**30, decoded=2**40)
    with pytest.raises(GzipBomb, match="over 200 times"):
        read_body(bomb(), "gzip", caps, "test")
    assert taken <= 2


def repeating_block() -> bytes:
    """Deflate data for 1 MiB of zeros that may be repeated for ever: it refers to nothing before it."""
    engine = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    return engine.compress(bytes(2**20)) + engine.flush(zlib.Z_FULL_FLUSH)


def test_a_short_run_of_blanks_may_compress_as_well_as_it_likes() -> None:
    blanks = b" " * 2**20
    body = read_body([gzip.compress(blanks)], "gzip", Caps(wire=2**20, decoded=2**21), "test")
    assert body.content == blanks


def test_the_caps_are_inclusive() -> None:
    caps = Caps(wire=10, decoded=10)
    assert read_body([b"0123456789"], "", caps, "test").content == b"0123456789"
    with pytest.raises(TooLarge, match="test sent more than 10 bytes"):
        read_body([b"0123456789", b"x"], "", caps, "test")


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 bytes"), (1023, "1023 bytes"), (1024, "1 kB"), (1536, "1.5 kB"), (5 * 2**20, "5 MB")],
)
def test_sizes_are_said_as_readers_say_them(count: int, said: str) -> None:
    assert size(count) == said
