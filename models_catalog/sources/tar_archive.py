"""A tar archive's members as bytes, one by one, within caps. Nothing is ever written to a disk.

An archive may arrive packed by gzip. Links, devices and sparse files are no members; names are labels only.
"""

from __future__ import annotations

import gzip
import io
import tarfile
import zlib
from collections.abc import Iterator

from models_catalog.sources.contract import EmptyPayload, Page, Truncated, WrongShape
from models_catalog.sources.reading import markup

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
GZIP, MAGIC, MAGIC_AT = b"\x1f\x8b", b"ustar", 257
END = b"\0" * 1024  # two empty blocks end an archive
MOST_BYTES = 20 * 1024 * 1024
MOST_MEMBERS = 5_000
LARGEST_MEMBER = 256 * 1024
BROKEN = (tarfile.TarError, ValueError, OverflowError, EOFError)


def members_of(page: Page, endings: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """Name and content of every ordinary file whose name ends so.

    EmptyPayload, Truncated, WrongShape; a member that is too large is WrongShape too.
    """
    body = unpacked(page.body.removeprefix(BYTE_ORDER_MARK))
    with opened(body) as archive:
        for member in members(archive, body):
            if not member.isreg() or member.issparse() or not member.name.endswith(endings):
                continue
            if member.size > LARGEST_MEMBER:
                raise WrongShape(f"a member of {member.size} bytes, at most {LARGEST_MEMBER} are read")
            yield member.name, content(archive, member)


def unpacked(body: bytes) -> bytes:
    if body.startswith(GZIP):
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(body)) as stream:
                body = stream.read(MOST_BYTES + 1)
        except EOFError:
            raise Truncated("the gzip stream stops in the middle") from None
        except (OSError, zlib.error) as error:
            raise WrongShape(f"not gzip: {error}") from None
    if not body.strip():
        raise EmptyPayload("the page is empty where an archive is due")
    if body.lstrip().startswith(b"<"):
        raise markup(body.decode("utf-8", "replace"), "an archive")
    if len(body) > MOST_BYTES:
        raise WrongShape(f"more than {MOST_BYTES} bytes of archive")
    return body


def opened(body: bytes) -> tarfile.TarFile:
    if body[MAGIC_AT : MAGIC_AT + len(MAGIC)] != MAGIC:
        raise WrongShape("not a tar archive: its first block has no such mark")
    if not body.endswith(END):
        raise Truncated("the archive stops in the middle: it does not end with two empty blocks")
    try:
        return tarfile.open(fileobj=io.BytesIO(body), mode="r:")
    except BROKEN as error:
        raise WrongShape(f"not a tar archive: {error}") from None


def members(archive: tarfile.TarFile, body: bytes) -> Iterator[tarfile.TarInfo]:
    """The library takes a damaged header for the end; so whatever follows the end must be empty."""
    for number in range(MOST_MEMBERS + 1):
        try:
            member = archive.next()
        except BROKEN as error:
            raise Truncated(f"the archive stops in the middle: {error}") from None
        if member is None and body[archive.offset :].strip(b"\0"):
            raise WrongShape("the archive is damaged: no header where a member is due")
        if member is None:
            return
        if number == MOST_MEMBERS:
            raise WrongShape(f"more than {MOST_MEMBERS} members in one archive")
        yield member


def content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    try:
        stream = archive.extractfile(member)
        body = stream.read(LARGEST_MEMBER + 1) if stream else b""
    except BROKEN as error:
        raise Truncated(f"the archive stops in the middle: {error}") from None
    return body
