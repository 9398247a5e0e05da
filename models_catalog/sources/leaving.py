"""May a stated value leave in a file? One answer for charts' files, exports and the shipped facts."""

from __future__ import annotations

import json
from collections.abc import Mapping

from models_catalog.sources.contract import Source


def may_leave(source: Source, board: str, value: Mapping[str, object]) -> bool:
    """Its owner's cited terms must allow it, and it must not be what the source took from another owner.

    Unknown means no, and so does a board that is declared no more: nobody says whose its values are.
    """
    declared = next((item for item in source.boards if item.slug == board), None)
    if not source.rights.export or declared is None or not declared.export:
        return False
    words = json.dumps(value, ensure_ascii=False) if source.rights.withheld else ""
    return not any(word in words for word in source.rights.withheld)
