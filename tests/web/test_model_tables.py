from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from models_catalog.findings.records import Price, Score, Statement
from models_catalog.web.model_tables import price_table, score_table, statement_table
from models_catalog.web.views.model import in_words

SEEN = datetime(2026, 2, 27, tzinfo=UTC)


def price(
    provider: str,
    unit: str,
    amount: str | None,
    *,
    currency: str = "USD",
    per: str = "1M tokens",
    number: int = 1,
) -> Price:
    value = None if amount is None else Decimal(amount)
    return Price(
        source="models-dev",
        source_title="models.dev",
        provider=provider,
        unit=unit,
        tier="standard",
        band="",
        per_million=value if per == "1M tokens" else None,
        amount=value,
        per=per,
        currency=currency,
        variable=amount is None,
        observed_at=SEEN,
        observation=number,
    )


def score(
    benchmark: str,
    metric: str,
    value: str,
    unit: str = "percent",
    *,
    low: str | None = None,
    high: str | None = None,
) -> Score:
    return Score(
        source="epoch",
        source_title="Epoch AI",
        subject="Birch 3",
        benchmark=benchmark,
        benchmark_slug="",
        metric=metric,
        value=Decimal(value),
        unit=unit,
        low=Decimal(low) if low else None,
        high=Decimal(high) if high else None,
        settings="",
        evaluator="",
        evaluated_on="",
        observed_at=SEEN,
        observation=1,
    )


def statement(label: str, value: str, subject: str, day: int = 1, number: int = 1) -> Statement:
    seen = datetime(2026, 2, day, tzinfo=UTC)
    return Statement("models-dev", "models.dev", label, value, subject, seen, number)


def test_an_offer_is_one_row_and_the_cheapest_comes_first() -> None:
    prices = [price("dear", "input", "5"), price("cheap", "input", "0.1"), price("cheap", "output", "0.4")]
    rows = price_table(prices).rows
    assert [[cell.text for cell in row[:3]] for row in rows] == [
        ["cheap", "$0.10", "$0.40"],
        ["dear", "$5.00", "—"],
    ]
    assert rows[1][2].missing == "not listed"


def test_a_hosts_free_name_does_not_hide_what_the_model_costs_there() -> None:
    sold = [
        replace(price("one", unit, amount), subject=name)
        for name, *amounts in (("GLM", "0.6", "2.2"), ("GLM Free", "0", "0"), ("GLM again", "0.6", "2.2"))
        for unit, amount in zip(("input", "output"), amounts, strict=True)
    ]
    rows = price_table(sold).rows
    assert [(row[1].text, row[2].text, row[6].text) for row in rows] == [
        ("$0.60", "$2.20", "as “GLM”"),
        ("$0", "$0", "as “GLM Free”"),
    ]


def test_a_price_that_depends_is_not_a_number() -> None:
    assert price_table([price("router", "input", None)]).rows[0][1].text == "varies"


def test_a_price_in_another_currency_or_unit_keeps_its_own_words() -> None:
    prices = [price("host", "input", "2", currency="CNY"), price("host", "image", "0.02", per="image")]
    row = price_table(prices).rows[0]
    assert row[1].text == "2 CNY per 1M tokens"
    assert row[5].text == "image 0.02 USD per image"


def test_a_column_nobody_states_anything_in_is_named_once_instead_of_shown() -> None:
    some = [
        replace(score("Quiz", "x", "50"), evaluator="https://lab.example/quiz/"),
        score("Maths", "x", "70"),
    ]
    table = score_table(some).filled()
    assert [column.label for column in table.columns] == [
        *("Benchmark", "Score", "Variant and settings", "Measured by", "Source", "Retrieved"),
    ]
    assert table.caption.endswith("Empty in every row: interval")
    assert [(row[3].text, row[3].link) for row in table.rows] == [
        ("—", ""),
        ("lab.example/quiz", "https://lab.example/quiz/"),
    ]
    known = score_table([replace(some[0], low=Decimal(40), high=Decimal(60))])
    assert known.filled() is known


