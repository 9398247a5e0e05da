"""What the recorded files of Epoch's Benchmarking Hub give, reviewed: scored rows that name a model."""

from __future__ import annotations

from tests.sources.counts import Counts

MAY = {  # member: scores, results that name no model
    "adversarial_nli_external": (16, 0),
    "aider_polyglot_external": (72, 5),
    "apex_agents_external": (26, 0),
    "arc_agi_2_external": (128, 0),
    "arc_agi_external": (129, 0),
    "arc_ai2_external": (142, 0),
    "balrog_external": (34, 0),
    "bbh_external": (92, 0),
    "bool_q_external": (206, 0),
    "cad_eval_external": (15, 0),
    "chess_puzzles": (33, 0),
    "common_sense_qa_2_external": (10, 0),
    "cybench_external": (22, 0),
    "deepresearchbench_external": (22, 1),
    "fictionlivebench_external": (42, 1),
    "frontiermath": (92, 0),
    "frontiermath_tier_4": (62, 0),
    "gdpval_external": (11, 0),
    "geobench_external": (32, 0),
    "gpqa_diamond": (160, 0),
    "gsm8k_external": (235, 0),
    "gso_external": (31, 0),
    "hella_swag_external": (135, 0),
    "hle_external": (47, 0),
    "lambada_external": (80, 0),
    "lech_mazur_writing_external": (46, 0),
    "live_bench_external": (54, 10),
    "math_level_5": (108, 0),
    "metr_time_horizons_external": (47, 0),
    "mmlu_external": (249, 0),
    "open_book_qa_external": (73, 0),
    "os_world_external": (19, 37),
    "otis_mock_aime_2024_2025": (133, 0),
    "piqa_external": (140, 0),
    "posttrainbench_external": (23, 0),
    "science_qa_external": (104, 0),
    "simplebench_external": (74, 2),
    "simpleqa_verified": (43, 0),
    "superglue_external": (10, 0),
    "swe_bench_bash": (33, 0),
    "swe_bench_verified": (27, 0),
    "terminalbench_external": (180, 2),
    "the_agent_company_external": (16, 0),
    "trivia_qa_external": (115, 0),
    "video_mme_external": (50, 0),
    "vpct_external": (38, 0),
    "webdev_arena_external": (33, 6),
    "weirdml_external": (108, 1),
    "wino_grande_external": (145, 0),
}
HUB = {
    "epoch/benchmark_data@2026-04-11.zip": Counts(score=3994, release=345, problems=65),
    **{
        f"epoch/benchmark_data@2026-05-14/{stem}.csv": Counts(score=scored, problems=nameless)
        for stem, (scored, nameless) in MAY.items()
    },
}
