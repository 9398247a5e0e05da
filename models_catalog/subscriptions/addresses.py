"""Is this a mail address, and which one? One way to write each, and a keyed hash that stands for it.

The domain is kept in ASCII (IDNA 2008), so that "straße" and "strasse" stay two domains.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

import idna
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

LONGEST = 254  # RFC 5321: a path of 256 octets, less its angle brackets
LONGEST_LOCAL = 64
check_form = EmailValidator()


class BadAddress(ValueError):
    """Why a text is no address we can write to: one sentence for the person who typed it."""


@dataclass(frozen=True, slots=True)
class Address:
    """`text` is what mail is sent to; `hash` is the same for every way to write the same mailbox."""

    text: str

    @property
    def hash(self) -> str:
        return keyed_hash("address", self.text.lower())

    @property
    def readable(self) -> str:
        """With the domain in its own letters, for a person."""
        local, _, domain = self.text.rpartition("@")
        try:
            return f"{local}@{idna.decode(domain)}"
        except idna.IDNAError:
            return self.text


def read_address(typed: str) -> Address:
    """The address a person typed. Raises BadAddress in words for that person."""
    text = typed.strip(" ")
    if any(not character.isprintable() for character in text):
        raise BadAddress("An address is one line without tabs, line breaks or invisible characters.")
    local, at, domain = text.rpartition("@")
    if not at or not local or not domain:
        raise BadAddress("An address looks like name@example.org.")
    if not local.isascii():
        raise BadAddress("We cannot write to an address with other than ASCII letters before the @.")
    if len(local) > LONGEST_LOCAL:
        raise BadAddress("The part before the @ is longer than an address may have.")
    whole = f"{local}@{ascii_domain(domain)}"
    if len(whole) > LONGEST:
        raise BadAddress("That is longer than an address may be.")
    try:
        check_form(whole)
    except ValidationError as error:
        raise BadAddress("That is not an address mail can be sent to.") from error
    return Address(whole)


def ascii_domain(domain: str) -> str:
    """ "bücher.example" -> "xn--bcher-kva.example", lower case. Raises BadAddress."""
    if domain.startswith("["):
        raise BadAddress("An address needs a domain name after the @.")
    if len(domain) > LONGEST:
        raise BadAddress("The part after the @ is longer than a domain name may be.")
    try:
        return idna.encode(domain, uts46=True).decode("ascii").lower()
    except idna.IDNAError as error:
        raise BadAddress("The part after the @ is no domain name.") from error


def keyed_hash(purpose: str, text: str) -> str:
    """64 hexadecimal digits; without the installation's key nobody can try addresses against it."""
    key = hashlib.sha256(f"opengap.{purpose}\0{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
