"""LiveBench's releases: which tasks each of them asks, and which category a task belongs to.

A release replaces some tasks of the one before it, so scores of different releases do not compare. A task has
kept its category in every release so far; LiveBench publishes the assignment as `categories_<release>.json`,
and that page is checked against this table whenever it is read.
"""

from __future__ import annotations

from dataclasses import dataclass

RELEASES = (
    "2024-06-24",
    "2024-07-26",
    "2024-08-31",
    "2024-11-25",
    "2025-04-02",
    "2025-04-25",
    "2025-05-30",
    "2025-11-25",
    "2025-12-23",
    "2026-01-08",
)
FIRST, NEWEST = RELEASES[0], RELEASES[-1]


@dataclass(frozen=True, slots=True)
class Task:
    """One task: its column, its category, and the first and last release that ask it."""

    column: str
    category: str
    since: str = FIRST
    until: str = NEWEST


TASKS = (
    Task("web_of_lies_v2", "Reasoning", until="2024-11-25"),
    Task("web_of_lies_v3", "Reasoning", "2025-04-02", "2025-05-30"),
    Task("zebra_puzzle", "Reasoning"),
    Task("spatial", "Reasoning", "2024-07-26"),
    Task("theory_of_mind", "Reasoning", "2025-11-25"),
    Task("logic_with_navigation", "Reasoning", "2025-12-23"),
    Task("LCB_generation", "Coding", until="2025-04-02"),
    Task("coding_completion", "Coding", until="2025-04-02"),
    Task("code_generation", "Coding", "2025-04-25"),
    Task("code_completion", "Coding", "2025-04-25"),
    Task("javascript", "Agentic Coding", "2025-05-30"),
    Task("typescript", "Agentic Coding", "2025-05-30"),
    Task("python", "Agentic Coding", "2025-05-30"),
    Task("AMPS_Hard", "Mathematics"),
    Task("math_comp", "Mathematics"),
    Task("olympiad", "Mathematics"),
    Task("integrals_with_game", "Mathematics", "2026-01-08"),
    Task("cta", "Data Analysis", until="2025-04-02"),
    Task("tablejoin", "Data Analysis"),
    Task("tablereformat", "Data Analysis"),
    Task("consecutive_events", "Data Analysis", "2026-01-08"),
    Task("connections", "Language"),
    Task("plot_unscrambling", "Language"),
    Task("typos", "Language"),
    Task("paraphrase", "IF"),
    Task("simplify", "IF"),
    Task("story_generation", "IF"),
    Task("summarize", "IF"),
)


def categories_of(release: str) -> dict[str, tuple[str, ...]]:
    """The release's tasks by category, as columns of its table."""
    found: dict[str, tuple[str, ...]] = {}
    for task in TASKS:
        if task.since <= release <= task.until:
            found[task.category] = (*found.get(task.category, ()), task.column)
    return found
