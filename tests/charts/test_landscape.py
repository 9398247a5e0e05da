import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from models_catalog.charts.landscape import counts, landscape_figure, landscape_headline
from models_catalog.charts.landscape_drawing import SEGMENTS, Bar, LandscapeDrawing, draw_landscape
from models_catalog.charts.render import HATCH, OPEN_HATCH, page_svg, specification
from models_catalog.findings.records import Landscape, LandscapeRow, ModelRow
from models_catalog.vocabulary import Access, Tier
from tests.charts.invented import CREDIT, marks_of

ACCESS = {Tier.CLOSED: Access.CLOSED, Tier.UNKNOWN: Access.UNKNOWN}


def row(name: str, *, open_on_unknown_terms: int = 0, **tiers: int) -> LandscapeRow:
    """An organisation by its tiers; weights may also be out under terms nobody states."""
    counted = Counter({Tier[tier]: number for tier, number in tiers.items()})
    access: Counter[Access] = Counter()
    for tier, number in counted.items():
        access[ACCESS.get(tier, Access.OPEN)] += number
    counted[Tier.UNKNOWN] += open_on_unknown_terms
    access[Access.OPEN] += open_on_unknown_terms
    return LandscapeRow(
        slug=name.lower(),
        name=name,
        country="",
        tiers=dict(counted),
        access=dict(access),
        total=counted.total(),
        best=None,
        newest=None,
    )


def landscape(*rows: LandscapeRow) -> Landscape:
    totals: Counter[Tier] = Counter()
    access: Counter[Access] = Counter()
    for item in rows:
        totals.update(item.tiers)
        access.update(item.access)
    return Landscape(rows, dict(totals), dict(access), (CREDIT,))


def model(released: date | None, kind: str = "announced", precision: str = "day") -> ModelRow:
    return ModelRow(
        slug="birch-3",
        name="Birch 3",
        organization="Birch",
        organization_slug="birch",
        family="",
        released=released,
        released_precision=precision,
        released_kind=kind,
        access=Access.OPEN,
        tier=Tier.OSI,
        tier_reason="",
        licence="",
        parameters=None,
        context_tokens=None,
        level=141.04,
        input_price=None,
        output_price=None,
    )


LABS = landscape(
    row("Amber", CLOSED=9, RESTRICTED=1),
    row("Birch", OSI=5, RESEARCH=2, open_on_unknown_terms=1),
    row("Cedar", UNKNOWN=2),
)


def test_the_headline_counts_access_exactly() -> None:
    assert landscape_headline(LABS) == "9 of 20 models have open weights, 9 are closed, 2 unknown."


@pytest.mark.parametrize(
    ("tiers", "headline"),
    [
        ({}, "No model matches."),
        ({"CLOSED": 3}, "None of 3 models has open weights, 3 are closed."),
        (
            {"UNKNOWN": 1, "CLOSED": 1},
            "None of 2 models is known to have open weights, 1 is closed, 1 unknown.",
        ),
        ({"OSI": 3}, "3 of 3 models have open weights."),
        ({"OSI": 1, "UNKNOWN": 1}, "1 of 2 models has open weights, 1 is unknown."),
        ({"OSI": 1, "UNKNOWN": 2}, "1 of 3 models has open weights, 2 are unknown."),
    ],
)
def test_the_headline_stays_sensible_at_the_ends(tiers: dict[str, int], headline: str) -> None:
    found = landscape(row("Amber", **tiers)) if tiers else landscape()
    assert landscape_headline(found) == headline


def test_the_headline_of_a_filtered_landscape_says_what_was_filtered_for() -> None:
    filtered = landscape(row("Amber", OSI=1, RESTRICTED=2))
    assert landscape_headline(filtered, "open") == "3 models have open weights."
    assert landscape_headline(landscape(row("Amber", CLOSED=1)), "closed") == "1 model is closed."
    unknown = landscape(row("Amber", UNKNOWN=3))
    assert landscape_headline(unknown, "unknown") == "3 models are of unknown access."


