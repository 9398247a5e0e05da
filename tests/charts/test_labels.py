from models_catalog.charts.labels import Box, free_labels, text_width

FRAME = Box(0, 0, 100, 100)


def test_the_first_of_two_overlapping_labels_wins() -> None:
    candidates = [("a", Box(10, 10, 20, 10)), ("b", Box(15, 12, 20, 10)), ("c", Box(60, 60, 20, 10))]
    assert free_labels(candidates, [], FRAME, most=9) == ("a", "c")


def test_labels_avoid_what_is_in_the_way_and_stay_inside() -> None:
    candidates = [
        ("on a mark", Box(10, 10, 20, 10)),
        ("outside", Box(90, 10, 20, 10)),
        ("free", Box(50, 50, 5, 5)),
    ]
    assert free_labels(candidates, [Box(12, 12, 2, 2)], FRAME, most=9) == ("free",)


def test_no_more_labels_than_asked_for() -> None:
    candidates = [(str(row), Box(0, 20 * row, 10, 10)) for row in range(5)]
    assert free_labels(candidates, [], FRAME, most=2) == ("0", "1")


def test_longer_text_is_wider() -> None:
    assert text_width("abcd", 10) == 2 * text_width("ab", 10)
