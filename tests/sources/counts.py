"""How many records of each kind one recorded file gives, and how many of its rows cannot be read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Counts:
    release: int = 0
    licence: int = 0
    downloads: int = 0
    price: int = 0
    score: int = 0
    runtime: int = 0
    lifecycle: int = 0
    openness: int = 0
    provider: int = 0
    problems: int = 0