def test_the_sentence_names_the_extremes_and_the_unknown() -> None:
    assert landscape_figure(LABS).sentence.replace("\u202f", " ") == (
        "Of 20 models by 3 organisations, 9 (45 %) can be downloaded, 9 (45 %) cannot, and of 2 (10 %) no source "
        "we believe says whether they can. Most open of those drawn is Birch (8 of 8); least open is Amber "
        "(1 of 10)."
    )


def test_who_is_as_open_is_named_beside_the_most_open() -> None:
    found = landscape(row("Amber", CLOSED=9, RESTRICTED=1), row("Birch", OSI=8), row("Cedar", RESEARCH=5))
    assert landscape_figure(found).sentence.endswith(
        "Most open of those drawn are Birch (8 of 8) and Cedar (5 of 5); least open is Amber (1 of 10)."
    )


def test_what_a_bar_shows_adds_up_to_its_total() -> None:
    for item in LABS.rows:
        assert sum(counts(item)) == item.total
    assert counts(LABS.rows[1]) == (5, 0, 0, 2, 1, 0, 0)


def test_the_highest_and_the_newest_model_stand_with_their_level_and_day() -> None:
    best = replace(LABS.rows[1], best=model(None), newest=model(date(2026, 7, 2)))
    cells = landscape_figure(landscape(best)).table.rows[0]
    assert [(cell.text, cell.aside) for cell in cells[-2:]] == [
        ("Birch 3", "141.0 points"),
        ("Birch 3", "2 Jul 2026"),
    ]


@pytest.mark.parametrize(
    ("kind", "precision", "written"),
    [("listing", "day", "listed 2 Jul 2026"), ("api", "month", "Jul 2026"), ("announced", "year", "2026")],
)
def test_a_date_is_never_shown_as_more_than_a_source_stated(kind: str, precision: str, written: str) -> None:
    newest = replace(LABS.rows[1], newest=model(date(2026, 7, 2), kind, precision))
    assert landscape_figure(landscape(newest)).table.rows[0][-1].aside == written


def test_segments_add_up_to_the_whole_bar_in_the_order_of_openness() -> None:
    drawing = LandscapeDrawing((Bar("Amber", (1, 0, 1, 0, 0, 2, 0)),))
    figure = landscape_figure(LABS)
    found = specification(draw_landscape, drawing, figure.drawing.wide)
    bars = [mark for mark in marks_of(found) if mark["type"] == "bar"]
    spans = [(bar["fill"], row["share"], row["end"]) for bar in bars for row in bar["values"]]
    assert spans == [
        ("var(--tier-osi)", 0.0, 25.0),
        ("var(--tier-restricted)", 25.0, 50.0),
        ("var(--closed)", 50.0, 100.0),
    ]


def test_unknown_access_and_unknown_terms_are_hatched_each_in_its_colour() -> None:
    drawing = LandscapeDrawing((Bar("Cedar", (0, 0, 0, 0, 2, 0, 2)),))
    found = specification(draw_landscape, drawing, landscape_figure(LABS).drawing.wide)
    assert [mark["fill"] for mark in marks_of(found) if mark["type"] == "bar"] == [OPEN_HATCH, HATCH]
    picture = page_svg(draw_landscape, drawing, landscape_figure(LABS).drawing.wide, "Cedar")
    lines = re.findall(r'<pattern id="((?:open-)?hatch).*?stroke="var\(--(\w+)\)"', picture)
    assert lines == [("hatch", "unknown"), ("open-hatch", "open")]


def test_every_segment_is_named_in_the_picture() -> None:
    figure = landscape_figure(LABS)
    for label, _ in SEGMENTS:
        assert label in figure.wide
        assert label in figure.narrow


def test_the_table_and_the_data_hold_every_organisation() -> None:
    many = landscape(*(row(f"Lab {number}", OSI=1) for number in range(30)))
    figure = landscape_figure(many)
    assert len(figure.table.rows) == len(figure.data.rows) == 30
    assert "14 more organisations are in the table." in figure.reading
    assert figure.data.keys[:3] == ("organization", "name", "country")
