"""Certificates for tests, made on the spot: no key is committed, nothing expires, no package is needed.

ECDSA over P-256 (FIPS 186-4) and just enough of X.509 (RFC 5280) for `ssl` to accept, or refuse, a server.
Never for use outside tests: the arithmetic takes no care of timing.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

PRIME = 2**256 - 2**224 + 2**192 + 2**96 - 1
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
Point = tuple[int, int]
BASE: Point = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)

INTEGER, BITS, OCTETS, OBJECT, UTF8, TIME, SEQUENCE, SET = 0x02, 0x03, 0x04, 0x06, 0x0C, 0x17, 0x30, 0x31
ECDSA_SHA256 = bytes.fromhex("2a8648ce3d040302")
EC_KEY = bytes.fromhex("2a8648ce3d0201")
P256 = bytes.fromhex("2a8648ce3d030107")
COMMON_NAME = bytes.fromhex("550403")
SUBJECT_KEY, KEY_USAGE, ALTERNATIVE_NAMES, CONSTRAINTS, AUTHORITY_KEY, EXTENDED_USAGE = (
    bytes.fromhex(f"551d{number}") for number in ("0e", "0f", "11", "13", "23", "25")
)
SERVER = bytes.fromhex("2b06010505070301")
TRUE = b"\x01\x01\xff"


def added(left: Point | None, right: Point | None) -> Point | None:
    """The sum of two points of the curve; None is the point at infinity."""
    if left is None or right is None:
        return left or right
    if left[0] == right[0] and (left[1] + right[1]) % PRIME == 0:
        return None
    if left == right:
        slope = (3 * left[0] ** 2 - 3) * pow(2 * left[1], -1, PRIME)
    else:
        slope = (right[1] - left[1]) * pow(right[0] - left[0], -1, PRIME)
    x = (slope**2 - left[0] - right[0]) % PRIME
    return x, (slope * (left[0] - x) - left[1]) % PRIME


def times(factor: int) -> Point:
    total: Point | None = None
    power: Point | None = BASE
    while factor:
        if factor & 1:
            total = added(total, power)
        power, factor = added(power, power), factor >> 1
    assert total is not None
    return total


def tagged(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    if len(content) < 128:
        return bytes([tag, len(content)]) + content
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def integer(value: int) -> bytes:
    return tagged(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def bits(content: bytes, unused: int = 0) -> bytes:
    return tagged(BITS, bytes([unused]), content)


@dataclass(frozen=True)
class Key:
    secret: int
    public: bytes

    @classmethod
    def new(cls) -> Key:
        secret = secrets.randbelow(ORDER - 1) + 1
        x, y = times(secret)
        return cls(secret, b"\x04" + x.to_bytes(32, "big") + y.to_bytes(32, "big"))

    @property
    def identifier(self) -> bytes:
        return hashlib.sha256(self.public).digest()[:20]

    @property
    def info(self) -> bytes:
        algorithm = tagged(SEQUENCE, tagged(OBJECT, EC_KEY), tagged(OBJECT, P256))
        return tagged(SEQUENCE, algorithm, bits(self.public))

    def sign(self, message: bytes) -> bytes:
        nonce = secrets.randbelow(ORDER - 1) + 1
        r = times(nonce)[0] % ORDER
        digest = int.from_bytes(hashlib.sha256(message).digest(), "big")
        s = pow(nonce, -1, ORDER) * (digest + r * self.secret) % ORDER
        return tagged(SEQUENCE, integer(r), integer(s))

    def pem(self) -> str:
        secret = tagged(OCTETS, self.secret.to_bytes(32, "big"))
        curve, public = tagged(0xA0, tagged(OBJECT, P256)), tagged(0xA1, bits(self.public))
        return pem("EC PRIVATE KEY", tagged(SEQUENCE, integer(1), secret, curve, public))


def pem(label: str, content: bytes) -> str:
    return f"-----BEGIN {label}-----\n{base64.encodebytes(content).decode()}-----END {label}-----\n"


def name(text: str) -> bytes:
    return tagged(
        SEQUENCE, tagged(SET, tagged(SEQUENCE, tagged(OBJECT, COMMON_NAME), tagged(UTF8, text.encode())))
    )


def moment(value: datetime) -> bytes:
    return tagged(TIME, value.strftime("%y%m%d%H%M%SZ").encode())


def extension(kind: bytes, content: bytes, *, critical: bool = False) -> bytes:
    return tagged(SEQUENCE, tagged(OBJECT, kind), TRUE if critical else b"", tagged(OCTETS, content))


@dataclass(frozen=True)
class Authority:
    """A certificate authority that exists for one test run."""

    key: Key
    title: str

    @classmethod
    def new(cls, title: str = "test authority") -> Authority:
        return cls(Key.new(), title)

    def certificate(self) -> str:
        extensions = (
            extension(CONSTRAINTS, tagged(SEQUENCE, TRUE), critical=True),
            extension(KEY_USAGE, bits(b"\x06", unused=1), critical=True),
            extension(SUBJECT_KEY, tagged(OCTETS, self.key.identifier)),
        )
        return self._signed(self.title, self.key, timedelta(days=1), extensions)

    def server(self, host: str, *, valid_for: timedelta = timedelta(days=1)) -> str:
        """Certificate and key for a host, as one PEM text. A negative `valid_for` makes an expired one."""
        key = Key.new()
        extensions = (
            extension(CONSTRAINTS, tagged(SEQUENCE), critical=True),
            extension(KEY_USAGE, bits(b"\x80", unused=7), critical=True),
            extension(EXTENDED_USAGE, tagged(SEQUENCE, tagged(OBJECT, SERVER))),
            extension(ALTERNATIVE_NAMES, tagged(SEQUENCE, tagged(0x82, host.encode()))),
            extension(SUBJECT_KEY, tagged(OCTETS, key.identifier)),
            extension(AUTHORITY_KEY, tagged(SEQUENCE, tagged(0x80, self.key.identifier))),
        )
        return self._signed(host, key, valid_for, extensions) + key.pem()

    def _signed(self, subject: str, key: Key, valid_for: timedelta, extensions: tuple[bytes, ...]) -> str:
        now = datetime.now(UTC)
        algorithm = tagged(SEQUENCE, tagged(OBJECT, ECDSA_SHA256))
        validity = tagged(SEQUENCE, moment(now - timedelta(days=30)), moment(now + valid_for))
        statement = tagged(
            SEQUENCE,
            tagged(0xA0, integer(2)),
            integer(secrets.randbits(64) | 1),
            algorithm,
            name(self.title),
            validity,
            name(subject),
            key.info,
            tagged(0xA3, tagged(SEQUENCE, *extensions)),
        )
        return pem("CERTIFICATE", tagged(SEQUENCE, statement, algorithm, bits(self.key.sign(statement))))


def written(folder: Path, file: str, text: str) -> Path:
    path = folder / file
    path.write_text(text, encoding="ascii")
    return path
