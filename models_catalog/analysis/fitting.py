"""Which weights fit into how much memory? Parameters in, gigabytes out.

Memory = parameters x bits per weight / 8 x (1 + ROOM). ROOM is an assumption: a fifth on top of the weights for
the cache of a moderate context and the runtime itself; a long context needs more. All parameters count, also
of a mixture of experts: every expert has to be loaded.
"""

from __future__ import annotations

from dataclasses import dataclass

ROOM = 0.2
GIGABYTE = 1e9


@dataclass(frozen=True, slots=True)
class Precision:
    """How weights are stored; `bits` per weight, scales included."""

    key: str
    name: str
    bits: float


# 4-bit: 4.85 bits per weight is what llama.cpp's Q4_K_M takes on average; 8-bit: Q8_0 takes 8.5.
PRECISIONS = (
    Precision("bf16", "16-bit", 16.0),
    Precision("int8", "8-bit", 8.5),
    Precision("int4", "4-bit", 4.85),
)


def memory_needed(parameters: int, precision: Precision) -> float:
    """Gigabytes (10^9 bytes) for weights at this precision, with room to work."""
    return parameters * precision.bits / 8 * (1 + ROOM) / GIGABYTE


def best_fit(parameters: int, memory: float) -> Precision | None:
    """The highest precision that fits into `memory` gigabytes; None when not even the lowest does."""
    return next((one for one in PRECISIONS if memory_needed(parameters, one) <= memory), None)
