from models_catalog.charts.words import settings_words


def test_settings_are_words_and_yes_no_marks_stay_with_the_evidence() -> None:
    assert (
        settings_words("edit_format: diff; reasoning_effort: high")
        == "edit format: diff; reasoning effort: high"
    )
    assert settings_words("Attempts - 1; os_model: false; os_system: true") == "Attempts - 1"
    assert settings_words("") == ""
