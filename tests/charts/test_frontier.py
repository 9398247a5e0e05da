from dataclasses import replace
from datetime import date

from models_catalog.charts.frontier import frontier_figure, frontier_sentence
from models_catalog.charts.numerals import whole
from models_catalog.vocabulary import Access
from tests.charts.invented import AS_OF, CLOSED, OPEN, POINTS, RESULTS, gap, point


def test_the_sentence_states_level_direction_and_exception() -> None:
    assert frontier_figure(gap()).sentence == (
        "On 1 Mar 2026 Amber 4 (closed, 150.0) is 9.0 points above Birch 3 (open weights, 141.0); closed models "
        "first reached the best open level 3.0 months earlier (parity age). A year before, the distance was 20.0 "
        "points. Open-weight models led on 1 Sep 2025, by 1.0 points."
    )


def test_the_exception_is_the_closest_day_where_open_models_never_led() -> None:
    points = tuple(replace(item, level=139.0) if item.name == "Birch 3" else item for item in POINTS)
    assert frontier_sentence(points, AS_OF, None).endswith(
        "The two were closest on 1 Sep 2023, 0.0 points apart."
    )


def test_the_exception_is_one_of_the_days_drawn() -> None:
    early = (
        point("Amber 0", date(2019, 1, 1), 60.0, Access.CLOSED),
        point("Birch 0", date(2019, 2, 1), 70.0, Access.OPEN),
    )
    figure = frontier_figure(gap(points=(*early, *POINTS)))
    assert figure.sentence.endswith("Open-weight models led on 1 Sep 2025, by 1.0 points.")


def test_one_side_alone_gives_no_distance() -> None:
    said = frontier_sentence(CLOSED, AS_OF, None)
    assert said == "As of 1 Mar 2026 no open-weight model has been scored, so there is no distance to state."


def test_an_earlier_day_hides_later_models() -> None:
    figure = frontier_figure(gap(as_of=date(2025, 4, 1)))
    names = [row.values[2] for row in figure.data.rows]
    assert "Amber 3" in names
    assert "Birch 3" not in names
    assert "Amber 3 (closed, 140.0) is 20.0 points above Birch 2" in figure.sentence


def test_the_table_is_newest_first_and_can_hold_records_only() -> None:
    names = [row[0].text for row in frontier_figure(gap(), records_only=True).table.rows]
    assert names == ["Amber 4", "Birch 3", "Amber 3", "Birch 2", "Amber 2", "Birch 1", "Amber 1"]
    assert len(frontier_figure(gap()).table.rows) == len(POINTS)


def test_a_missing_interval_is_a_dash_with_a_reason() -> None:
    cedar = next(row for row in frontier_figure(gap()).table.rows if row[0].text == "Cedar")
    assert cedar[5].text == "—"
    assert cedar[5].missing == "no interval is given for this level, or the model fixes the scale"


def test_the_data_hold_every_value_drawn() -> None:
    figure = frontier_figure(gap())
    row = dict(zip(figure.data.keys, figure.data.rows[0].values, strict=True))
    assert row == {
        "released": date(2023, 3, 1),
        "model": "amber-1",
        "name": "Amber 1",
        "organization": "Invented Lab",
        "access": "closed",
        "level": 100.0,
        "low": 98.0,
        "high": 102.0,
        "record": True,
        "sources": "epoch",
    }


def test_the_source_line_credits_the_owner_and_names_the_changes() -> None:
    assert frontier_figure(gap()).source_line == (
        "adapted from Epoch AI, CC BY 4.0 (retrieved 27 Feb 2026); changes: levels placed by release date, "
        "frontiers and lags computed by Open Gap"
    )


def test_models_outside_the_window_are_counted() -> None:
    ancient = point("Fern", date(2015, 1, 1), 100.5, Access.OPEN, record=False)
    assert "1 scored model lies outside the picture" in frontier_figure(gap((ancient, *POINTS))).reading
    assert "outside the picture" not in frontier_figure(gap()).reading


def test_a_censored_parity_age_is_not_drawn_as_a_length() -> None:
    censored = tuple(replace(item, at_least=True) if item.value == 3.0 else item for item in RESULTS)
    assert "months earlier" not in frontier_figure(gap(results=censored)).sentence


def test_names_from_outside_cannot_turn_the_sentence_around() -> None:
    points = (*CLOSED, replace(OPEN[0], name="Bi\u202erch"))
    assert "Bi\\u202erch" in frontier_sentence(points, AS_OF, None)


def test_of_thousands_the_table_holds_the_records_and_the_most_capable_and_says_so() -> None:
    known = gap()
    crowd = tuple(
        replace(known.frontier.points[0], model=f"tune-{n}", level=50 + n / 100, record=False)
        for n in range(2000)
    )
    frontier = replace(known.frontier, points=(*known.frontier.points, *crowd))
    figure = frontier_figure(replace(known, frontier=frontier))
    total, records = len(frontier.points), sum(point.record for point in frontier.points)
    assert len(figure.table.rows) == records + 300
    assert f"{records + 300} of {whole(total)} scored models (all are in the CSV)" in figure.table.caption
    assert len(figure.data.rows) == total
    assert {row[0].model for row in figure.table.rows} >= {"tune-1999"}
