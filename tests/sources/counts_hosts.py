"""What the recorded hosts, runtimes, price histories and openness index give, reviewed against the files."""

from __future__ import annotations

from tests.sources.counts import Counts

HOSTS = {
    "openrouter/endpoints_z-ai_glm-5.2@2026-07-20.json": Counts(price=89),
    "openrouter/providers-2026-05-22.json": Counts(provider=82),
    "timeseries/openrouter_daily@2026-08-22.csv": Counts(downloads=341),
}
