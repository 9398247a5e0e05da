"""From chart to picture: Altair -> Vega-Lite -> SVG or PNG, on this machine, cached by what is drawn.

The page's SVG keeps its colours as stylesheet variables and carries no style attribute (a strict content
security policy holds); a downloaded picture has literal colours, its headline and its sources in it.
"""

from __future__ import annotations

import hashlib
import json
import re
import textwrap
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

import altair as alt
import vl_convert
from altair.utils.schemapi import disable_debug_mode

from models_catalog.charts.theme import literal, token

disable_debug_mode()  # see `styled`
VEGA_LITE = "v6.4"
FONT = "system-ui, 'Liberation Sans', Arial, sans-serif"
FONT_SIZE = 12
FRAME_WIDTH = 16  # paper around a downloaded picture
HATCH = "url(#hatch)"
OPEN_HATCH = "url(#open-hatch)"
HATCHES = {HATCH: "unknown", OPEN_HATCH: "open"}  # a paint and the colour of its lines

# What Vega writes for its own tooling and a reader never needs: about a third of the bytes.
TAG = re.compile(r"<[^>]+>")
NOISE = re.compile(
    r' (?:aria-[a-z]+|role|pointer-events|class|font-family)="[^"]*"'
    r'| (?:opacity|fill-opacity|stroke-opacity)="1"| font-weight="normal"'
)
FRAME = re.compile(r'<path d="(?:M0,0h0v0h0Z)?"[^>]*/>')
LONG_NUMBER = re.compile(r"(\.\d)\d+")
ROOT = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"[^>]*>')


@dataclass(frozen=True, slots=True)
class Shape:
    """The whole drawing, axes and margins included, in CSS pixels."""

    width: int
    height: int
    wide: bool


@dataclass(frozen=True, slots=True)
class Caption:
    """What a downloaded picture says about itself: it must stand alone."""

    headline: str
    source: str


MAIL = Shape(480, 350, wide=False)  # shrinks to two thirds on a phone: its words are still read


Chart = alt.LayerChart
Build = Callable[[Any, Shape], Chart]


@lru_cache(maxsize=256)
def page_svg(build: Build, drawing: Hashable, shape: Shape, label: str) -> str:
    """The drawing for a page: themeable by stylesheet, scaled by it, `label` for screen readers."""
    return page_markup(picture(specification(build, drawing, shape)), shape, label)


@lru_cache(maxsize=32)
def download_svg(build: Build, drawing: Hashable, shape: Shape, caption: Caption) -> str:
    """A file of its own: literal colours, headline above, sources below."""
    svg = with_halo(picture(captioned(build, drawing, shape, caption)))
    return literal(with_hatches(svg, ""))


@lru_cache(maxsize=32)
def download_png(build: Build, drawing: Hashable, shape: Shape, caption: Caption) -> bytes:
    """The same picture as pixels, two per CSS pixel."""
    return vl_convert.svg_to_png(download_svg(build, drawing, shape, caption), scale=2)


def live_specification(build: Build, drawing: Hashable, shape: Shape) -> dict[str, Any]:
    """The drawing for a browser that has Vega: the same, and it can be zoomed and dragged."""
    found = specification(build, drawing, shape)
    window = {"name": "window", "select": "interval", "bind": "scales"}
    if "layer" in found:
        found["layer"][0].setdefault("params", []).append(window)
    return found


@lru_cache(maxsize=8)
def plain_png(build: Build, drawing: Hashable, shape: Shape) -> bytes:
    """The drawing alone on paper, in literal colours, two pixels per CSS pixel."""
    found = specification(build, drawing, shape)
    found["config"]["background"] = token("paper")
    svg = with_halo(picture(dict(json.loads(literal(json.dumps(found))))))
    return vl_convert.svg_to_png(literal(with_hatches(svg, "")), scale=2)


def picture(specification: dict[str, Any]) -> str:
    """Drawn here: a specification may load nothing from anywhere."""
    svg: str = vl_convert.vegalite_to_svg(specification, vl_version=VEGA_LITE, allowed_base_urls=[])
    return svg


def specification(build: Build, drawing: Hashable, shape: Shape) -> dict[str, Any]:
    """The Vega-Lite specification of one drawing in the house style."""
    return dict(styled(build, drawing, shape).to_dict(validate=False))


