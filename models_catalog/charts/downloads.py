"""Downloads of families over time, as one recurring list counted them: a line each, cut where it cannot be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import altair as alt

from models_catalog.analysis.shares import FamilyDay
from models_catalog.charts.data import rows_of
from models_catalog.charts.figure import Cell, Column, Data, DataRow, Drawing, Figure, Table, number_column
from models_catalog.charts.frontier_names import shortened
from models_catalog.charts.marks import titled_above
from models_catalog.charts.numerals import count, day, decimal, whole
from models_catalog.charts.render import Shape
from models_catalog.charts.shares import held, written
from models_catalog.charts.theme import token
from models_catalog.findings.handing import Quote
from models_catalog.findings.shares import Shares

WIDE = Shape(712, 300, wide=True)
NARROW = Shape(344, 280, wide=False)
MOST = 6  # families drawn
LONGEST_NAME = 12
LINE_HEIGHT = 15  # pixels
ROOM = 1.08  # over the highest mark
MILLION = 1_000_000
KEYS = ("list", "day", "family", "downloads", "repositories", "break")
CHANGES = "repositories of one family in one list added by Open Gap, never the counts of several days"


@dataclass(frozen=True, slots=True)
class Count:
    """One family on one day, in millions; `cut` when it cannot be compared with the day before."""

    family: str
    day: date
    millions: float
    cut: bool


@dataclass(frozen=True, slots=True)
class DownloadDrawing:
    counts: tuple[Count, ...]  # by family, the largest at the end first; each oldest first

    def lines(self) -> list[tuple[Count, ...]]:
        """Runs that can be compared, in the order drawn."""
        runs = list[tuple[Count, ...]]()
        for at, one in enumerate(self.counts):
            if at and self.counts[at - 1].family == one.family and not one.cut:
                runs[-1] += (one,)
            else:
                runs.append((one,))
        return runs

    def ends(self) -> list[Count]:
        """Each family's newest count."""
        return list({one.family: one for one in self.counts}.values())


def longest_list(found: Shares) -> str:
    """The recorder whose list was read on most days; "" where none was read twice."""
    days = Counter(recorder for recorder, _ in {(row.recorder, row.day) for row in found.families})
    most = max(days, key=lambda recorder: (days[recorder], recorder), default="")
    return most if days[most] > 1 else ""


def download_figure(found: Shares, *, path: str = "", query: str = "") -> Figure | None:
    """None where no list was read on two days."""
    recorder = longest_list(found)
    if not recorder:
        return None
    rows = [row for row in found.families if row.recorder == recorder]
    shown = drawn_families(rows)
    return Figure(
        slug="family-downloads",
        title="Downloads of open-weight families over the thirty days before each day",
        sentence=download_sentence(found, rows, shown[0]),
        reading=f"Counted in {found.lists.get(recorder, recorder)}: what is not on it is not counted. A line is cut, "
        "and its new start hollow, where the number of a family’s repositories on the list changed by more than a "
        "quarter or it was not listed before. The windows of neighbouring days overlap and are never added. "
        "They are counts as the Hub states them, not estimates, so there is no interval. "
        f"{left_out(rows, shown)}".strip(),
        drawing=Drawing(draw_downloads, DownloadDrawing(tuple(counts(found, rows, shown))), WIDE, NARROW),
        table=download_table(found, rows),
        data=Data(KEYS, tuple(data_row(found, row) for row in rows)),
        credits=found.download_credits,
        changes=CHANGES,
        path=path,
        query=query,
        day=found.until,
    )


def drawn_families(rows: list[FamilyDay]) -> list[str]:
    """The largest of the newest day first, of those that stood on the list on half of its days; at least one."""
    days = Counter(row.family for row in rows)
    last = max(row.day for row in rows)
    largest = sorted((row for row in rows if row.day == last), key=lambda row: (-row.downloads, row.family))
    often = [row.family for row in largest if 2 * days[row.family] >= len({row.day for row in rows})]
    return (often or [largest[0].family])[:MOST]


def left_out(rows: Iterable[FamilyDay], shown: list[str]) -> str:
    hidden = len({row.family for row in rows} - set(shown))
    said = f"In the table alone, because they came and went: {count(hidden, 'family', 'families')}."
    return said if hidden else ""


def counts(found: Shares, rows: list[FamilyDay], shown: list[str]) -> list[Count]:
    """Cut, too, after a day on which the family was not on the list."""
    days = sorted({row.day for row in rows})
    follows = {after: before for before, after in pairwise(days)}
    there = {(row.family, row.day) for row in rows}
    own = [row for row in rows if row.family in shown]
    own.sort(key=lambda row: (shown.index(row.family), row.day))
    return [
        Count(
            named(found, row.family),
            row.day,
            round(row.downloads / MILLION, 2),
            bool(row.break_here) or (row.family, follows.get(row.day, row.day)) not in there,
        )
        for row in own
    ]


def named(found: Shares, family: str) -> str:
    return found.names.get(family, family)


