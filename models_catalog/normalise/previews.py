"""Is this a preview: served to try, under a name that says so, and often withdrawn unreleased?"""

from __future__ import annotations

import re

PREVIEW = re.compile(r"(?<![a-z])(preview|exp|experimental|beta|alpha|early)(?![a-z])", re.IGNORECASE)


def is_preview(name: str) -> bool:
    """Does the name itself say that the model is not final? "gemini-2.5-pro-exp-03-25" does."""
    return PREVIEW.search(name) is not None
