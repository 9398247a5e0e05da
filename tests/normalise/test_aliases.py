from datetime import date

import pytest

from models_catalog.normalise.aliases import (
    Alias,
    AliasConflictError,
    Aliases,
    load_aliases,
    shipped_aliases,
)
from models_catalog.normalise.names import read_name, words_of
from models_catalog.normalise.sightings import slug_of

FIRST, LATER = date(2026, 1, 1), date(2026, 6, 1)


def meaning(aliases: Aliases, name: str, source: str | None = None) -> str | None:
    found = aliases.find(read_name(name), source)
    return found.target if found else None


def test_a_name_is_found_in_any_spelling_but_only_with_its_date() -> None:
    aliases = Aliases.of([Alias("gpt-4-0314", "gpt-4@2023-03-14", "launch", FIRST)])
    assert meaning(aliases, "GPT 4 (0314)") == "gpt-4@2023-03-14"
    assert meaning(aliases, "gpt-4") is None
    assert meaning(aliases, "gpt-4-0613") is None


def test_a_moving_name_is_another_name() -> None:
    aliases = Aliases.of([Alias("mistral-large-latest", "", "moves", FIRST)])
    assert meaning(aliases, "mistral-large-latest") == ""
    assert meaning(aliases, "mistral-large") is None


def test_a_statement_for_one_source_goes_before_the_one_for_all() -> None:
    aliases = Aliases.of(
        [
            Alias("deepseek-chat", "", "moves", FIRST),
            Alias("deepseek-chat", "deepseek-v3", "fixed there", FIRST, source="openrouter"),
        ]
    )
    assert meaning(aliases, "deepseek-chat") == ""
    assert meaning(aliases, "deepseek-chat", "openrouter") == "deepseek-v3"
    assert meaning(aliases, "deepseek-chat", "aider") == ""


def test_the_later_review_counts() -> None:
    older, newer = Alias("x", "a", "first look", FIRST), Alias("x", "b", "second look", LATER)
    assert meaning(Aliases.of([newer, older]), "x") == meaning(Aliases.of([older, newer]), "x") == "b"


def test_two_meanings_of_one_day_are_refused() -> None:
    with pytest.raises(AliasConflictError, match=r"means '[ab]' and '[ab]'"):
        Aliases.of([Alias("x", "a", "one", FIRST), Alias("X", "b", "two", FIRST)])


@pytest.mark.parametrize("target", ["GPT-4", "gpt-4@march", "gpt-4@2023", "gpt 4"])
def test_a_target_that_is_no_slug_is_refused(target: str) -> None:
    with pytest.raises(ValueError, match="is not model"):
        Aliases.of([Alias("x", target, "typo", FIRST)])


def test_a_target_has_three_parts() -> None:
    alias = Alias("x", "claude-opus-4-6@2026-02-05#fast", "all of them", FIRST)
    assert (alias.model, alias.snapshot, alias.variant) == ("claude-opus-4-6", "2026-02-05", "fast")


def test_recorded_statements_replace_the_shipped_ones_on_the_same_name() -> None:
    shipped = next(alias for alias in shipped_aliases() if alias.target and not alias.source)
    changed = Alias(shipped.name, "gpt-5", "reviewed again", shipped.reviewed_on, shipped.source)
    assert meaning(load_aliases([changed]), shipped.name) == "gpt-5"


def test_the_shipped_file_is_sound() -> None:
    rows = shipped_aliases()
    assert len({(row.name, row.source) for row in rows}) == len(rows)
    assert all(row.reason.endswith((".", "?")) for row in rows)


def test_every_shipped_target_is_spelled_as_the_catalogue_spells_its_slugs() -> None:
    misspelled = {
        row.target: slug_of(words_of(row.model))
        for row in shipped_aliases()
        if row.model and slug_of(words_of(row.model)) != row.model
    }
    assert misspelled == {}
