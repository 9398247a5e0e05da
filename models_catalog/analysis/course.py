"""Where does a side climb? A line with bends through the records of its frontier.

Least squares, with as many bends as the Bayesian information criterion pays for and at least six records to a
piece. Not the line that joins the records: a record's distance from that is zero by construction, and worlds drawn
from it would hug their frontier.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import numpy as np

from models_catalog.analysis.frontier import Staircase
from models_catalog.analysis.records import Floats, Insufficient

RECORDS_PER_PIECE = 6
LEAST_RECORDS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """A level for every day: linear pieces between `knots` (days), continued straight at both ends."""

    knots: Floats
    values: Floats  # intercept, slope, then the change of slope at every knot

    @classmethod
    def through(cls, records: Staircase) -> Course:
        """Least squares through a side's records. Insufficient with fewer than four."""
        if len(records) < LEAST_RECORDS:
            raise Insufficient(
                f"{LEAST_RECORDS} records are needed for a course, and there are {len(records)}"
            )
        most = max(1, len(records) // RECORDS_PER_PIECE)
        fits = [cls._of_pieces(records, pieces) for pieces in range(1, most + 1)]
        return min(fits, key=lambda course: course._cost(records))

    @classmethod
    def _of_pieces(cls, records: Staircase, pieces: int) -> Course:
        knots = np.quantile(records.days, np.linspace(0, 1, pieces + 1)[1:-1])
        values, *_ = np.linalg.lstsq(_bends(records.days, knots), records.levels, rcond=None)
        return cls(knots.astype(np.float64), values.astype(np.float64))

    def _cost(self, records: Staircase) -> float:
        """Bayesian information criterion (Schwarz 1978), so that a bend is paid for by what it explains."""
        n, misfit = len(records), float(((self.at(records.days) - records.levels) ** 2).mean())
        return n * math.log(max(misfit, 1e-12)) + len(self.values) * math.log(n)

    def at(self, days: Floats) -> Floats:
        levels: Floats = _bends(days, self.knots) @ self.values
        return levels


ORIGIN = float(date(2023, 1, 1).toordinal())


def _bends(days: Floats, knots: Floats) -> Floats:
    years = (days - ORIGIN) / 365.25
    bends = [np.maximum(years - (knot - ORIGIN) / 365.25, 0) for knot in knots]
    return np.column_stack([np.ones(len(days)), years, *bends])
