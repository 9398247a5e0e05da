from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from models_catalog.analysis.prices import PricedModel, pareto
from models_catalog.charts.pareto import ParetoDrawing, bounded, pareto_figure, plane_of
from models_catalog.charts.render import download_svg
from models_catalog.findings.prices import Prices
from models_catalog.findings.records import SourceCredit
from models_catalog.vocabulary import Access

CREDIT = SourceCredit("models-dev", "models.dev", "", "", "models.dev", None)
MODELS = (
    ("birch", Access.OPEN, 150.0, "0.50"),
    ("birch-dear", Access.OPEN, 149.0, "0.90"),
    ("amber", Access.CLOSED, 160.0, "5.00"),
    ("amber-dear", Access.CLOSED, 155.0, "0.70"),
    ("hidden", Access.CLOSED, 90.0, "0.40"),
    ("riddle", Access.UNKNOWN, 151.0, "0.60"),
)


def prices(models: tuple[tuple[str, Access, float, str], ...] = MODELS) -> Prices:
    priced = tuple(
        PricedModel(slug, access, level, Decimal(price), Decimal(price), 1, "host", None)
        for slug, access, level, price in models
    )
    return Prices(
        day=date(2026, 7, 2),
        known_at=datetime(2026, 7, 3, tzinfo=UTC),
        method_version="2",
        scale="",
        models=priced,
        pareto=tuple(model.model for model in pareto(priced)),
        savings=(),
        paths=(),
        spreads=(),
        tasks=(),
        breaks=(),
        offers=6,
        names={slug: slug.replace("-", " ").title() for slug, *_ in models},
        credits=(CREDIT,),
    )


def test_each_side_has_its_own_steps_and_what_is_far_below_is_only_in_the_data() -> None:
    figure = pareto_figure(prices())
    content = figure.drawing.content
    assert isinstance(content, ParetoDrawing)
    assert [dot.name for dot in content.steps(Access.OPEN)] == ["Birch"]
    assert [dot.name for dot in content.steps(Access.CLOSED)] == ["Amber Dear", "Amber"]
    assert {dot.name for dot in content.dots} == {"Birch", "Birch Dear", "Amber", "Amber Dear"}
    assert "1 model further down in the data." in figure.reading
    assert len(figure.data.rows) == len(MODELS)


def test_the_sentence_counts_sides_and_says_how_far_each_reaches() -> None:
    assert pareto_figure(prices()).sentence == (
        "Of 6 priced models, 5 are beaten by no other in capability at the same or a lower price: 1 with open weights, "
        "4 without. The most capable of them: Amber (closed, 160.0 points at $5.00) and Birch (open weights, 150.0 "
        "points at $0.50)."
    )


def test_lines_are_named_in_words_and_one_side_alone_is_drawn() -> None:
    for chosen in (MODELS, MODELS[:1], MODELS[2:3]):
        figure = pareto_figure(prices(chosen))
        drawing = figure.drawing
        for shape in (drawing.wide, drawing.narrow):
            drawn = download_svg(drawing.build, drawing.content, shape, figure.caption)
            sides = {access for _, access, *_ in chosen}
            assert (">Open<" in drawn) is (Access.OPEN in sides)
            assert (">Closed<" in drawn) is (Access.CLOSED in sides)


def test_the_interval_of_a_level_on_a_line_is_a_thin_bar_and_stands_in_table_and_data() -> None:
    known = replace(prices(), bounds={"amber": (157.5, 163.0), "birch-dear": (148.0, 150.0)})
    figure = pareto_figure(known)
    said = figure.reading.replace("\u202f", " ")
    assert "Thin bars: the 90 % interval of a level on a line." in said
    content = figure.drawing.content
    assert isinstance(content, ParetoDrawing)
    assert bounded(content, Access.CLOSED) == [{"price": 5.0, "level": 157.5, "end": 163.0}]
    assert bounded(content, Access.OPEN) == []  # what another model beats has no bar, and so no crowd of them
    rows = {row.values[0]: dict(zip(figure.data.keys, row.values, strict=True)) for row in figure.data.rows}
    assert (rows["amber"]["low"], rows["birch-dear"]["high"], rows["birch"]["low"]) == (157.5, 150.0, None)
    spans = {row[0].model: row[3] for row in figure.table.rows}
    assert spans["amber"].text == "157.5–163.0"
    assert spans["birch"].missing
    plane = plane_of(content, figure.drawing.wide)
    assert plane.high >= 163.0


def test_without_known_intervals_no_bar_is_promised() -> None:
    assert "Thin bars" not in pareto_figure(prices()).reading
    assert "has no interval" in pareto_figure(prices()).reading
