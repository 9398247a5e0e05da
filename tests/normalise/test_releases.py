from datetime import date

from models_catalog.normalise.releases import (
    DateClaim,
    date_claim,
    date_disagreements,
    no_later_than,
    released_of,
    weights_out,
)
from models_catalog.vocabulary import DateKind, Precision


def stated(text: str, rank: int = 0, kind: DateKind = DateKind.ANNOUNCED, source: str = "epoch") -> DateClaim:
    found = date_claim(text, kind, rank, source)
    assert found is not None
    return found


def test_the_best_ranked_source_decides() -> None:
    first = released_of([stated("2025-04-16", 2, source="models-dev"), stated("2024-12-20", 0)])
    assert first is not None
    assert (first.day, first.source) == (date(2024, 12, 20), "epoch")


def test_within_one_rank_the_earliest_counts() -> None:
    first = released_of([stated("2026-05-07", 2), stated("2026-03-03", 2)])
    assert first is not None
    assert first.day == date(2026, 3, 3)


def test_a_month_is_made_exact_by_a_day_inside_it() -> None:
    first = released_of([stated("2025-04", 2), stated("2025-04-28", 3)])
    assert first is not None
    assert (first.day, first.precision) == (date(2025, 4, 28), Precision.DAY)
    outside = released_of([stated("2025-04", 2), stated("2025-07-31", 3)])
    assert outside is not None
    assert outside.precision is Precision.MONTH


def test_a_listing_yields_to_a_release_of_any_rank() -> None:
    listing = stated("2024-01-01", 0, DateKind.LISTING)
    assert released_of([listing, stated("2025-01-01", 5)]) == stated("2025-01-01", 5)
    assert released_of([listing]) == listing
    assert no_later_than(listing, [stated("2025-07-25", 0)]) == stated("2025-07-25", 0)


def test_no_statement_is_no_release() -> None:
    assert released_of([]) is None
    assert date_claim("soon", DateKind.ANNOUNCED, 0, "epoch") is None


def test_a_model_is_out_when_its_first_checkpoint_is() -> None:
    general = stated("2025-06-17", 2, source="models-dev")
    assert no_later_than(general, [stated("2025-03-25", 0)]) == stated("2025-03-25", 0)
    assert no_later_than(general, [stated("2025-03-25", 3)]) == general
    assert no_later_than(general, []) == general


def test_weights_that_follow_the_announcement_start_the_clock() -> None:
    announced = stated("2026-07-16")
    repository = stated("2026-07-27", 5, DateKind.WEIGHTS, "huggingface")
    assert weights_out(announced, [announced, repository]) == repository


def test_a_repository_made_in_private_or_much_later_does_not() -> None:
    announced = stated("2026-07-16")
    for day in ("2026-06-13", "2026-11-01"):
        assert weights_out(announced, [stated(day, 5, DateKind.WEIGHTS)]) == announced


def test_a_reviewed_day_goes_before_the_repositorys() -> None:
    announced = stated("2026-07-16")
    found = weights_out(announced, [stated("2026-06-13", 5, DateKind.WEIGHTS)], date(2026, 7, 27))
    assert (found.day, found.kind, found.source) == (date(2026, 7, 27), DateKind.WEIGHTS, "review")


def test_weights_reviewed_as_out_with_the_announcement_do_not_wait_for_a_repository() -> None:
    announced, later = stated("2022-02-09"), stated("2022-04-07", 5, DateKind.WEIGHTS, "huggingface")
    assert weights_out(announced, [later]) == later
    assert weights_out(announced, [later], date(2022, 2, 9)).day == date(2022, 2, 9)


def test_only_disagreements_of_more_than_a_week_are_listed() -> None:
    first = stated("2024-12-20")
    close, far = stated("2024-12-26", 2), stated("2025-04-16", 2, source="models-dev")
    assert date_disagreements(first, [first, close, stated("2024-12", 3)]) == []
    [found] = date_disagreements(first, [first, far])
    assert (
        found.sentence
        == "released 2024-12-20 (epoch, announced), but also 2025-04-16 (models-dev, announced)"
    )
    assert (found.stated.said, found.stated.source, found.days) == (
        "2025-04-16 (announced)",
        "models-dev",
        117,
    )
