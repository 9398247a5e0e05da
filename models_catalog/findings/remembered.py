"""An answer found for one generation of the data is kept until the next: a new collection forgets them all.

The number is read before the data (architecture.md, "Caching"), so data that arrive in between can only make a
kept answer newer than its key says. The commit stamp beside it tells databases apart. Before the first
collection nothing is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, TypeVar

from django.core.cache import cache

from models_catalog.models import Generation

Found = TypeVar("Found")


_view: ContextVar[dict[str, Any] | None] = ContextVar("view", default=None)


@contextmanager
def one_view() -> Iterator[None]:
    """All that is asked inside is answered from one generation: a page whose parts agree, and fewer questions."""
    token = _view.set({})
    try:
        yield
    finally:
        _view.reset(token)


def asked_once(name: str, find: Callable[[], Found]) -> Found:
    """What `find` answers, once per view; anew each time outside of one."""
    kept = _view.get()
    if kept is None:
        return find()
    if name not in kept:
        kept[name] = find()
    found: Found = kept[name]
    return found


def newest_generation() -> tuple[int, datetime] | None:
    return Generation.objects.filter(pk=1).values_list("number", "recorded_at").first()


def remembered(question: object, find: Callable[[], Found]) -> Found:
    """What `find` answers, looked up once per generation and process.

    `question` names the finding and all that its answer depends on besides the data; its repr is the key.
    """
    generation = asked_once("generation", newest_generation)
    if generation is None:
        return find()
    key = hashlib.sha256(repr((generation, question)).encode()).hexdigest()
    kept: tuple[Found] | None = cache.get(key)
    if kept is None:
        kept = (find(),)
        cache.set(key, kept)
    return kept[0]
