"""Whole pages: each way a page can be wrong has its own error, with a sentence that says what is wrong."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from models_catalog.sources.cells import Row
from models_catalog.sources.contract import (
    Challenge,
    EmptyPayload,
    MissingColumn,
    Page,
    RowProblem,
    Truncated,
    WrongShape,
)
from models_catalog.sources.literals import Literal
from models_catalog.sources.reading import list_of, object_of, read_csv, read_json, require_keys


def page(body: str | bytes) -> Page:
    raw = body if isinstance(body, bytes) else body.encode()
    return Page("board", "https://source.example/data", raw, datetime(2026, 8, 22, tzinfo=UTC))


@pytest.mark.parametrize("body", [b"", b"  \n\t ", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n"])
def test_a_page_without_text_is_empty(body: bytes) -> None:
    with pytest.raises(EmptyPayload, match="empty where JSON is due"):
        read_json(page(body))


def test_a_byte_order_mark_is_dropped() -> None:
    assert read_json(page(b'\xef\xbb\xbf{"a": 1}')) == {"a": 1}
    assert len(read_csv(page(b"\xef\xbb\xbfModel,Score\nHeron,1\n"), ("Model",), "Model")) == 1


def test_html_where_json_is_due_is_named_and_quoted() -> None:
    with pytest.raises(WrongShape, match="HTML or XML page arrived where JSON is due: <!doctype html>"):
        read_json(page("\n <!doctype html><title>Not here</title>"))


@pytest.mark.parametrize(
    "words",
    ["Just a moment...", "Please complete the CAPTCHA", "Attention Required! | Gate", "Access denied"],
)
def test_a_robot_check_is_a_challenge_not_data(words: str) -> None:
    with pytest.raises(Challenge, match=r"a page for browsers .* arrived where CSV is due"):
        read_csv(page(f"<html><head><title>{words}</title></head></html>"), ("Model",), "Model")


@pytest.mark.parametrize(
    "body", [b"\x1f\x8b\x08\x00data", '{"a": "ø"}'.encode("latin-1"), b'\xff\xfe{\x00"\x00']
)
def test_bytes_that_are_not_utf8_are_named_with_their_place(body: bytes) -> None:
    with pytest.raises(WrongShape, match=r"not UTF-8 text where JSON is due: byte 0x[0-9a-f]{2} at \d+"):
        read_json(page(body))


def test_a_text_that_stops_inside_a_character_is_truncated() -> None:
    with pytest.raises(Truncated, match="stops inside a character"):
        read_json(page('{"a": "ø'.encode()[:-1]))


def test_numbers_keep_the_digits_they_were_written_with() -> None:
    value = read_json(page('{"a": 0.10, "b": 5e-07, "c": 12, "d": true}'))
    assert value == {"a": "0.10", "b": "5e-07", "c": 12, "d": True}
    assert isinstance(value, dict)
    assert [type(value[key]) for key in "abc"] == [Literal, Literal, int]


JSON = json.dumps(
    {"data": [{"id": "heron", "price": "0.5", "open": True, "note": "a \u00f8 \n b", "x": 1.5e-7}]}
)


@pytest.mark.parametrize("place", range(1, len(JSON)))
def test_a_json_text_cut_anywhere_is_truncated(place: int) -> None:
    with pytest.raises(Truncated, match="stops in the middle"):
        read_json(page(JSON[:place]))


@pytest.mark.parametrize(
    "body", ['{"a": 1,, "b": 2}', "[1 2]", "Service unavailable", "'a'", '{"a": 01}', "}"]
)
def test_text_that_is_no_json_is_not_called_truncated(body: str) -> None:
    with pytest.raises(WrongShape, match=r"not JSON: .* at character \d+"):
        read_json(page(body))


def test_text_after_the_end_of_the_json_is_refused() -> None:
    with pytest.raises(WrongShape, match="more text after the end of the JSON, at character 9"):
        read_json(page('{"a": 1} extra'))


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_are_none_are_refused(word: str) -> None:
    with pytest.raises(WrongShape, match=f"{word}, which is not a number"):
        read_json(page(f'{{"price": {word}}}'))


def test_a_key_that_stands_twice_is_refused_and_named() -> None:
    with pytest.raises(WrongShape, match="'price' appears twice"):
        read_json(page('{"models": [{"id": "a", "price": 1, "price": 2}]}'))


@pytest.mark.parametrize("deep", ["[" * 100_000, "[" * 100_000 + "]" * 100_000, '{"a":' * 100_000])
def test_nesting_without_end_is_an_error_not_a_crash(deep: str) -> None:
    with pytest.raises(WrongShape, match="nested without end"):
        read_json(page(deep))


def test_an_integer_of_ten_thousand_digits_is_refused() -> None:
    with pytest.raises(WrongShape, match="a number that cannot be read"):
        read_json(page(f'{{"downloads": {"9" * 10_000}}}'))


def test_another_structure_than_the_due_one_is_described() -> None:
    with pytest.raises(
        WrongShape, match="an object with the keys error, code where the list of models is due"
    ):
        list_of({"error": "overloaded", "code": 503}, "the list of models")
    with pytest.raises(WrongShape, match="a list where the object is due"):
        object_of([1], "the object")
    with pytest.raises(WrongShape, match="nothing where the object is due"):
        object_of(None, "the object")


def test_an_empty_list_or_object_is_empty_never_a_success() -> None:
    with pytest.raises(EmptyPayload, match="the list of models is empty"):
        list_of([], "the list of models")
    with pytest.raises(EmptyPayload, match="the object is empty"):
        object_of({}, "the object")


def test_a_due_key_that_no_row_has_is_missing_and_one_that_some_have_is_not() -> None:
    rows = [{"id": "a"}, {"id": "b", "pricing": {"prompt": "1"}}]
    require_keys(rows, ("id", "pricing.prompt"), "model")
    with pytest.raises(MissingColumn, match=r"no model has 'pricing\.completion'; the first has: id"):
        require_keys(rows, ("pricing.completion",), "model")
    with pytest.raises(WrongShape, match="no model is an object"):
        require_keys([1, "two"], ("id",), "model")


def test_csv_rows_are_keyed_by_header_with_cells_as_they_stand() -> None:
    rows = read_csv(page('Model,Note\n"Heron\n70B"," says ""hi"", twice "\n'), ("Model",), "Model")
    assert rows == [Row("row 1 (Heron 70B)", {"Model": "Heron\n70B", "Note": ' says "hi", twice '}, "csv")]


def test_a_missing_column_is_named_with_what_is_there() -> None:
    with pytest.raises(MissingColumn, match="the column 'Score' is missing; the header has: Model, Points"):
        read_csv(page("Model,Points\nHeron,1\n"), ("Model", "Score"), "Model")


def test_one_of_several_names_for_a_column_is_enough() -> None:
    due = (("Country (of organization)", "Country"),)
    assert len(read_csv(page("Model,Country\nHeron,Norway\n"), due, "Model")) == 1
    with pytest.raises(MissingColumn, match=r"'Country \(of organization\)' or 'Country' is missing"):
        read_csv(page("Model,Land\nHeron,Norway\n"), due, "Model")


def test_a_column_that_stands_twice_is_refused() -> None:
    with pytest.raises(WrongShape, match="'Score' appears twice in the header"):
        read_csv(page("Model,Score,Score\nHeron,1,2\n"), ("Model",), "Model")


def test_columns_without_a_name_are_ignored_while_they_are_empty() -> None:
    rows = read_csv(page("Model,Score,,\nHeron,1,,\nTern,2,,3\n"), ("Model",), "Model")
    assert rows == [
        Row("row 1 (Heron)", {"Model": "Heron", "Score": "1"}, "csv"),
        RowProblem("row 2 (Tern)", "a cell outside the named columns: the row is shifted", "3"),
    ]


def test_a_row_with_another_number_of_cells_is_a_problem() -> None:
    rows = read_csv(page("Model,Score\nHeron,1,2\nTern\nGull,3\n"), ("Model",), "Model")
    assert [row.reason for row in rows if isinstance(row, RowProblem)] == [
        "3 cells under 2 columns: the row is shifted",
        "1 cells under 2 columns: the row is shifted",
    ]


def test_a_header_without_rows_is_empty() -> None:
    with pytest.raises(EmptyPayload, match="a header and no row"):
        read_csv(page("Model,Score\n"), ("Model",), "Model")


CSV = 'Model,Note,Score\nHeron,"a, b\nc ""d""",1.25\nTern,,2.5\n'


@pytest.mark.parametrize("place", range(1, len(CSV) + 1))
def test_a_csv_cut_anywhere_gives_whole_rows_or_an_error(place: int) -> None:
    whole = read_csv(page(CSV), ("Model",), "Model")
    ends = {len(CSV[: CSV.index("Tern")]): 1, len(CSV): 2}  # a row's end -> the rows before it
    if place in ends:
        assert read_csv(page(CSV[:place]), ("Model",), "Model") == whole[: ends[place]]
        return
    header_alone = place == CSV.index("Heron")
    with pytest.raises(EmptyPayload if header_alone else Truncated):
        read_csv(page(CSV[:place]), ("Model",), "Model")


def test_a_cell_too_large_for_csv_is_refused() -> None:
    with pytest.raises(WrongShape, match="not CSV: field larger than field limit"):
        read_csv(page(f"Model,Score\n{'x' * 200_000},1\n"), ("Model",), "Model")
