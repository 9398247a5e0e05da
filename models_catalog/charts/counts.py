"""Counts of models in tables: every number leads to exactly the models it counts."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from models_catalog.charts.figure import Cell, Rows
from models_catalog.charts.landscape_drawing import OPEN_TIERS
from models_catalog.charts.numerals import count, whole
from models_catalog.charts.words import COUNTED
from models_catalog.findings.claims.records import Verdict
from models_catalog.vocabulary import Access, Tier

Asked = Mapping[str, str]  # of the list of models

OPEN: Asked = {"access": Access.OPEN}
VERDICTS = {  # of one claim, of several
    Verdict.HOLDS: ("holds", "hold"),
    Verdict.PARTLY: ("holds in part", "hold in part"),
    Verdict.FAILS: ("does not hold", "do not hold"),
    Verdict.UNSETTLED: ("is not settled by data", "are not settled by data"),
}
SEGMENTS: tuple[Asked, ...] = (  # in the order of the drawing's
    *({**OPEN, "tier": tier} for tier in (*OPEN_TIERS, Tier.UNKNOWN)),
    {"access": Access.CLOSED},
    {"access": Access.UNKNOWN},
)


def counted(number: int, asked: Asked, aside: str = "") -> Cell:
    """A count with the list behind it; none have no list."""
    return Cell(whole(number), aside=aside, rows=models_asked(asked) if number else None)


def counts_by_access(total: int, access: Mapping[Access, int]) -> str:
    """ "41 models, 30 with open weights, 11 closed" """
    said = [f"{whole(access[one])} {word}" for one, word in COUNTED.items() if access.get(one)]
    return ", ".join([count(total, "model"), *said])


def counts_by_verdict(held: Mapping[Verdict, int]) -> str:
    """ "9 hold, 1 holds in part, 5 do not hold", those there are."""
    return ", ".join(
        f"{whole(held[one])} {words[held[one] != 1]}" for one, words in VERDICTS.items() if held[one]
    )


def models_asked(asked: Asked) -> Rows:
    return Rows("models", query=tuple((name, str(value)) for name, value in asked.items() if value))


def view_of(query: str) -> dict[str, str]:
    """What a page's view was asked for, from the query of its address."""
    return dict(parse_qsl(query))


def segments(total: int, opened: int, counts: tuple[int, ...], asked: Asked) -> tuple[Cell, ...]:
    """All, open, then one count per segment of the drawing, of those `asked` for."""
    numbers = zip(counts, SEGMENTS, strict=True)
    return (
        counted(total, asked),
        counted(opened, {**asked, **OPEN}),
        *(counted(number, {**asked, **segment}) for number, segment in numbers),
    )
