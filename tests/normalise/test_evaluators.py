import pytest

from models_catalog.normalise.evaluators import reporter_of
from models_catalog.normalise.previews import is_preview
from models_catalog.vocabulary import Reporter


@pytest.mark.parametrize(
    ("source", "evaluator", "reporter"),
    [
        ("epoch", "Epoch evaluations", Reporter.INDEPENDENT),
        ("epoch", "Qwen Technical Report", Reporter.VENDOR),
        ("epoch", "Mixtral of Experts", Reporter.VENDOR),
        ("epoch", "Opus 4.5 System Card", Reporter.VENDOR),
        ("epoch", "", Reporter.UNKNOWN),
        ("swebench", "the submitter", Reporter.VENDOR),
        ("swebench", "SWE-bench", Reporter.INDEPENDENT),
        ("models-dev", "https://huggingface.co/zai-org/GLM-4.7", Reporter.VENDOR),
        ("models-dev", "https://arxiv.org/abs/2602.10604", Reporter.UNKNOWN),
        ("models-dev", "https://labs.scale.com/leaderboard/sweatlas-qna", Reporter.INDEPENDENT),
    ],
)
def test_whose_word_a_score_is(source: str, evaluator: str, reporter: Reporter) -> None:
    assert reporter_of(source, evaluator) is reporter


@pytest.mark.parametrize("name", ["gemini-2.5-pro-exp-03-25", "o1-preview", "Grok 3 Beta", "Early Grok 3"])
def test_a_name_that_says_so_is_a_preview(name: str) -> None:
    assert is_preview(name)


@pytest.mark.parametrize("name", ["Mixtral of Experts", "GPT-5", "alphacode-2", "Expanse 32B"])
def test_a_word_inside_another_is_none(name: str) -> None:
    assert not is_preview(name)
