"""A cache of one process that keeps the objects themselves: findings are frozen records, so nobody can change them.

Django's own memory cache pickles whatever it keeps; reading the landscape back took longer than rendering it.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock
from typing import Any, ClassVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache


class LiveObjects(BaseCache):
    """The least recently read goes first when MAX_ENTRIES are held. Every instance of a name shares one store."""

    stores: ClassVar[dict[str, OrderedDict[str, tuple[Any, float | None]]]] = {}
    lock = Lock()

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.held = self.stores.setdefault(name, OrderedDict())

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        with self.lock:
            found, until = self.held.get(self.named(key, version), (default, None))
            if until is not None and until <= time.monotonic():
                del self.held[self.named(key, version)]
                return default
            if self.named(key, version) in self.held:
                self.held.move_to_end(self.named(key, version))
            return found

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        with self.lock:
            self.held[self.named(key, version)] = (
                value,
                None if seconds is None else time.monotonic() + seconds,
            )
            self.held.move_to_end(self.named(key, version))
            while len(self.held) > self._max_entries:
                self.held.popitem(last=False)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        if self.get(key, self, version) is not self:
            return False
        self.set(key, value, timeout, version)
        return True

    def delete(self, key: str, version: int | None = None) -> bool:
        with self.lock:
            return self.held.pop(self.named(key, version), None) is not None

    def clear(self) -> None:
        with self.lock:
            self.held.clear()

    def named(self, key: str, version: int | None) -> str:
        return self.make_and_validate_key(key, version=version)
