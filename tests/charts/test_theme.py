import re
from pathlib import Path

import pytest

from models_catalog.charts.theme import ACCESS, LIGHT, TIER, literal, token
from models_catalog.vocabulary import Access, Tier

STYLESHEET = Path(__file__).resolve().parents[2] / "static" / "site.css"
TEXT = ("ink", "muted", "open-ink", "closed-ink")
GRAPHICS = ("open", "closed", "unknown", *sorted(set(TIER.values())))


def themes() -> dict[str, dict[str, str]]:
    """The tokens of the stylesheet's three blocks."""
    blocks = re.findall(r"(:root[^{]*)\{([^}]*)\}", STYLESHEET.read_text(encoding="utf-8"))
    return {name.strip(): dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", body)) for name, body in blocks}


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_downloads_use_the_pages_light_theme() -> None:
    assert LIGHT.items() <= themes()[":root"].items()


def test_the_chosen_dark_theme_is_the_systems_dark_theme() -> None:
    found = themes()
    assert found[':root[data-theme="dark"]'] == found[':root:not([data-theme="light"])']


@pytest.mark.parametrize("theme", [":root", ':root[data-theme="dark"]'])
def test_text_and_graphics_stand_out_from_the_paper(theme: str) -> None:
    colours = themes()[theme]
    for name in TEXT:
        assert contrast(colours[name], colours["paper"]) >= 4.5, name
        assert contrast(colours[name], colours["wash"]) >= 4.5, name
    for name in GRAPHICS:
        assert contrast(colours[name], colours["paper"]) >= 3, name
    assert contrast(colours["amber"], colours["paper"]) >= 4.5
    assert contrast(colours["ink"], colours["amber-wash"]) >= 4.5


def test_every_access_and_tier_has_a_colour() -> None:
    assert set(ACCESS) == set(Access)
    assert set(TIER) == set(Tier)
    assert len(set(TIER.values())) == len(Tier)


def test_variables_become_literal_colours() -> None:
    assert literal(f"fill {token('open')}, {token('open-ink')}") == "fill #0072b2, #005d94"
    with pytest.raises(KeyError):
        token("no-such-colour")
