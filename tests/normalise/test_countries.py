import pytest

from models_catalog.normalise.countries import first_country


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("United States of America", "United States"),
        ("Korea (Republic of),United States of America", "South Korea"),
        (" France ,Germany", "France"),
        ("Norway", "Norway"),
        ("", ""),
    ],
)
def test_a_country_has_one_name_however_a_source_spells_it(stated: str, name: str) -> None:
    assert first_country(stated) == name
