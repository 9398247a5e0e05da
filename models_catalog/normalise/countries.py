"""Countries by the name English readers use: sources write the United Nations' long forms beside it."""

from __future__ import annotations

COMMON = {
    "United States of America": "United States",
    "United Kingdom of Great Britain and Northern Ireland": "United Kingdom",
    "Korea (Republic of)": "South Korea",
    "Korea (Democratic People's Republic of)": "North Korea",
    "Russian Federation": "Russia",
    "Iran (Islamic Republic of)": "Iran",
    "Taiwan (Province of China)": "Taiwan",
    "Viet Nam": "Vietnam",
    "Netherlands (Kingdom of the)": "Netherlands",
}


def first_country(stated: str) -> str:
    """The first country of a list, under its common name: "Korea (Republic of),Japan" -> "South Korea"."""
    first = stated.split(",", maxsplit=1)[0].strip()
    return COMMON.get(first, first)
