import csv
import io
from datetime import date

import pytest
from django.test import Client

from models_catalog.charts.cells import csv_cell
from models_catalog.charts.figure import Raw
from models_catalog.measure.version import METHOD_VERSION
from models_catalog.models import Fit, Observation, Subject
from models_catalog.sources import by_slug
from models_catalog.vocabulary import Cut
from tests.charts.invented import POINTS
from tests.web.reading import page, text_of
from tests.web.stored import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("-2+3|cmd", "'-2+3|cmd"),
        ("+1", "'+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        (-2.5, "-2.5"),
        ("-2.5", "-2.5"),
        (-1e-07, "-1e-07"),
        (date(2026, 3, 1), "2026-03-01"),
        (True, "true"),
        (None, ""),
        ("a\x00b", "ab"),
        ("GPT-5", "GPT-5"),
    ],
)
def test_no_cell_is_a_formula_and_numbers_stay_numbers(value: Raw, cell: str) -> None:
    assert csv_cell(value) == cell


def rows(client: Client, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(response.content.decode(), newline="")))


def test_the_frontier_csv_holds_every_point_with_its_attribution(client: Client, stored: World) -> None:
    found = rows(client, "/gap.csv")
    assert [row["name"] for row in found] == [point.name for point in POINTS]
    assert found[0]["level"] == "100.0"
    assert "CC" in found[0]["attribution"]


def test_a_hostile_name_is_defused_in_the_csv(client: Client, stored: World) -> None:
    fit = Fit.objects.get()
    fit.points[0]["name"] = '=cmd|"/c calc"\n!A1'
    fit.save()
    assert rows(client, "/gap.csv")[0]["name"] == '\'=cmd|"/c calc"\n!A1'


def test_the_query_reproduces_the_view(client: Client, stored: World) -> None:
    names = [row["name"] for row in rows(client, "/gap.csv?as_of=2025-04-01")]
    assert "Amber 3" in names
    assert "Birch 3" not in names


def test_json_says_as_of_when_and_how(client: Client, stored: World) -> None:
    found = client.get("/gap.json?as_of=2025-04-01").json()
    assert found["meta"]["as_of"] == "2025-04-01"
    assert found["meta"]["method_version"] == METHOD_VERSION
    assert found["meta"]["withheld_rows"] == 0
    assert found["data"][0]["name"] == "Amber 1"


def rest_on(*sources: str, cut: Cut = Cut.INDEX, key: str = "") -> None:
    """The stored scale as one of these sources' scores."""
    fit = Fit.objects.get()
    for point in fit.points:
        point["sources"] = list(sources)
    fit.cut, fit.key = cut, key
    fit.save()


def test_results_of_ours_are_handed_on_whatever_they_were_made_from(client: Client, stored: World) -> None:
    rest_on("epoch", "openrouter")
    for address in ("/gap.csv", "/gap/methods.csv"):
        response = client.get(address)
        assert response["X-Withheld-Rows"] == "0"
        assert "OpenRouter" in response.content.decode()  # the credit of every input
    assert all(row["level"] for row in rows(client, "/gap.csv"))
    assert page(client, "/gap/").select_one("#frontier .withheld") is None


def test_a_quoted_level_stays_out_and_its_row_says_whose_it_is(client: Client, stored: World) -> None:
    rest_on("livebench", cut=Cut.BENCHMARK, key="gpqa-diamond")
    Subject.objects.filter(source="epoch").update(source="livebench")
    found = rows(client, "/gap.csv?benchmark=gpqa-diamond")
    assert [row["name"] for row in found] == [point.name for point in POINTS]
    assert {row["level"] for row in found} == {""}
    assert found[0]["released"]
    assert found[0]["withheld"].startswith("level: LiveBench, https://")
    assert client.get("/gap.json?benchmark=gpqa-diamond").json()["meta"]["withheld_rows"] == len(POINTS)
    said = text_of(page(client, "/gap/?benchmark=gpqa-diamond").select_one("#frontier .withheld"))
    assert f"empty in {len(POINTS)} of {len(POINTS)} rows: the word of LiveBench" in said


def test_what_a_cleared_source_took_from_another_owner_stays_out(client: Client, stored: World) -> None:
    rest_on("epoch", cut=Cut.BENCHMARK, key="gpqa-diamond")
    assert rows(client, "/gap.csv?benchmark=gpqa-diamond")[0]["level"] == "100.0"
    other = next(board.slug for board in by_slug("epoch").boards if not board.export)
    Observation.objects.filter(pk=stored.scores[POINTS[0].name].pk).update(board=other)
    first, second = rows(client, "/gap.csv?benchmark=gpqa-diamond")[:2]
    assert (first["level"], bool(second["level"])) == ("", True)
    assert "Epoch AI" in first["withheld"]


def test_of_files_that_hold_every_row_nothing_is_said(client: Client, stored: World) -> None:
    assert page(client, "/gap/").select_one("#frontier .withheld") is None


def test_every_method_can_be_downloaded(client: Client, stored: World) -> None:
    found = rows(client, "/gap/methods.csv")
    assert {row["method"] for row in found} == {
        "catch_up",
        "level_mean",
        "parity_age",
        "backward_record",
        "point_gap",
    }
    assert next(row for row in found if row["method"] == "point_gap")["value"] == "9.0"


def test_the_landscape_can_be_downloaded_as_filtered(client: Client, stored: World) -> None:
    found = rows(client, "/landscape.csv?access=closed")
    assert [(row["organization"], row["closed"], row["total"]) for row in found] == [
        ("invented-lab", "5", "5")
    ]


@pytest.mark.parametrize("stem", ["/gap", "/landscape"])
def test_pictures_are_files_of_their_own(client: Client, stored: World, stem: str) -> None:
    svg, png = client.get(f"{stem}.svg"), client.get(f"{stem}.png")
    assert svg["Content-Type"].startswith("image/svg+xml")
    assert "var(--" not in svg.content.decode()
    assert png["Content-Type"] == "image/png"
    assert png.content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "address", ["/gap.csv?as_of=yesterday", "/gap.exe", "/gap.csv?inputs=epoch", "/gap.svg?as_of=2011-01-01"]
)
def test_a_download_that_cannot_be_made_is_not_found(client: Client, stored: World, address: str) -> None:
    assert client.get(address).status_code == 404
