"""The last part of an address: lower-case ASCII, never empty, never longer than its column."""

from __future__ import annotations

import hashlib
import re

MODEL_LENGTH, ORGANIZATION_LENGTH = 120, 70  # together, joined by a hyphen, they are one slug, too
MARK_LENGTH = 8


def slug_from(text: str, limit: int) -> str:
    """Hyphens for everything but letters and digits. What the text loses beyond that, being cut or having no
    such letter at all, is made up for by a few letters of its hash, so that two names keep two slugs."""
    plain = re.sub(r"[^a-z0-9]+", "-", text).strip("-")
    if plain and len(plain) <= limit:
        return plain
    mark = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:MARK_LENGTH]
    return f"{plain[: limit - MARK_LENGTH - 1].strip('-') or 'unnamed'}-{mark}"
