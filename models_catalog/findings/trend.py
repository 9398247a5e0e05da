"""Is the lag shrinking, how sure is it as a process, and what is expected of it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from models_catalog.analysis.forecast import Forecast
from models_catalog.analysis.process import ProcessInterval
from models_catalog.analysis.track import Track
from models_catalog.analysis.trend import Trend
from models_catalog.findings.remembered import remembered
from models_catalog.findings.studies import newest_study, read
from models_catalog.models import Study
from models_catalog.vocabulary import Inputs

NOT_TESTED = "trend not tested yet"


@dataclass(frozen=True, slots=True)
class StandingTrend:
    """The trend rule's verdict on one scale's lag (months per year), as of one day.

    `trend` and `process` are None exactly when `reason` says why. `process` is the 90 % interval of the lag in
    months when releases count as chance, too. `forecasts` go at most six months ahead, and say why when there
    is none.
    """

    inputs: Inputs
    as_of: date
    known_at: datetime
    method_version: str
    trend: Trend | None
    process: ProcessInterval | None
    forecasts: tuple[Forecast, ...]
    reason: str

    @property
    def words(self) -> str:
        """The direction in words for a headline: "no supported trend since 2023", "narrowing since 2023" …"""
        if self.trend is None:
            return f"no direction is stated: {self.reason}"
        window = self.trend.windows[0]
        if window.verdict == "not estimable":
            return "no direction is stated: too few values for three of four estimators"
        return f"{window.verdict} since {window.since:%Y}"


def standing_trend(inputs: Inputs = Inputs.ALL, as_of: date | None = None) -> StandingTrend | None:
    """None until the rule has run: then pages say "trend not tested yet" (`NOT_TESTED`)."""
    return remembered(("trend", inputs, as_of), lambda: found_trend(inputs, as_of))


def found_trend(inputs: Inputs, as_of: date | None) -> StandingTrend | None:
    study = newest_study(Study.Subject.TREND, inputs, as_of)
    if study is None:
        return None
    found = read(study, Track)
    return StandingTrend(
        inputs=inputs,
        as_of=study.as_of,
        known_at=study.known_at,
        method_version=study.method_version,
        trend=found.trend,
        process=found.process,
        forecasts=found.forecasts,
        reason=found.reason,
    )
