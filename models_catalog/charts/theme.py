"""The colours charts draw with: named tokens on the page, literal values in a downloaded file.

Open is blue, closed is vermillion (Okabe and Ito's palette, safe for the common kinds of colour blindness);
tiers of openness are steps of the blue. On a page a colour is `var(--name)` and follows the reader's theme;
static/site.css holds both themes, and a test compares its light theme with this table.
"""

from __future__ import annotations

from models_catalog.vocabulary import Access, Tier

LIGHT: dict[str, str] = {
    "paper": "#fdfcf9",
    "ink": "#1b1b1a",
    "muted": "#5f5d58",
    "line": "#dedbd3",
    "open": "#0072b2",
    "open-ink": "#005d94",
    "closed": "#d55e00",
    "closed-ink": "#ad4c00",
    "unknown": "#7d7b75",
    "tier-osi": "#00375c",
    "tier-permissive": "#00609a",
    "tier-restricted": "#1f7fbe",
    "tier-research": "#5d97c2",
}

ACCESS: dict[Access, str] = {Access.OPEN: "open", Access.CLOSED: "closed", Access.UNKNOWN: "unknown"}

TIER: dict[Tier, str] = {
    Tier.OSI: "tier-osi",
    Tier.PERMISSIVE: "tier-permissive",
    Tier.RESTRICTED: "tier-restricted",
    Tier.RESEARCH: "tier-research",
    Tier.CLOSED: "closed",
    Tier.UNKNOWN: "unknown",
}


def token(name: str) -> str:
    """The colour as a stylesheet variable; KeyError for a name no theme defines."""
    LIGHT[name]
    return f"var(--{name})"


def literal(text: str) -> str:
    """The same text with every variable replaced by its light-theme value."""
    for name, value in LIGHT.items():
        text = text.replace(f"var(--{name})", value)
    return text
