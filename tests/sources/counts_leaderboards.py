"""What the recorded leaderboards give, reviewed against the files."""

from __future__ import annotations

from tests.sources.counts import Counts

LEADERBOARDS = {
    "aider/edit_leaderboard.yml": Counts(score=98),
    "aider/qwen3_leaderboard.yml": Counts(score=10),
    "aider/refactor_leaderboard.yml": Counts(score=14),
}
