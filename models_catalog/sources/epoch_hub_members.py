"""The reviewed route from a member of Epoch's archive to its benchmark, score column and unit.

Names are Epoch's, from `eci_benchmark_difficulties_and_slopes.csv`; the six that it does not list (BoolQ, GDPval,
LiveBench, METR Time Horizons, SuperGLUE, WebDev Arena, SWE-bench bash only) are named after their files.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """One CSV of the archive. `unit` is that of the numbers, whatever the column's name says."""

    stem: str
    benchmark: str
    score: str  # the headline column
    unit: str = "fraction"
    run: str = ""  # the column that tells rows of one model apart, where rows have no id
    version: str = ""  # the column with the benchmark's release
    low: str = ""
    high: str = ""  # the ends of a 95 % interval, where the file has them

    @property
    def own(self) -> bool:
        """Did Epoch run it itself? Then the column is Epoch's own, in every such file."""
        return self.score == OWN


OWN = "mean_score"
MEMBERS = (
    Member("adversarial_nli_external", "ANLI", "Score"),
    Member("aider_polyglot_external", "Aider polyglot", "Percent correct", "percent"),
    Member("apex_agents_external", "APEX-Agents", "Pass@1 score"),
    Member("arc_agi_2_external", "ARC-AGI-2", "Score"),
    Member("arc_agi_external", "ARC-AGI", "Score"),
    Member("arc_ai2_external", "ARC AI2", "Challenge score"),
    Member("balrog_external", "Balrog", "Average progress"),
    Member("bbh_external", "BBH", "Average"),
    Member("bool_q_external", "BoolQ", "Score"),
    Member("cad_eval_external", "CadEval", "Overall pass (%)"),
    Member("chess_puzzles", "Chess Puzzles", OWN),
    Member("common_sense_qa_2_external", "CSQA2", "Score"),
    Member("cybench_external", "Cybench", "Unguided % Solved"),
    Member("deepresearchbench_external", "DeepResearch Bench", "Average score"),
    Member("fictionlivebench_external", "Fiction.LiveBench", "120k token score"),
    Member("frontiermath", "FrontierMath-2025-02-28-Private", OWN),
    Member("frontiermath_tier_4", "FrontierMath-Tier-4-2025-07-01-Private", OWN),
    Member("gdpval_external", "GDPval", "Win Rate (%)"),
    Member("geobench_external", "GeoBench", "ACW Avg Score", "points"),
    Member("gpqa_diamond", "GPQA diamond", OWN),
    Member("gsm8k_external", "GSM8K", "EM"),
    Member("gso_external", "GSO-Bench", "Score OPT@1"),
    Member("hella_swag_external", "HellaSwag", "Overall accuracy"),
    Member("hle_external", "HLE", "Accuracy"),
    Member("lambada_external", "LAMBADA", "Score"),
    Member("lech_mazur_writing_external", "Lech Mazur Writing", "Mean score", "points"),
    Member("live_bench_external", "LiveBench", "Global average", "percent", version="LiveBench Version"),
    Member("math_level_5", "MATH level 5", OWN),
    Member(
        stem="metr_time_horizons_external",
        benchmark="METR Time Horizons",
        score="Time horizon",
        unit="minutes",
        version="METR version",
        low="CI_low",
        high="CI_high",
    ),
    Member("mmlu_external", "MMLU", "EM"),
    Member("open_book_qa_external", "OpenBookQA", "Accuracy"),
    Member("os_world_external", "OSWorld", "Score", "percent", run="Agent"),
    Member("otis_mock_aime_2024_2025", "OTIS Mock AIME 2024-2025", OWN),
    Member("piqa_external", "PIQA", "Score"),
    Member("posttrainbench_external", "PostTrainBench", "Average (%)", run="Scaffold"),
    Member("science_qa_external", "ScienceQA", "Score"),
    Member("simplebench_external", "SimpleBench", "Score (AVG@5)"),
    Member("simpleqa_verified", "SimpleQA Verified", OWN),
    Member("superglue_external", "SuperGLUE", "Score"),
    Member("swe_bench_bash", "SWE-Bench verified (bash only)", "% Resolved"),
    Member("swe_bench_verified", "SWE-Bench verified", OWN),
    Member("terminalbench_external", "Terminal Bench", "Accuracy mean"),
    Member("the_agent_company_external", "The Agent Company", "% Score"),
    Member("trivia_qa_external", "TriviaQA", "EM"),
    Member("video_mme_external", "VideoMME", "Overall (no subtitles)"),
    Member("vpct_external", "VPCT", "Correct"),
    Member(
        stem="webdev_arena_external",
        benchmark="WebDev Arena",
        score="Arena Score",
        unit="elo",
        low="95% CI Low",
        high="95% CI High",
    ),
    Member("weirdml_external", "WeirdML", "Accuracy"),
    Member("wino_grande_external", "Winogrande", "Accuracy"),
)