def test_benchmarks_of_the_index_come_first() -> None:
    scores = [score("Arena: long_user", "elo", "1300", "elo"), replace(score("Quiz", "x", "50"), index=True)]
    assert [row[0].text for row in score_table(scores).rows] == ["Quiz", "Arena: long user"]


def test_a_metric_is_named_only_where_it_tells_results_apart() -> None:
    scores = [score("Quiz", "pass@1", "50"), score("Quiz", "pass@2", "60"), score("Maths", "accuracy", "70")]
    assert [row[0].text for row in score_table(scores).rows] == ["Maths", "Quiz, pass@1", "Quiz, pass@2"]


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        ("0.6212121", "fraction", "62.1 %"),
        ("0.00034", "fraction", "0.034 %"),
        ("0", "fraction", "0.0 %"),
        ("-0.021", "fraction", "\u22122.1 %"),
        ("88", "percent", "88.0 %"),
        ("41.78", "percent", "41.8 %"),
        ("141.79", "index", "141.8 points"),
        ("1337.4", "elo", "1 337 Elo"),
        ("33.3", "unstated", "33.3"),
        ("12.5", "minutes", "12.5 minutes"),
    ],
)
def test_a_score_is_written_in_a_unit_that_compares_and_leads_to_its_evidence(
    value: str, unit: str, written: str
) -> None:
    cell = score_table([score("Quiz", "x", value, unit)]).rows[0][1]
    assert (cell.text.replace("\u202f", " "), cell.observation) == (written, 1)
    assert cell.aside == ("unit not stated" if unit == "unstated" else "")


def test_an_interval_is_in_the_unit_of_its_score() -> None:
    scores = [
        score("A", "x", "0.62", "fraction", low="0.5", high="0.735"),
        score("B", "x", "141.79", "index", low="139.46", high="143.18"),
    ]
    assert [row[2].text for row in score_table(scores).rows] == ["50.0–73.5", "139.5–143.2"]


def test_a_result_that_anchors_its_scale_has_no_interval() -> None:
    cell = score_table([score("Index", "x", "150", "index", low="150", high="150.0")]).rows[0][2]
    assert (cell.text, cell.missing) == ("—", "fixed by definition: this result anchors the scale")


def test_offers_stated_at_zero_come_last() -> None:
    prices = [price("free", "input", "0"), price("dear", "input", "5"), price("router", "input", None)]
    assert [row[0].text for row in price_table(prices).rows] == ["dear", "free", "router"]


def test_equal_statements_become_one_row_with_the_newest_evidence() -> None:
    said = [
        statement("Context window (tokens)", "131072", "Birch", day=1, number=1),
        statement("Context window (tokens)", "131072", "birch-3", day=3, number=3),
        statement("Context window (tokens)", "128000", "birch-3", day=2, number=2),
        statement("Release date", "2025-09-01", "Birch", number=4),
    ]
    rows = statement_table(said).rows
    assert [(row[0].text, row[1].text, row[1].observation) for row in rows] == [
        ("Release date", "2025-09-01", 4),
        ("Context window (tokens)", "128\u202f000", 2),
        ("Context window (tokens)", "131\u202f072", 3),
    ]
    assert rows[2][2].text == "Birch, birch-3"


def test_a_disagreement_calls_its_source_by_name() -> None:
    said = in_words("graded open-weights-osi, but osai states 'Some License'")
    assert (
        said == "graded “Open weights, OSI licence”, but European Open Source AI Index states 'Some License'"
    )


def test_a_correction_names_source_and_field_as_pages_do() -> None:
    said = in_words(
        "corrected: epoch states access_claim 'Closed', counted as 'Open'. The weights came later."
    )
    assert (
        said == "corrected here: Epoch AI states weights 'Closed', counted as 'Open'. The weights came later."
    )
