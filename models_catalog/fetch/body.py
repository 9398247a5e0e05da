"""Reading a body with a meter running: bytes on the wire, bytes decoded, and the ratio between them.

Decoding is done here, in steps of at most 1 MiB, so that a small body that expands to gigabytes is refused
after its first steps, whoever sent it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models_catalog.fetch.errors import CutShort, GzipBomb, TooLarge
from models_catalog.fetch.limits import MEBIBYTE, Caps
from models_catalog.sources.contract import WrongShape

STEP = MEBIBYTE
GZIP = 16 + zlib.MAX_WBITS
MOST_MEMBERS = 64  # a gzip stream may be several joined together; thousands are an attack
IDENTITY = frozenset({"", "identity"})
GZIP_NAMES = frozenset({"gzip", "x-gzip"})
ACCEPTED = "gzip, deflate"


@dataclass(frozen=True, slots=True)
class Body:
    """A whole body, decoded; `wire` is how many bytes were sent for it."""

    content: bytes
    wire: int


class Meter:
    """Counts both sides and refuses as soon as a cap is passed."""

    def __init__(self, caps: Caps, subject: str) -> None:
        self.caps, self.subject = caps, subject
        self.wire = self.decoded = 0

    def taken(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self.wire += len(chunk)
            if self.wire > self.caps.wire:
                raise TooLarge(f"{self.subject} sent more than {size(self.caps.wire)}")
            yield chunk

    def given(self, piece: bytes) -> bytes:
        self.decoded += len(piece)
        if self.decoded > self.caps.ratio_floor and self.decoded > self.caps.ratio * self.wire:
            raise GzipBomb(
                f"{self.subject}: {size(self.wire)} expanded to more than {size(self.decoded)},"
                f" over {self.caps.ratio} times; not read further"
            )
        if self.decoded > self.caps.decoded:
            raise TooLarge(f"{self.subject} expands to more than {size(self.caps.decoded)}")
        return piece


def read_body(chunks: Iterable[bytes], encoding: str, caps: Caps, subject: str) -> Body:
    """All chunks, decoded from `encoding` ("", "gzip" or "deflate"), within the caps.

    Errors: TooLarge, GzipBomb, CutShort (the compressed stream has no end), WrongShape (not that encoding).
    """
    meter = Meter(caps, subject)
    try:
        pieces = [meter.given(piece) for piece in decoded(meter.taken(chunks), encoding, subject)]
    except zlib.error as error:
        raise WrongShape(f"{subject} is not valid {encoding}: {error}") from error
    return Body(b"".join(pieces), meter.wire)


def decoded(chunks: Iterator[bytes], encoding: str, subject: str) -> Iterator[bytes]:
    name = encoding.strip().lower()
    if name in IDENTITY:
        return chunks
    if name in GZIP_NAMES:
        return inflated(chunks, GZIP, subject)
    if name == "deflate":
        return deflated(chunks, subject)
    raise WrongShape(f"{subject} came as {encoding[:40]!r}, an encoding that was not asked for")


def deflated(chunks: Iterator[bytes], subject: str) -> Iterator[bytes]:
    """HTTP's "deflate" is zlib, and some servers send it without the zlib header: look, then decide."""
    first = next(chunks, b"")
    while len(first) == 1 and (more := next(chunks, b"")):
        first += more
    header = len(first) > 1 and first[0] & 0x0F == zlib.DEFLATED and (first[0] * 256 + first[1]) % 31 == 0

    def all_chunks() -> Iterator[bytes]:
        yield first
        yield from chunks

    return inflated(all_chunks(), zlib.MAX_WBITS if header else -zlib.MAX_WBITS, subject)


def inflated(chunks: Iterator[bytes], window: int, subject: str) -> Iterator[bytes]:
    """Pieces of at most 1 MiB. Streams may follow one another; other bytes after the end are an error."""
    engine, members, fed = zlib.decompressobj(window), 1, False
    for chunk in chunks:
        left = chunk
        while left:
            fed = True
            if engine.eof:
                engine, members = zlib.decompressobj(window), members + 1
            if members > MOST_MEMBERS:
                raise WrongShape(f"{subject} consists of more than {MOST_MEMBERS} compressed streams")
            yield engine.decompress(left, STEP)
            left = engine.unconsumed_tail or engine.unused_data
    yield engine.flush()
    if fed and not engine.eof:
        raise CutShort(f"{subject} ends in the middle of its compressed body")


def size(count: int) -> str:
    """A number of bytes as a reader says it."""
    if count >= MEBIBYTE:
        return f"{count / MEBIBYTE:.4g} MB"
    return f"{count / 1024:.4g} kB" if count >= 1024 else f"{count} bytes"
