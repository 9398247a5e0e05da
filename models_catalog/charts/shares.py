"""Open's share of the frontier over time as a figure; releases and downloads as tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import altair as alt

from models_catalog.charts.counts import Asked, counted, models_asked
from models_catalog.charts.data import rows_of
from models_catalog.charts.derived import scores, statements
from models_catalog.charts.figure import (
    Cell,
    Column,
    Data,
    DataRow,
    Drawing,
    Figure,
    Rows,
    Table,
    absent,
    number_column,
)
from models_catalog.charts.numerals import day, decimal, share, whole
from models_catalog.charts.render import Shape
from models_catalog.charts.theme import token
from models_catalog.findings.records import FrontierPoint
from models_catalog.findings.repositories import RepositoryCount
from models_catalog.findings.shares import Shares
from models_catalog.normalise.authorities import CATALOGUE

WIDE = Shape(712, 240, wide=True)
NARROW = Shape(344, 220, wide=False)
YEAR = timedelta(days=365)
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
KEYS = ("day", "open", "of", "share", "best_open_rank")


UNKNOWN_FAMILIES = "most of this list's downloads are of repositories whose family is not known"


@dataclass(frozen=True, slots=True)
class ShareDrawing:
    dots: tuple[tuple[date, float], ...]


def frontier_share_figure(found: Shares, *, path: str = "", query: str = "") -> Figure:
    """Needs at least one day."""
    return Figure(
        slug="frontier-share",
        title=f"Open models among the {found.top} most capable",
        sentence=frontier_sentence(found),
        reading="By index level of the scale as it is now; only models released by each day count. Unknown access is "
        "left out. Places are counted as they stand: how far levels could be off is not in them: no interval.",
        drawing=Drawing(
            draw_shares, ShareDrawing(tuple((row.day, row.share) for row in found.frontier)), WIDE, NARROW
        ),
        table=frontier_table(found),
        data=Data(
            KEYS,
            tuple(
                DataRow((row.day, row.open, row.of, row.share, row.best_open_rank)) for row in found.frontier
            ),
        ),
        credits=found.release_credits,
        changes="ranked by the index and counted by Open Gap",
        path=path,
        query=query,
        day=found.until,
    )


def frontier_sentence(found: Shares) -> str:
    """How many are open now, how many were a year before, and where the best open one stands."""
    last = found.frontier[-1]
    has = "has" if last.open == 1 else "have"
    said = f"On {day(last.day)}, {last.open} of the {last.of} most capable models with known access {has} open weights"
    before = [row for row in found.frontier if row.day <= last.day - YEAR]
    said += f", {before[-1].open} a year before" if before else ""
    if last.best_open_rank is None:
        return f"{said}."
    return f"{said}; the best open one stands at place {last.best_open_rank}."


def draw_shares(drawing: ShareDrawing, shape: Shape) -> alt.LayerChart:
    padding = {"left": 40, "right": 12, "top": 26, "bottom": 26}
    rows = rows_of([{"day": on.isoformat(), "share": round(100 * value, 1)} for on, value in drawing.dots])
    time = alt.Axis(title=None, format="%Y", grid=False, tickCount=4, domainColor=token("muted"))
    beside = alt.Axis(
        title="percent open",
        titleAngle=0,
        titleAlign="left",
        titleAnchor="end",
        titleX=-36,
        titleY=-14,
        tickCount=5,
    )
    x = alt.X("day:T", scale=alt.Scale(type="utc"), axis=time)
    y = alt.Y("share:Q", scale=alt.Scale(domain=[0, 100]), axis=beside)
    line = alt.MarkDef(type="line", interpolate="step-after", strokeWidth=2, color=token("open"))
    return alt.LayerChart(
        layer=[alt.Chart(rows, mark=line).encode(x=x, y=y)],
        width=shape.width - padding["left"] - padding["right"],
        height=shape.height - padding["top"] - padding["bottom"],
        padding=padding,
    )


def frontier_table(found: Shares) -> Table:
    columns = (
        Column("As of"),
        number_column("Open"),
        number_column("Share"),
        number_column("Place of the best open one"),
    )
    rows = tuple(
        (
            Cell(day(row.day), day=row.day),
            Cell(f"{row.open} of {row.of}", rows=those_of(row.day)),
            Cell(share(row.share), rows=those_of(row.day)),
            absent("none has open weights")
            if row.best_open_rank is None
            else Cell(str(row.best_open_rank), rows=those_of(row.day)),
        )
        for row in reversed(found.frontier)
    )
    return Table(f"Open models among the {found.top} most capable, newest first", columns, rows)


def those_of(on: date) -> Rows:
    """The page as of a day lists the models that were the most capable then."""
    return Rows("adoption", query=(("as_of", on.isoformat()),), place="leaders")


def leader_table(found: Shares, models: Sequence[FrontierPoint]) -> Table:
    """The models whose share is taken, on the newest day of it."""
    columns = (
        Column("Place"),
        Column("Model"),
        Column("Weights"),
        number_column("Index", "points"),
        Column("Released"),
    )
    on = day(found.frontier[-1].day) if found.frontier else ""
    rows = tuple(
        (
            Cell(str(place)),
            Cell(point.name, model=point.model, aside=point.organization),
            Cell(point.access.value),
            Cell(
                decimal(point.level),
                observation=point.evidence,
                rows=scores(point.model) or Rows("gap", place="steps"),
            ),
            Cell(day(point.released), day=point.released, rows=statements(point.model)),
        )
        for place, point in enumerate(models, 1)
    )
    return Table(f"The {found.top} most capable models with known access on {on}", columns, rows)


def release_table(found: Shares) -> Table:
    columns = (
        Column("Month"),
        number_column("Open"),
        number_column("Closed"),
        number_column("Unknown"),
        number_column("Open, of known"),
        Column("Break"),
    )
    rows = tuple(
        (
            Cell(f"{row.month:%b %Y}"),
            *(
                counted(number, {**of_month(row.month, found), "access": access})
                for number, access in ((row.open, "open"), (row.closed, "closed"), (row.unknown, "unknown"))
            ),
            absent("fewer than five releases of known access")
            if row.share is None
            else Cell(share(row.share), rows=models_asked(of_month(row.month, found))),
            Cell(written(row.break_here, found)),
        )
        for row in reversed(found.releases)
    )
    return Table("Models released by month, newest first", columns, rows)


def of_month(month: date, found: Shares) -> Asked:
    """How the list of models is asked for a month's releases; of the last month, for those that were counted."""
    over = (month.year, month.month) != (found.until.year, found.until.month)
    return {"released": f"{month:%Y-%m}"} | ({} if over else {"as_of": found.until.isoformat()})


