"""Single values: strict types, exact numbers, and a reason with a quote for everything that is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest

from models_catalog.sources.cells import Row, Unreadable, facts, facts_of, numbered_rows, quotable
from models_catalog.sources.contract import Parsed, RowProblem, RuntimeSeen
from models_catalog.sources.literals import Literal


def row(**cells: object) -> Row:
    return Row("row 1", cells)


def test_text_is_put_on_one_line_and_blank_text_is_none() -> None:
    assert row(a=" Heron\n 70B\t").text("a") == "Heron 70B"
    assert [row(a=value).text("a") for value in (None, "", " \n ")] == [None, None, None]
    assert row().text("a") is None


@pytest.mark.parametrize("value", [1, Literal("1.5"), True, ["a"], {"a": 1}])
def test_what_is_not_text_is_not_turned_into_text(value: object) -> None:
    with pytest.raises(Unreadable, match="a: not text"):
        row(a=value).text("a")


@pytest.mark.parametrize("letter", ["\x00", "\ud800", "\x1b", "\x7f"])
def test_characters_no_database_takes_are_implausible_and_quoted_spelled_out(letter: str) -> None:
    with pytest.raises(Unreadable) as caught:
        row(a=f"He{letter}ron").text("a")
    assert caught.value.implausible
    caught.value.quote.encode("utf-8")
    assert letter not in caught.value.quote


def test_a_text_of_ten_megabytes_is_refused_with_a_short_quote() -> None:
    with pytest.raises(Unreadable, match="10000000 characters, at most 2000 are read") as caught:
        row(a="x" * 10_000_000).text("a")
    assert len(caught.value.quote) == 200


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0.000005", "0.000005"),
        (Literal("0.10"), "0.10"),
        (Literal("5e-07"), "5E-7"),
        ("1.0692E+025", "1.0692E+25"),
        (12, "12"),
        ("-1", "-1"),
        (" 7 ", "7"),
    ],
)
def test_numbers_are_exact(written: object, value: str) -> None:
    assert str(row(a=written).number("a")) == value


@pytest.mark.parametrize(
    "written", ["1,5", "0.15*", "$5", "1 000", "٣", "0x10", "1_000", ".5", True, [1], "abc"]
)
def test_what_is_not_plainly_a_number_is_refused(written: object) -> None:
    with pytest.raises(Unreadable, match="a: not a number") as caught:
        row(a=written).number("a")
    assert not caught.value.implausible


@pytest.mark.parametrize(
    "written", ["NaN", "nan", "-inf", "Infinity", ".nan", "-.INF", "1e400", Literal("1e-400")]
)
def test_numbers_that_cannot_be_true_are_implausible(written: object) -> None:
    with pytest.raises(Unreadable) as caught:
        row(a=written).number("a")
    assert caught.value.implausible


def test_an_absent_number_is_none_and_a_due_one_is_a_problem() -> None:
    assert [row(a=value).number("a") for value in (None, "", " ")] == [None, None, None]
    with pytest.raises(Unreadable, match="a: missing"):
        row(a=None).due_number("a")


def test_both_ends_of_a_range_belong_to_it() -> None:
    assert row(a="0").number_within("a", 0, 1) == 0
    assert row(a="1.0").number_within("a", 0, 1) == Decimal("1.0")
    for outside in ("-0.001", "1.001"):
        with pytest.raises(Unreadable, match="a: outside 0 to 1") as caught:
            row(a=outside).number_within("a", 0, 1)
        assert caught.value.implausible


def test_counts_are_rounded_and_fit_into_a_database() -> None:
    assert row(a="256999999.99999997").count("a") == 257_000_000
    assert row(a=2**63 - 1).count("a") == 2**63 - 1
    for outside in (-1, 2**63):
        with pytest.raises(Unreadable, match="outside 0 to 2\\^63"):
            row(a=outside).count("a")


@pytest.mark.parametrize(
    "written",
    ["2025-08-07", "2025-08", "2025", "9/20/2023", "2023-04-07T07:52:21.000Z", "2025-02-14 19:06:24+00:00"],
)
def test_dates_stay_in_the_words_of_the_source(written: str) -> None:
    assert row(a=written).date("a") == written


@pytest.mark.parametrize(
    "written", ["soon", "2025-08-07x", "7 August 2025", "20250807", "2025/08/07", "٢٠٢٥"]
)
def test_words_that_are_no_date_are_refused(written: str) -> None:
    with pytest.raises(Unreadable, match="a: not a date"):
        row(a=written).date("a")


def test_lists_and_objects_are_read_strictly() -> None:
    assert row(a=["text", "image"]).words("a") == ("text", "image")
    assert (row().words("a"), row().inner("a").cells, row().inner_rows("a")) == ((), {}, ())
    refused: list[Callable[[Row], object]] = [
        lambda row: row.words("a"),
        lambda row: row.inner("a"),
        lambda row: row.inner_rows("a"),
        lambda row: row.flag("a"),
    ]
    for read in refused:
        with pytest.raises(Unreadable, match="a: n"):
            read(row(a="text"))
    with pytest.raises(Unreadable, match=r"a\[1\]: not text"):
        row(a=["text", 1]).words("a")


def test_quotes_are_the_cells_as_they_stand() -> None:
    cells: dict[str, object] = {"a": Literal("0.10"), "b": "x\ny", "c": None, "d": 5}
    assert Row("", cells).quote("a", "b", "c", "d", "e") == '"a": 0.10, "b": "x\\ny", "c": null, "d": 5'
    assert Row("", {"a": " x\n", "b": "2"}, "csv").quote("a", "b") == " x\n | 2"
    assert Row("", {"a": "2.50"}, "yaml").quote("a") == "a: 2.50"


def test_a_quote_is_never_longer_than_two_hundred_characters() -> None:
    assert len(quotable("\x00" * 500)) == 200
    assert len(Row("", {"a": "y" * 500}).quote("a")) == 200


def runtime(row: Row) -> Iterator[Parsed]:
    yield RuntimeSeen(model=row.due_text("id"), name="Heron", runtime="vllm")


def price(row: Row) -> Iterator[Parsed]:
    row.due_number("price")
    yield from runtime(row)


def test_a_bad_cell_costs_only_the_facts_that_need_it() -> None:
    found = list(facts(row(id="heron", price="?"), price, runtime))
    assert found == [
        RowProblem("row 1", "price: not a number", '"price": "?"'),
        RuntimeSeen(model="heron", name="Heron", runtime="vllm"),
    ]


def test_one_unreadable_value_is_one_problem_however_many_facts_need_it() -> None:
    assert list(facts(row(id=7), runtime, runtime)) == [RowProblem("row 1", "id: not text", '"id": 7')]


def test_a_value_that_is_no_row_is_a_problem_in_its_place() -> None:
    found = list(facts_of(numbered_rows([{"id": "heron"}, 7, None], "model", "id"), runtime))
    assert [type(item).__name__ for item in found] == ["RuntimeSeen", "RowProblem", "RowProblem"]
    assert found[1] == RowProblem("model 2: ?", "not an object", "7")
