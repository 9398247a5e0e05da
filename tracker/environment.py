"""Typed readers of environment variables that fail loudly on a bad value. Secrets also from `NAME_FILE`."""

import os
import re
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """The variable, or the content of the file named by NAME_FILE, or the default."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            why = (error.strerror if isinstance(error, OSError) else None) or "it is not UTF-8 text"
            raise ImproperlyConfigured(f"{name}_FILE={path!r} cannot be read: {why}") from error
    return os.environ.get(name, "") or default


def flag(name: str, default: bool = False) -> bool:
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is not a yes/no value: use 1 or 0")


def number(name: str, default: int, *, low: int = 0, high: int = 2**31) -> int:
    value = text(name)
    if not value:
        return default
    if not value.isdecimal() or not low <= int(value) <= high:
        raise ImproperlyConfigured(f"{name}={value!r} must be a whole number from {low} to {high}")
    return int(value)


def seconds(name: str, default: int) -> timedelta:
    return timedelta(seconds=number(name, default, low=1))


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def pairs(name: str) -> dict[str, str]:
    """A comma-separated list of key=value."""
    found = dict[str, str]()
    for word in words(name):
        key, equals, value = (part.strip() for part in word.partition("="))
        if not (key and equals and value):
            raise ImproperlyConfigured(f"{name}={word!r} is not key=value")
        found[key] = value
    return found


def database(name: str, default: str) -> dict[str, object]:
    """A postgres:// address as Django's DATABASES entry; a socket folder goes into `?host=`."""
    try:
        parts = urlsplit(text(name, default))
        port = parts.port
    except ValueError as error:  # its words may repeat the address, which holds a password
        raise ImproperlyConfigured(f"{name} is not an address: its host or port cannot be read") from error
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name} must start with postgres:// (Open Gap runs on Postgres only)")
    database_name = unquote(parts.path.lstrip("/"))
    if not database_name:
        raise ImproperlyConfigured(f"{name} names no database: end it with /opengap")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database_name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": str(query.pop("port", None) or port or ""),
        "OPTIONS": query,
    }


def mail(name: str) -> dict[str, object]:
    """How mail leaves, as Django's EMAIL_* settings.

    "folder:" (default) writes files into the data folder; "smtp://user:password@host:587" speaks STARTTLS on port
    587 (or with ?starttls=1), "smtps://…" TLS from the start; "anymail://postmark" hands over to a provider.
    """
    address = text(name, "folder:")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:  # its words may repeat the address, which holds a password
        raise ImproperlyConfigured(f"{name} is not an address: its host or port cannot be read") from error
    match parts.scheme:
        case "folder":
            return {"EMAIL_BACKEND": "models_catalog.subscriptions.mailbox.FolderBackend"}
        case "anymail" if parts.hostname:
            provider = parts.hostname.replace("-", "_")
            return {"EMAIL_BACKEND": f"anymail.backends.{provider}.EmailBackend"}
        case "smtp" | "smtps" if parts.hostname:
            safe = parts.scheme == "smtps"
            port = port or (465 if safe else 25)
            return {
                "EMAIL_BACKEND": "models_catalog.digests.smtp.WatchedBackend",
                "EMAIL_HOST": parts.hostname,
                "EMAIL_PORT": port,
                "EMAIL_HOST_USER": unquote(parts.username or ""),
                "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
                "EMAIL_USE_SSL": safe,
                "EMAIL_USE_TLS": not safe and (port == 587 or parse_qs(parts.query).get("starttls") == ["1"]),
            }
    raise ImproperlyConfigured(f"{name} must be folder:, smtp://host, smtps://host or anymail://provider")


def inbox(name: str) -> dict[str, str]:
    """The mailbox for mail to us: maildir:/folder, imaps://user:password@host/INBOX or imap://…; empty for none."""
    address = text(name)
    if not address:
        return {}
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:  # its words may repeat the address, which holds a password
        raise ImproperlyConfigured(f"{name} is not an address: its host or port cannot be read") from error
    if parts.scheme == "maildir" and parts.path.startswith("/") and not parts.netloc:
        return {"scheme": "maildir", "path": unquote(parts.path)}
    if parts.scheme in {"imap", "imaps"} and parts.hostname and parts.username and parts.password:
        return {
            "scheme": parts.scheme,
            "host": parts.hostname,
            "port": str(port or (993 if parts.scheme == "imaps" else 143)),
            "user": unquote(parts.username),
            "password": unquote(parts.password),
            "folder": unquote(parts.path.strip("/")).replace('"', "") or "INBOX",
        }
    raise ImproperlyConfigured(f"{name} must be maildir:/folder or imaps://user:password@host/INBOX")


def address(name: str) -> str:
    """A plain mail address, or nothing."""
    value = text(name)
    if value and not re.fullmatch(r"[\w.+-]+@[\w.-]+", value, re.ASCII):
        raise ImproperlyConfigured(f"{name}={value!r} is not a mail address")
    return value


def site(name: str, default: str) -> str:
    """The address people reach the site at, without a slash at its end."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"{name}={value!r} is not an address like https://gap.example.org")
    return value


def limit_statements(database: dict[str, object], milliseconds: int) -> None:
    """Let Postgres end every statement of these connections that takes longer."""
    options = database["OPTIONS"]
    assert isinstance(options, dict)
    given = f"{options.get('options', '')} -c statement_timeout={milliseconds}".strip()
    database["OPTIONS"] = options | {"options": given}


def networks(name: str) -> list[str]:
    """A comma-separated list of addresses and networks."""
    found = words(name)
    for word in found:
        try:
            ip_network(word)
        except ValueError as error:
            raise ImproperlyConfigured(f"{name}={word!r} is not an address or a network: {error}") from error
    return found


def shared_cache(broker: str) -> dict[str, object]:
    """The cache all processes share, beside the broker where that is a Redis or Valkey; else one per process."""
    parts = urlsplit(broker)
    query = parse_qs(parts.query)
    schemes = {"redis": "redis", "valkey": "redis", "rediss": "rediss", "valkeys": "rediss"}
    if parts.scheme == "redis+socket":
        address = f"unix://{parts.path}?db={query.get('virtual_host', ['0'])[-1]}"
    elif parts.scheme in schemes:
        address = parts._replace(scheme=schemes[parts.scheme]).geturl()
    else:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "limits"}
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": address,
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
    }
