"""The reviewed table of frontier records, `normalise/frontier.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from models_catalog import normalise


def frontier_records() -> list[dict[str, Any]]:
    path = Path(str(normalise.__file__)).with_name("frontier.toml")
    rows: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["record"]
    return rows
