from hypothesis import given
from hypothesis import strategies as st

from models_catalog.analysis.fitting import PRECISIONS, best_fit, memory_needed


def test_seventy_billion_parameters_need_168_gigabytes_at_sixteen_bits() -> None:
    assert memory_needed(70_000_000_000, PRECISIONS[0]) == 168.0


def test_the_highest_precision_that_fits_is_chosen() -> None:
    fits = [best_fit(8_000_000_000, memory) for memory in (4, 6, 12, 24)]
    assert [found.name if found else None for found in fits] == [None, "4-bit", "8-bit", "16-bit"]


@given(st.integers(1, 10**13), st.floats(1, 1e5))
def test_more_memory_never_fits_less(parameters: int, memory: float) -> None:
    found, more = best_fit(parameters, memory), best_fit(parameters, memory * 2)
    assert found is None or (more is not None and more.bits >= found.bits)
