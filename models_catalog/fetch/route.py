"""Where one source may fetch from: its declared hosts over https, or the local mirror the operator named."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from models_catalog.fetch.errors import ForbiddenRedirect
from models_catalog.sources.contract import Source

HTTPS_PORT = 443
DEFAULT_PORTS = {"http": 80, "https": HTTPS_PORT}
OWN_DOMAINS = {"localhost", "local", "internal", "lan", "home", "test"}  # no public registry delegates them


@dataclass(frozen=True, slots=True)
class Route:
    """`mirror` is "" for the live source, else the base address that replaces scheme and host."""

    source: Source
    mirror: str = ""

    def __post_init__(self) -> None:
        if self.mirror and not is_address(self.mirror):
            raise ValueError(f"the mirror of {self.source.slug} needs an http:// or https:// address")

    @property
    def local(self) -> bool:
        return bool(self.mirror)

    @property
    def own(self) -> bool:
        """Does the mirror belong to whoever runs this? Another public host is asked as politely as the live one."""
        return self.local and is_own(split(self.mirror).hostname or "")

    def address(self, url: str) -> str:
        """The address to ask for `url`. ForbiddenRedirect when the source may not fetch it."""
        declared(self.source, url)
        return mirrored(self.mirror, url) if self.mirror else without_fragment(url)

    def hop(self, url: str, location: str) -> str:
        """The address a redirect from `url` leads to, if this source may follow it."""
        target = without_fragment(joined(url, readable(location)))
        if not self.mirror:
            declared(self.source, target)
        elif origin(target) != origin(self.mirror):
            raise ForbiddenRedirect(f"the mirror {self.mirror} redirects to {shown(target)}: not followed")
        return target

    def canonical(self, address: str, url: str) -> str:
        """An address an answer names, as the source knows it: a mirror's own address becomes the live one."""
        if not self.mirror or origin(address) != origin(self.mirror):
            return address
        live, parts = split(url), split(address)
        path = parts.path.removeprefix(split(self.mirror).path.rstrip("/"))
        return urlunsplit((live.scheme, live.netloc, path, parts.query, ""))


def is_address(text: str) -> bool:
    """True for an http(s) address with a host and nothing secret in it; false for a folder's path."""
    try:
        parts = urlsplit(text)
        return parts.scheme in DEFAULT_PORTS and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def is_own(host: str) -> bool:
    """Loopback, a private address, or a name that only a network of one's own resolves."""
    try:
        address = ip_address(host)
    except ValueError:
        return "." not in host or host.rpartition(".")[2] in OWN_DOMAINS
    return address.is_loopback or address.is_private


def mirror_folder(mirror: str) -> Path | None:
    """The folder a mirror setting names, or None when it is the address of a server."""
    return None if not mirror or "://" in mirror else Path(mirror)


def declared(source: Source, url: str) -> None:
    """Refuse what the source does not declare: another scheme, host or port, or a login in the URL."""
    parts = split(url)
    if parts.scheme != "https":
        raise ForbiddenRedirect(f"{shown(url)} is not https: not fetched")
    if parts.username is not None or port_of(parts, url) != HTTPS_PORT:
        raise ForbiddenRedirect(f"{shown(url)} carries a login or a port of its own: not fetched")
    if parts.hostname not in source.hosts:
        raise ForbiddenRedirect(f"{parts.hostname or shown(url)} is not a host of {source.slug}: not fetched")


def mirrored(mirror: str, url: str) -> str:
    base, parts = split(mirror), split(url)
    path = base.path.rstrip("/") + parts.path
    return urlunsplit((base.scheme, base.netloc, path, parts.query, ""))


def origin(url: str) -> tuple[str, str, int]:
    parts = split(url)
    return parts.scheme, parts.hostname or "", port_of(parts, url)


def port_of(parts: SplitResult, url: str) -> int:
    try:
        return parts.port or DEFAULT_PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise ForbiddenRedirect(f"{shown(url)} is not an address that can be fetched") from error


def split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError as error:
        raise ForbiddenRedirect(f"{shown(url)} is not an address that can be fetched") from error


def joined(url: str, reference: str) -> str:
    """An address relative to another, made absolute."""
    try:
        return urljoin(url, reference)
    except ValueError as error:
        raise ForbiddenRedirect(f"{shown(reference)} is not an address that can be fetched") from error


def without_fragment(url: str) -> str:
    return urlunsplit(split(url)._replace(fragment=""))


def readable(location: str) -> str:
    """http.client reads headers as Latin-1; servers write UTF-8."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location


def shown(url: str) -> str:
    """An outside address for a message: quoted, so that nothing in it can act, and at most 200 characters."""
    return repr(url[:200])
