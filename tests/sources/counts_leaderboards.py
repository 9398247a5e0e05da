"""What the recorded leaderboards give, reviewed against the files."""

from __future__ import annotations

from tests.sources.counts import Counts

LEADERBOARDS = {
    "aider/edit_leaderboard.yml": Counts(score=98),
    "aider/qwen3_leaderboard.yml": Counts(score=10),
    "aider/refactor_leaderboard.yml": Counts(score=14),
    "livebench/categories_2024_06_24.json": Counts(),
    "livebench/categories_2024_07_26.json": Counts(),
    "livebench/categories_2024_08_31.json": Counts(),
    "livebench/categories_2024_11_25.json": Counts(),
    "livebench/categories_2025_04_02.json": Counts(),
    "livebench/categories_2025_04_25.json": Counts(),
    "livebench/categories_2025_05_30.json": Counts(),
    "livebench/categories_2025_11_25.json": Counts(),
    "livebench/categories_2025_12_23.json": Counts(),
    "livebench/categories_2026_01_08.json": Counts(),
    "livebench/history/table_2026_01_08@2026-02-17.csv": Counts(score=568),
    "livebench/history/table_2026_01_08@2026-03-23.csv": Counts(score=752),
    "livebench/history/table_2026_01_08@2026-05-22.csv": Counts(score=912, problems=1),
    "livebench/history/table_2026_01_08@2026-06-09.csv": Counts(score=984, problems=1),
    "livebench/table_2024_06_24.csv": Counts(score=511),
    "livebench/table_2024_07_26.csv": Counts(score=511),
    "livebench/table_2024_08_31.csv": Counts(score=413),
    "livebench/table_2024_11_25.csv": Counts(score=453),
    "livebench/table_2025_04_02.csv": Counts(score=441),
    "livebench/table_2025_04_25.csv": Counts(score=399),
    "livebench/table_2025_05_30.csv": Counts(score=560),
    "livebench/table_2025_11_25.csv": Counts(score=520),
    "livebench/table_2025_12_23.csv": Counts(score=520),
    "livebench/table_2026_01_08.csv": Counts(score=1008, problems=1),
    "swebench/leaderboards@2025-05-07.json": Counts(score=168),
    "swebench/leaderboards@2025-07-11.json": Counts(score=235),
    "swebench/leaderboards@2025-09-10.json": Counts(score=277),
    "swebench/leaderboards@2025-11-18.json": Counts(score=299),
    "swebench/leaderboards@2025-12-10.json.gz": Counts(score=322),
    "open-llm-leaderboard/huggingface_v2@2024-07-13.csv.gz": Counts(score=1659),
    "open-llm-leaderboard/huggingface_v2@2024-10-18.csv.gz": Counts(score=10969),
    "open-llm-leaderboard/huggingface_v2@2025-03-21.csv.gz": Counts(score=32032),
}
