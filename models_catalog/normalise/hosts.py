"""Which host is it? Sources spell one host in several ways; a reviewed table says which are one."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

PATH = Path(__file__).with_name("hosts.toml")


def host_named(provider: str) -> str:
    """The one name of a provider as a source writes it. What follows a slash tells offers of one host apart."""
    word = provider.partition("/")[0].strip().lower()
    return host_names().get(word, word)


def host_title(provider: str) -> str:
    """What readers call it: "nano-gpt" -> "NanoGPT", "novita/fp8" -> "NovitaAI (fp8)"; unknown, as it is written."""
    name, _, offer = provider.partition("/")
    titles = table(PATH)["titles"]
    title = titles.get(name.lower()) or titles.get(host_named(name)) or name
    return f"{title} ({offer})" if offer else title


@cache
def table(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def host_names() -> dict[str, str]:
    """Every other name -> the host's name. ValueError when a name is given to two hosts, or without a reason."""
    known: dict[str, str] = {}
    hosts = table(PATH)["host"]
    names = {host["name"] for host in hosts}
    for host in hosts:
        for word in host["also"]:
            if word in names or word in known or not host["reason"]:
                raise ValueError(f"hosts.toml: {word!r} is two hosts, or stands there without a reason")
            known[word] = host["name"]
    return known
