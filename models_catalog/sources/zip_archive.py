"""A ZIP archive's members as bytes, one by one, within caps. Nothing is ever written to a disk.

Names are labels only, and yet one that would lead out of a folder (`../`, an absolute path, a drive) refuses the
archive: whoever made it meant harm. Folders and links are no members; an encrypted member cannot be read.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from models_catalog.sources.cells import quotable
from models_catalog.sources.contract import EmptyPayload, Page, Truncated, WrongShape
from models_catalog.sources.reading import markup

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
MAGIC = b"PK\x03\x04"
EMPTY = b"PK\x05\x06"  # an archive without a member begins with its end
MOST_BYTES = 50 * 1024 * 1024  # of all members together, unpacked
MOST_MEMBERS = 500
LARGEST_MEMBER = 5 * 1024 * 1024
MOST_RATIO, RATIO_FLOOR = 200, 1024 * 1024  # honest text packs 5 to 30 times
ENCRYPTED = 0x1
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


def members_of(page: Page) -> Iterator[tuple[str, bytes]]:
    """Name and content of every ordinary file. EmptyPayload, Truncated, WrongShape before the first one comes."""
    body = page.body.removeprefix(BYTE_ORDER_MARK)
    with opened(body) as archive:
        members = checked(archive.infolist())
        for member in members:
            yield member.filename, content(archive, member)


def opened(body: bytes) -> zipfile.ZipFile:
    if not body.strip():
        raise EmptyPayload("the page is empty where an archive is due")
    if body.lstrip().startswith(b"<"):
        raise markup(body.decode("utf-8", "replace"), "an archive")
    if body.startswith(EMPTY):
        raise EmptyPayload("the archive has no member")
    if not body.startswith(MAGIC):
        raise WrongShape("not a ZIP archive: it does not begin like one")
    try:
        return zipfile.ZipFile(io.BytesIO(body))
    except UNREADABLE as error:  # its directory stands at its end
        raise Truncated(f"the archive stops in the middle: {quotable(str(error))}") from None


def checked(listed: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The ordinary files, when names, number and sizes are those of an honest archive."""
    if len(listed) > MOST_MEMBERS:
        raise WrongShape(f"{len(listed)} members in one archive, at most {MOST_MEMBERS} are read")
    for member in listed:
        refuse_name(member.filename)
    files = [member for member in listed if not member.is_dir() and not is_link(member)]
    names = [member.filename for member in files]
    if len(set(names)) < len(names):
        raise WrongShape("two members of one name in an archive")
    total = sum(member.file_size for member in files)
    if total > MOST_BYTES:
        raise WrongShape(f"{total} bytes in one archive, at most {MOST_BYTES} are read")
    for member in files:
        refuse_size(member)
    return files


def refuse_name(name: str) -> None:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in name or not path.parts:
        raise WrongShape(f"a member whose name leads out of the archive: {quotable(repr(name))}")


def is_link(member: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(member.external_attr >> 16)


def refuse_size(member: zipfile.ZipInfo) -> None:
    """What the directory says a member costs; `content` holds it to that."""
    name = quotable(member.filename)
    if member.flag_bits & ENCRYPTED:
        raise WrongShape(f"{name} is encrypted")
    if member.file_size > LARGEST_MEMBER:
        raise WrongShape(f"{name} has {member.file_size} bytes, at most {LARGEST_MEMBER} are read")
    if member.file_size > max(RATIO_FLOOR, member.compress_size * MOST_RATIO):
        raise WrongShape(f"{name} grows more than {MOST_RATIO} times when unpacked")


def content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """The member's bytes: no more than it said, all of them, and of the checksum it states."""
    try:
        with archive.open(member) as stream:
            body = stream.read(member.file_size + 1)
    except UNREADABLE as error:
        raise WrongShape(f"{quotable(member.filename)} is damaged: {quotable(str(error))}") from None
    if len(body) != member.file_size:
        raise WrongShape(f"{quotable(member.filename)} is not as long as it says")
    return body
