from models_catalog.charts.price_path import round_prices


def test_the_axis_of_prices_has_a_line_per_round_price_and_holds_every_price() -> None:
    assert round_prices([0.07, 0.13, 0.42]) == [0.05, 0.1, 0.2, 0.5]
    assert round_prices([1.0, 20.0]) == [1.0, 2.0, 5.0, 10.0, 20.0]


def test_one_price_still_has_an_axis() -> None:
    assert round_prices([2.0]) == [2.0, 5.0]