def written(mark: str, found: Shares) -> str:
    """A break as a reader says it: days in words, sources by their titles."""
    mark = re.sub(rf"(?<= from ){CATALOGUE}\b", "our own catalogue", mark)
    for credit in found.release_credits:
        mark = re.sub(rf"(?<= from ){re.escape(credit.slug)}\b", credit.title, mark)
    return ISO_DAY.sub(lambda seen: day(date.fromisoformat(seen.group())), mark)


def family_table(found: Shares, recorder: str) -> Table:
    rows = found.newest_families(recorder)
    columns = (
        Column("Family"),
        number_column("Downloads", "30 days"),
        number_column("Share of known families"),
        number_column("Repositories"),
        Column("Break"),
    )
    on = day(rows[0].day) if rows else ""
    return Table(
        f"Downloads by family on {on}, in {found.lists.get(recorder, recorder)}",
        columns,
        tuple(
            (
                Cell(found.names.get(row.family, row.family)),
                Cell(whole(row.downloads), rows=held(recorder, row.day, row.family)),
                absent(UNKNOWN_FAMILIES)
                if row.share is None
                else Cell(share(row.share), rows=held(recorder, row.day)),
                Cell(str(row.repositories), rows=held(recorder, row.day, row.family)),
                Cell(written(row.break_here, found)),
            )
            for row in rows
        ),
    )


def held(recorder: str, on: date, family: str = "") -> Rows:
    """The page beside the repositories that were added up."""
    asked = (("list", recorder), ("on", on.isoformat()), *((("family", family),) if family else ()))
    return Rows("adoption", query=asked, place="repositories")


def repository_table(title: str, counts: Sequence[RepositoryCount]) -> Table:
    """What was added up, each count leading to the payload it was read from."""
    columns = (Column("Repository"), Column("Family"), number_column("Downloads", "30 days"))
    rows = tuple(
        (
            Cell(row.name, model=row.model),
            Cell(row.family_name) if row.family else absent("its family is not known"),
            Cell(whole(row.count), rows=count_evidence(row)),
        )
        for row in counts
    )
    return Table(title, columns, rows)


def count_evidence(row: RepositoryCount) -> Rows:
    return Rows("evidence-downloads", (row.subject, row.window, row.day.isoformat()))


def coverage_table(found: Shares) -> Table:
    columns = (
        Column("List"),
        Column("Day"),
        number_column("Repositories"),
        number_column("Of known family"),
        number_column("Zeroed windows"),
        number_column("Downloads", "30 days"),
    )
    rows = tuple(
        (
            Cell(found.lists.get(row.recorder, row.recorder)),
            Cell(day(row.day), day=row.day),
            *(
                Cell(whole(number), rows=held(row.recorder, row.day))
                for number in (row.repositories, row.known, row.zeroed, row.downloads)
            ),
        )
        for row in reversed(found.coverage)
    )
    return Table("What each list held on each day; days are never added up", columns, rows)
