"""The terms figure: what share of each quarter's releases is out under which terms. And the tables beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models_catalog.charts.counts import OPEN, Asked, counted, segments, view_of
from models_catalog.charts.figure import (
    Cell,
    Column,
    Data,
    DataRow,
    Figure,
    Rows,
    Table,
    absent,
    number_column,
    shown_day,
)
from models_catalog.charts.landscape_drawing import OPEN_TIERS, Bar
from models_catalog.charts.numerals import count, share, whole
from models_catalog.charts.tier_bars import DRAWN, bars_drawing, count_columns, segment_counts
from models_catalog.findings.licences import ANSWERS, TEXT, FactCount, LicenceLine, Quarter, Terms
from models_catalog.vocabulary import Access, Tier

WEIGHTS = "weights"  # the fact that is asked of every model
FEWEST = 5  # releases a quarter needs to be spoken of
CHANGES = "models counted by quarter of release and graded by Open Gap from the licences and statements read"
KEYS = (
    "quarter",
    *(f"open_{tier.value}" for tier in (*OPEN_TIERS, Tier.UNKNOWN)),
    *("closed", "unknown", "total"),
)


def terms_figure(terms: Terms, *, path: str = "", query: str = "", until: date | None = None) -> Figure:
    """Needs at least one quarter with a release."""
    drawn = terms.quarters[-DRAWN:]
    return Figure(
        slug="licences",
        title="Share of each quarter’s releases by openness tier",
        sentence=quarters_sentence(terms.quarters),
        reading=reading(terms.quarters),
        drawing=bars_drawing(Bar(one.name, counts(one)) for one in drawn),
        table=quarter_table(terms.quarters, view_of(query)),
        data=Data(KEYS, tuple(data_row(one) for one in terms.quarters)),
        credits=terms.credits,
        changes=CHANGES,
        path=path,
        query=query,
        day=shown_day(terms.credits, until),
    )


def counts(one: Quarter) -> tuple[int, ...]:
    return segment_counts(one.open_tiers, one.access)


def terms_headline(terms: Terms) -> str:
    """What may be done with the open weights, in one sentence."""
    if not terms.total:
        return "No model with open weights is in the catalogue yet."
    commercial = next(fact for fact in terms.facts if fact.fact.startswith("Commercial"))
    said = f"{whole(commercial.yes)} of {count(terms.total, 'open-weight model')} may be used commercially"
    has = "has" if commercial.no == 1 else "have"
    is_ = "is" if commercial.unknown == 1 else "are"
    return f"{said}, {whole(commercial.no)} {has} research terms, {whole(commercial.unknown)} {is_} unknown."


def quarters_sentence(quarters: Sequence[Quarter]) -> str:
    """The newest quarter with enough releases against the same a year before."""
    enough = [one for one in quarters if one.total >= FEWEST]
    if not enough:
        return f"No quarter has {FEWEST} releases whose date is stated."
    newest = enough[-1]
    before = [one for one in enough if (one.year, one.number) == (newest.year - 1, newest.number)]
    said = f"Of {count(newest.total, 'release')} in {newest.name}, {opened(newest)} had open weights"
    return f"{said}; a year before {opened(before[0])} of {whole(before[0].total)}." if before else f"{said}."


def opened(one: Quarter) -> str:
    """ "23 (41 %)" """
    number = one.access.get(Access.OPEN, 0)
    return f"{whole(number)} ({share(number / one.total)})"


def reading(quarters: Sequence[Quarter]) -> str:
    said = (
        "Bars show shares of the models released in a quarter, figures at the right how many these are; oldest "
        "first, and the newest quarter may not be over. All that is blue has open weights; “permissive” holds "
        "models whose terms are stated to be free while the licence itself is not on record."
    )
    hidden = len(quarters) - DRAWN
    return f"{said} {count(hidden, 'earlier quarter')} in the table." if hidden > 0 else said


def quarter_table(quarters: Sequence[Quarter], asked: Asked) -> Table:
    columns = (Column("Quarter"), *count_columns("releases"))
    rows = tuple(quarter_row(one, asked) for one in reversed(quarters))
    return Table(
        "Releases by quarter, newest first: how many have open weights, and which terms", columns, rows
    )


def quarter_row(one: Quarter, asked: Asked) -> tuple[Cell, ...]:
    own = {**asked, "released": f"{one.year}-Q{one.number}"}
    return (Cell(one.name), *segments(one.total, one.access.get(Access.OPEN, 0), counts(one), own))


def data_row(one: Quarter) -> DataRow:
    """Counts are ours: they rest on no single exported value."""
    return DataRow((one.name, *counts(one), one.total))


def fact_table(terms: Terms, asked: Asked) -> Table:
    columns = (
        Column("Fact"),
        number_column("Yes", "models"),
        number_column("No", "models"),
        number_column("Not known", "models"),
        number_column("Asked of", "models"),
    )
    caption = "Each fact by itself; all but the first are asked of open weights only"
    return Table(caption, columns, tuple(fact_row(fact, asked) for fact in terms.facts))


def fact_row(fact: FactCount, asked: Asked) -> tuple[Cell, ...]:
    numbers = zip((fact.yes, fact.no, fact.unknown), answers(fact), strict=True)
    parts = (
        counted(number, {**asked, **answer}, share(number / fact.total))
        if fact.total
        else absent("no model to ask of")
        for number, answer in numbers
    )
    every = asked if fact.key == WEIGHTS else {**asked, **OPEN}
    return (Cell(fact.fact), *parts, counted(fact.total, every))


def answers(fact: FactCount) -> tuple[Asked, ...]:
    """How the list of models is asked for those of each answer: yes, no, not known."""
    if fact.key == WEIGHTS:
        return tuple({"access": access} for access in (Access.OPEN, Access.CLOSED, Access.UNKNOWN))
    return tuple({"terms": f"{fact.key}:{answer}"} for answer in ANSWERS)


def licence_table(lines: Sequence[LicenceLine], asked: Asked) -> Table:
    columns = (
        Column("Licence"),
        number_column("Used by", "models here"),
        Column("OSI-approved"),
        Column("Commercial use"),
        number_column("Cap on users", "a month"),
        number_column("Cap on revenue", "$ a year"),
        Column("Forbidden uses"),
        Column("Where it was read"),
    )
    caption = "Licences whose text was read, most used first"
    return Table(caption, columns, tuple(licence_row(line, asked) for line in lines))


def licence_row(line: LicenceLine, asked: Asked) -> tuple[Cell, ...]:
    found = line.licence
    return (
        Cell(found.name, aside=found.why),
        counted(line.models, {**asked, "terms": f"{TEXT}:{found.slug}"}),
        Cell(yes_no(value=found.osi)),
        Cell(yes_no(value=found.commercial)),
        cap_cell(found.users_cap, found.cite, aside="a day" if found.users_cap_per == "day" else ""),
        cap_cell(found.revenue_cap_usd, found.cite),
        Cell(yes_no(value=found.field_limits)),
        cite_cell(found.cite),
    )


def cap_cell(cap: int | None, cite: str, aside: str = "") -> Cell:
    """A cap leads to the text it was read in; one named without an address, to how texts are read."""
    if not cap:
        return absent("none in the licence")
    return Cell(
        whole(cap),
        link=cite.partition(" ")[0].rstrip(","),
        rows=Rows("method", place="openness"),
        aside=aside,
    )


def cite_cell(cite: str) -> Cell:
    """The address as a link with the remark under it; a text without an address as it is."""
    address, _, remark = cite.partition(" ")
    if not address.startswith("https://"):
        return Cell(cite)
    return Cell(
        address.removeprefix("https://").rstrip("/,"), link=address.rstrip(","), aside=remark.strip("()")
    )


def yes_no(*, value: bool) -> str:
    return "yes" if value else "no"
