"""Which host is it? Sources spell one host in several ways; a reviewed table says which are one."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

PATH = Path(__file__).with_name("hosts.toml")


def host_named(provider: str) -> str:
    """The one name of a provider as a source writes it. What follows a slash tells offers of one host apart."""
    word = provider.partition("/")[0].strip().lower()
    return host_names().get(word, word)


@cache
def host_names() -> dict[str, str]:
    """Every other name -> the host's name. ValueError when a name is given to two hosts, or without a reason."""
    known: dict[str, str] = {}
    hosts = tomllib.loads(PATH.read_text(encoding="utf-8"))["host"]
    names = {host["name"] for host in hosts}
    for host in hosts:
        for word in host["also"]:
            if word in names or word in known or not host["reason"]:
                raise ValueError(f"hosts.toml: {word!r} is two hosts, or stands there without a reason")
            known[word] = host["name"]
    return known
