import pytest

from models_catalog.normalise.organizations import compact, organizations, read_organizations

MINIMAL = """
hosts = ["groq"]
routers = []
[[organization]]
slug = "one"
name = "One"
country = ""
labels = ["One Lab"]
[[organization]]
slug = "two"
name = "Two"
country = ""
labels = ["{label}"]
"""


def test_case_and_punctuation_of_a_label_do_not_count() -> None:
    known = organizations()
    assert known.labelled("Z.ai (Zhipu AI)") == known.labelled("zhipu") == known.labelled("Z AI") == "zhipu"


def test_the_first_of_joined_organisations_is_the_developer() -> None:
    assert organizations().labelled("Google DeepMind,Google") == "google"
    assert organizations().labelled("University of Nowhere,01.AI") is None


def test_a_partner_named_later_counts_if_the_model_is_of_its_line() -> None:
    assert organizations().labelled("Tsinghua University,Z.ai (Zhipu AI)", "glm4.6") == "zhipu"
    assert organizations().labelled("Tsinghua University,Z.ai (Zhipu AI)", "core") is None


def test_the_longest_beginning_tells_the_product_line() -> None:
    known = organizations()
    assert [
        line.slug if (line := known.line_of(key, None)) else None
        for key in ("gptoss120b", "gpt5", "gptneox20b")
    ] == ["gpt-oss", "gpt", "gpt-neo"]


def test_a_line_of_a_fine_tune_goes_before_the_line_of_its_base() -> None:
    assert organizations().labelled("NVIDIA,Meta AI", "llama3.1nemotron70b") == "nvidia"
    assert organizations().labelled("Meta AI,NVIDIA", "llama3.1nemotron70b") == "nvidia"


def test_a_line_belongs_to_its_organisation() -> None:
    assert organizations().line_of("gpt5", "anthropic") is None


def test_a_label_of_two_organisations_is_refused() -> None:
    with pytest.raises(ValueError, match="'one lab' is two and one"):
        read_organizations(MINIMAL.format(label="one lab"))
    assert set(read_organizations(MINIMAL.format(label="Two Lab")).developers) == {"one", "two"}


def test_accents_do_not_count() -> None:
    assert compact("Tülu") == compact("Tulu")
