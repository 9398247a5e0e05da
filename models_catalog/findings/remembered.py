"""An answer found for one generation of the data is kept until the next: a new collection forgets them all.

The number is read before the data (architecture.md, "Caching"), so data that arrive in between can only make a
kept answer newer than its key says. The commit stamp beside it tells databases apart. Before the first
collection nothing is kept beyond one view.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar

from django.core.cache import cache

from models_catalog.findings.then import known_then
from models_catalog.models import Generation

Found = TypeVar("Found")


_under_way: dict[str, tuple[Lock, int]] = {}  # what is being found, and how many wait for it or find it
_guard = Lock()
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
    """What `find` answers, looked up once per generation and process, by one thread while the others wait.

    `question` names the finding and all that its answer depends on besides the data; its repr is the key, with the
    instant as of which it is asked (see `then`). What is kept is the answer itself: records that nobody changes.
    """
    generation = asked_once("generation", newest_generation)
    if generation is None:
        return asked_once(repr((known_then(), question)), find)
    key = hashlib.sha256(repr((generation, known_then(), question)).encode()).hexdigest()
    kept: tuple[Found] | None = cache.get(key)
    if kept is not None:
        return kept[0]
    with single_flight(key):
        kept = cache.get(key)
        if kept is None:
            kept = (find(),)
            cache.set(key, kept)
    return kept[0]


@contextmanager
def single_flight(key: str) -> Iterator[None]:
    """One thread at a time for one key. A finding asks only for those it is made of: nobody waits in a circle."""
    with _guard:
        lock, users = _under_way.get(key, (Lock(), 0))
        _under_way[key] = lock, users + 1
    try:
        with lock:
            yield
    finally:
        with _guard:
            lock, users = _under_way.pop(key)
            if users > 1:
                _under_way[key] = lock, users - 1
