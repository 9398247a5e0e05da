"""The script that makes a drawing answer to the pointer: Vega and its like, out of the installed renderer.

Made once per version and kept in a folder, because making it takes seconds; nothing is ever fetched.
"""

from __future__ import annotations

import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path

import vl_convert

from models_catalog.charts.render import VEGA_LITE

EXPORT = "window.vegaEmbed = vegaEmbed;"
NAME = f"vega-{version('vl-convert-python')}.js"


@cache
def bundle(folder: Path) -> str:
    """The script's text; written to `folder` where it is not there yet."""
    place = folder / NAME
    if not place.exists():
        write_whole(place, vl_convert.javascript_bundle(EXPORT, VEGA_LITE))
    return place.read_text(encoding="utf-8")


def write_whole(place: Path, text: str) -> None:
    """All or nothing: two processes may write the same at once."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=place.parent, delete=False) as made:
        made.write(text)
    Path(made.name).replace(place)
