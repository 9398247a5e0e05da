from __future__ import annotations

from datetime import UTC, date, datetime

from models_catalog.analysis.shares import Sample, family_days
from models_catalog.charts.downloads import DownloadDrawing, download_figure
from models_catalog.charts.render import download_svg
from models_catalog.findings.records import SourceCredit
from models_catalog.findings.shares import Shares

DAYS = (date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1))
HUB = SourceCredit("huggingface", "Hub", "", "", "Hub", None)


def samples(*repositories: tuple[str, str, int], recorder: str = "pulse") -> list[Sample]:
    """`repositories`: name, family, and the place of its day in DAYS; each is downloaded ten million times."""
    return [Sample(recorder, DAYS[at], name, family, 10_000_000) for name, family, at in repositories]


def shares(found: list[Sample]) -> Shares:
    families, coverage = family_days(found)
    names = {"birch": "Birch", "amber": "Amber"}
    lists = {"pulse": "an invented list"}
    known = datetime(2026, 5, 2, tzinfo=UTC)
    return Shares(DAYS[-1], known, "2", (), (), 20, families, coverage, lists, names, (), (HUB,))


def test_a_list_read_on_one_day_has_no_figure() -> None:
    assert download_figure(shares(samples(("b1", "birch", 0)))) is None


def test_the_sentence_says_level_and_change_and_the_picture_is_made() -> None:
    figure = download_figure(shares(samples(("b1", "birch", 0), ("b1", "birch", 1))))
    assert figure is not None
    assert figure.sentence == (
        "In the thirty days before 1 Apr 2026, Birch was downloaded 10.0 million times, most of the families on the "
        "list; before 1 Mar 2026 it was 10.0 million."
    )
    drawing = figure.drawing
    assert "Birch 10.0" in download_svg(drawing.build, drawing.content, drawing.wide, figure.caption)


def test_a_line_is_cut_where_other_repositories_are_counted_or_the_family_was_not_listed() -> None:
    found = samples(
        *(("b1", "birch", at) for at in (0, 1, 2)),
        ("b2", "birch", 2),
        *(("a1", "amber", at) for at in (0, 2)),
    )
    figure = download_figure(shares(found))
    assert figure is not None
    assert isinstance(figure.drawing.content, DownloadDrawing)
    runs = [(run[0].family, len(run)) for run in figure.drawing.content.lines()]
    assert runs == [("Birch", 2), ("Birch", 1), ("Amber", 1), ("Amber", 1)]
    assert figure.sentence.endswith("it was 10.0 million, counted over another number of repositories.")
    assert [row[0].text for row in figure.table.rows] == ["Birch", "Amber", "Birch", "Amber", "Birch"]


def test_a_family_that_comes_and_goes_is_in_the_table_alone() -> None:
    found = samples(*(("b1", "birch", at) for at in (0, 1, 2)), ("a1", "amber", 2))
    figure = download_figure(shares(found))
    assert figure is not None
    assert isinstance(figure.drawing.content, DownloadDrawing)
    assert {one.family for one in figure.drawing.content.counts} == {"Birch"}
    assert "In the table alone, because they came and went: 1 family." in figure.reading
    assert "Amber" in {row[0].text for row in figure.table.rows}
