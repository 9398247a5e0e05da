from collections import Counter

from models_catalog.charts.landscape import landscape_figure, landscape_headline
from models_catalog.charts.landscape_drawing import Bar, LandscapeDrawing, draw_landscape
from models_catalog.charts.render import specification
from models_catalog.findings.records import Landscape, LandscapeRow
from models_catalog.vocabulary import Tier
from tests.charts.invented import CREDIT, marks_of


def row(name: str, **tiers: int) -> LandscapeRow:
    counted = {Tier[tier]: number for tier, number in tiers.items()}
    return LandscapeRow(name.lower(), name, "", counted, sum(counted.values()), None, None)


def landscape(*rows: LandscapeRow) -> Landscape:
    totals: Counter[Tier] = Counter()
    for item in rows:
        totals.update(item.tiers)
    return Landscape(rows, dict(totals), (CREDIT,))


LABS = landscape(
    row("Amber", CLOSED=9, RESTRICTED=1), row("Birch", OSI=6, RESEARCH=2), row("Cedar", UNKNOWN=2)
)


def test_the_headline_counts_research_only_weights_as_open() -> None:
    assert landscape_headline(LABS).replace("\u202f", " ") == "At least 45 % of 20 models have open weights."


def test_the_headline_stays_sensible_at_the_ends() -> None:
    assert landscape_headline(landscape()) == "No model matches."
    assert (
        landscape_headline(landscape(row("Amber", CLOSED=3)))
        == "None of 3 models is known to have open weights."
    )
    all_open = landscape_headline(landscape(row("Birch", OSI=3)))
    assert all_open.replace("\u202f", " ") == "100 % of 3 models have open weights."


def test_the_headline_of_a_filtered_landscape_says_what_was_filtered_for() -> None:
    filtered = landscape(row("Amber", UNKNOWN=1, RESTRICTED=2))
    assert landscape_headline(filtered, "open") == "3 models have open weights."
    assert landscape_headline(landscape(row("Amber", CLOSED=1)), "closed") == "1 model is closed."
    assert landscape_headline(filtered, "unknown") == "3 models are of unknown access."


def test_the_sentence_names_the_extremes_and_the_unknown() -> None:
    assert landscape_figure(LABS).sentence.replace("\u202f", " ") == (
        "Of 20 models by 3 organisations, at least 9 (45 %) have open weights; what may be done with 2 is unknown. "
        "Most open of those drawn is Birch (8 of 8); least open is Amber (1 of 10)."
    )


def test_segments_add_up_to_the_whole_bar_in_the_order_of_openness() -> None:
    drawing = LandscapeDrawing((Bar("Amber", (1, 0, 1, 0, 2, 0)),))
    figure = landscape_figure(LABS)
    found = specification(draw_landscape, drawing, figure.drawing.wide)
    bars = [mark for mark in marks_of(found) if mark["type"] == "bar"]
    spans = [(bar["fill"], row["share"], row["end"]) for bar in bars for row in bar["values"]]
    assert spans == [
        ("var(--tier-osi)", 0.0, 25.0),
        ("var(--tier-restricted)", 25.0, 50.0),
        ("var(--closed)", 50.0, 100.0),
    ]


def test_unknown_is_hatched() -> None:
    figure = landscape_figure(landscape(row("Cedar", UNKNOWN=2)))
    assert "<pattern" in figure.wide


def test_the_table_and_the_data_hold_every_organisation() -> None:
    many = landscape(*(row(f"Lab {number}", OSI=1) for number in range(30)))
    figure = landscape_figure(many)
    assert len(figure.table.rows) == len(figure.data.rows) == 30
    assert "14 more organisations are in the table." in figure.reading
    assert figure.data.keys[:3] == ("organization", "name", "country")