def download_sentence(found: Shares, rows: list[FamilyDay], first: str) -> str:
    """The largest family now, what it was when the list was first read, and whether the two can be compared."""
    own = sorted((row for row in rows if row.family == first), key=lambda row: row.day)
    start, end = own[0], own[-1]
    said = (
        f"In the thirty days before {day(end.day)}, {named(found, first)} was downloaded {millions(end)} times, most "
        f"of the families on the list; before {day(start.day)} it was {millions(start)}"
    )
    broken = any(row.break_here for row in own)
    return f"{said}, counted over another number of repositories." if broken else f"{said}."


def millions(row: FamilyDay) -> str:
    return f"{decimal(row.downloads / MILLION)} million"


def data_row(found: Shares, row: FamilyDay) -> DataRow:
    values = (row.recorder, row.day, row.family, row.downloads, row.repositories, row.break_here)
    return DataRow(values, quoted(found, row))


def quoted(found: Shares, row: FamilyDay) -> tuple[Quote, ...]:
    """A sum over repositories is ours; of a family with a single one it is that one's count, the source's own."""
    sources = tuple(credit.slug for credit in found.download_credits)
    return (Quote("downloads", sources=sources),) if row.repositories == 1 else ()


def download_table(found: Shares, rows: Iterable[FamilyDay]) -> Table:
    columns = (
        Column("Family"),
        Column("Day"),
        number_column("Downloads", "30 days"),
        number_column("Repositories"),
        Column("Break"),
    )
    newest_first = sorted(rows, key=lambda row: (-row.day.toordinal(), -row.downloads, row.family))
    cells = tuple(
        (
            Cell(named(found, row.family)),
            Cell(day(row.day), day=row.day),
            Cell(whole(row.downloads), rows=held(row.recorder, row.day, row.family)),
            Cell(str(row.repositories), rows=held(row.recorder, row.day, row.family)),
            Cell(written(row.break_here, found)),
        )
        for row in newest_first
    )
    return Table("Downloads of each family over thirty days, newest day first", columns, cells)


def draw_downloads(drawing: DownloadDrawing, shape: Shape) -> alt.LayerChart:
    """Needs at least one count."""
    padding = {"left": 34, "right": 118 if shape.wide else 92, "top": 26, "bottom": 26}
    height = shape.height - padding["top"] - padding["bottom"]
    top = max(one.millions for one in drawing.counts) * ROOM
    layers = [layer for run in drawing.lines() for layer in run_marks(run)]
    layers += named_ends(drawing, height / top)
    x, y = time_axis(shape), million_axis(top)
    return alt.LayerChart(
        layer=[layer.encode(x=x, y=y) for layer in layers],
        width=shape.width - padding["left"] - padding["right"],
        height=height,
        padding=padding,
    )


def time_axis(shape: Shape) -> alt.X:
    axis = alt.Axis(
        title=None,
        format="%b %Y",
        grid=False,
        tickCount=5 if shape.wide else 3,
        labelOverlap=True,
        domainColor=token("muted"),
    )
    return alt.X("day:T", scale=alt.Scale(type="utc"), axis=axis)


def million_axis(top: float) -> alt.Y:
    axis = titled_above("million downloads in 30 days", ticks=5)
    return alt.Y("millions:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=axis)


TOLD = [
    alt.Tooltip("family:N", title="Family"),
    alt.Tooltip("day:T", title="Day", format="%-d %b %Y"),
    alt.Tooltip("millions:Q", title="Million downloads", format=".1f"),
]


def place(one: Count) -> dict[str, object]:
    return {"day": one.day.isoformat(), "millions": one.millions, "family": one.family}


def run_marks(run: tuple[Count, ...]) -> list[alt.Chart]:
    """A line of days that can be compared; its first mark is hollow where something else was counted before."""
    colour = token("open")
    line = alt.MarkDef(type="line", strokeWidth=2, color=colour)
    full = alt.MarkDef(type="point", filled=True, opacity=1, size=36, color=colour)
    hollow = alt.MarkDef(type="point", filled=True, opacity=1, size=36, stroke=colour, fill=token("paper"))
    layers = [alt.Chart(rows_of([place(one) for one in run]), mark=line)]
    for mark, cut in ((full, False), (hollow, True)):
        if rows := [place(one) for one in run if one.cut is cut]:
            layers.append(alt.Chart(rows_of(rows), mark=mark).encode(tooltip=TOLD))
    return layers


def named_ends(drawing: DownloadDrawing, scale: float) -> list[alt.Chart]:
    """Each family's name and newest count beside its last mark, pushed down where the one above would touch it."""
    ends = sorted(drawing.ends(), key=lambda one: -one.millions)
    places = [-one.millions * scale for one in ends]
    for above, below in pairwise(range(len(places))):
        places[below] = max(places[below], places[above] + LINE_HEIGHT)
    lowest = len(places) - 1  # stands on the axis, the others above it
    risen = (min(put, -LINE_HEIGHT * (lowest - at)) for at, put in enumerate(places))
    return [end_name(one, round(put + one.millions * scale)) for one, put in zip(ends, risen, strict=True)]


def end_name(one: Count, down: int) -> alt.Chart:
    mark = alt.MarkDef(
        type="text",
        align="left",
        baseline="middle",
        dx=8,
        dy=down,
        fontWeight="bold",
        color=token("open-ink"),
    )
    row = place(one) | {"text": f"{shortened(one.family, LONGEST_NAME)} {decimal(one.millions)}"}
    return alt.Chart(rows_of([row]), mark=mark).encode(text="text:N")
