"""Which licence do Epoch AI's free notes name? Only a line that is one and nothing else."""

from __future__ import annotations

import pytest

from models_catalog.sources.epoch_notes import licence_in


@pytest.mark.parametrize(
    ("notes", "licence"),
    [
        ("Apache 2.0\nhttps://huggingface.co/northwind/aurora", "Apache 2.0"),
        ("MIT license:\n\nhttps://github.com/northwind/aurora", "MIT"),
        ("BSD 3-clause \nhttps://github.com/northwind/aurora/blob/main/LICENSE.txt", "BSD 3-clause"),
        ("Apache 2.0: https://github.com/northwind/aurora", "Apache 2.0"),
        ("apache 2.0, code and weights: https://github.com/northwind/aurora", "apache 2.0"),
        ("MIT for weights:\nApache 2.0 for code", "MIT"),
        ("Card: https://huggingface.co/northwind/aurora (Apache-2.0)\n", "Apache-2.0"),
        ("no file, but listed on https://huggingface.co/northwind/aurora as Apache 2.0", "Apache 2.0"),
        ("apache 2.0.\n\nthey do not say which data", "apache 2.0"),
    ],
)
def test_a_line_that_is_a_licence_is_taken(notes: str, licence: str) -> None:
    assert licence_in(notes) == licence


@pytest.mark.parametrize(
    "notes",
    [
        "",
        "Apache 2.0 for code",
        "Apache 2.0, but the instruct version is non-commercial",
        "Apache 2.0 though you need to ask to use commercially",
        "Modified MIT",
        "modified MIT, code and weights:",
        "LLaMA license, non-commercial for weights. code is MIT",
        "repo is MIT license",
        "Apache 2.0 for code, weights: https://huggingface.co/northwind/aurora",
        "https://huggingface.co/northwind/aurora modified MIT",
        "https://huggingface.co/northwind/aurora MIT or Apache 2.0",
        "MIT\nApache 2.0",
        "looks like code is MIT licensed, model is CC 4.0?",
        "Llama 2 license for weights\nhttps://huggingface.co/northwind/aurora",
    ],
)
def test_what_says_more_or_is_another_thing_is_left(notes: str) -> None:
    assert licence_in(notes) is None