def styled(build: Build, drawing: Hashable, shape: Shape) -> Chart:
    """Not held against Vega-Lite's schema, which took most of a cold page's time; the tests do that."""
    chart: Chart = build(drawing, shape).configure(**house_style())
    return chart


def house_style() -> dict[str, Any]:
    """Calm axes: no frame, hairlines only where values are read, labels in the muted ink."""
    axis = {
        "domain": False,
        "ticks": False,
        "grid": True,
        "gridColor": token("line"),
        "labelColor": token("muted"),
        "labelFontSize": FONT_SIZE,
        "labelPadding": 6,
        "titleColor": token("muted"),
        "titleFontSize": FONT_SIZE,
        "titleFontWeight": "normal",
    }
    return {
        "background": "transparent",
        "font": FONT,
        "aria": False,
        "autosize": "none",
        "view": {"stroke": None},
        "axis": axis,
        "text": {"fontSize": FONT_SIZE, "color": token("ink")},
        "title": {
            "anchor": "start",
            "color": token("ink"),
            "fontSize": 16,
            "subtitleColor": token("muted"),
            "subtitleFontSize": 11,
        },
    }


def captioned(build: Build, drawing: Hashable, shape: Shape, caption: Caption) -> dict[str, Any]:
    """The specification for a download: literal colours on paper, headline and sources as its title."""
    found = specification(build, drawing, shape)
    headline = textwrap.wrap(caption.headline, shape.width // 9)
    source = textwrap.wrap(caption.source, shape.width // 6)
    padding = found["padding"]
    found["title"] = {
        "text": headline,
        "subtitle": source,
        "frame": "group",
        "dx": -padding["left"],
        "offset": padding["top"],
    }
    above = padding["top"] + 20 * len(headline) + 14 * len(source) + 2 * FRAME_WIDTH
    found["padding"] = {side: size + FRAME_WIDTH for side, size in padding.items()} | {"top": above}
    found["config"]["background"] = token("paper")
    return dict(json.loads(literal(json.dumps(found))))


def page_markup(svg: str, shape: Shape, label: str) -> str:
    """Vega's SVG, slimmed, sized by its viewBox, and named for screen readers."""
    slim = FRAME.sub("", TAG.sub(slimmed, svg))
    kind = "wide" if shape.wide else "narrow"
    root = rf'<svg class="chart chart-{kind}" viewBox="0 0 \1 \2" role="img" aria-label="{escape(label)}">'
    suffix = f"-{hashlib.sha256(slim.encode()).hexdigest()[:8]}"
    return with_hatches(ROOT.sub(lambda found: found.expand(root), slim, count=1), suffix)


def slimmed(tag: re.Match[str]) -> str:
    """One tag without Vega's noise; text between tags is left alone."""
    if tag.group().startswith("<svg "):
        return tag.group()
    return LONG_NUMBER.sub(r"\1", NOISE.sub("", tag.group()))


def with_hatches(svg: str, suffix: str) -> str:
    """Give every drawing its own hatch patterns: two inline drawings must not share an id."""
    used = {paint: colour for paint, colour in HATCHES.items() if paint in svg}
    if not used:
        return svg
    patterns = "".join(pattern(name_of(paint) + suffix, token(colour)) for paint, colour in used.items())
    start = svg.index(">") + 1
    body = svg[start:]
    for paint in used:
        body = body.replace(paint, f"url(#{name_of(paint)}{suffix})")
    return f"{svg[:start]}<defs>{patterns}</defs>{body}"


def name_of(paint: str) -> str:
    """ "url(#hatch)" -> "hatch" """
    return paint.removeprefix("url(#").removesuffix(")")


def pattern(identity: str, colour: str) -> str:
    return (
        f'<pattern id="{identity}" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><path d="M1,0v5" stroke="{colour}" stroke-width="2"/></pattern>'
    )


def with_halo(svg: str) -> str:
    """Paper around every letter, as static/site.css does on a page, so that words stay legible over marks."""
    halo = f'paint-order="stroke" stroke="{literal(token("paper"))}" stroke-width="3" stroke-linejoin="round"'
    return svg.replace("<text ", f"<text {halo} ")
