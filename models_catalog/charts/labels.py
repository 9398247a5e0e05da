"""Which labels fit: a greedy choice of text boxes that overlap neither each other nor what is in the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels; `x` and `y` are its left and top."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Box) -> bool:
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


def text_width(text: str, size: float) -> float:
    """A generous guess of a sans-serif text's width in pixels."""
    return 0.56 * size * len(text)


def free_labels(
    candidates: Sequence[tuple[str, Box]], taken: Iterable[Box], frame: Box, most: int
) -> tuple[str, ...]:
    """The keys of candidates, in the order given, that stay inside the frame and touch nothing."""
    occupied, chosen = list(taken), list[str]()
    for key, box in candidates:
        if len(chosen) == most:
            break
        inside = box.x >= frame.x and box.x + box.width <= frame.x + frame.width and box.y >= frame.y
        if inside and not any(box.meets(other) for other in occupied):
            chosen.append(key)
            occupied.append(box)
    return tuple(chosen)
