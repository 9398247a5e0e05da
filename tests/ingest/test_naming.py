"""A reviewer's word on a name is an appended row; what is derived follows, and earlier knowledge stays as it was."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models_catalog.ingest.identity import refresh_identity
from models_catalog.ingest.naming import AliasRefused, accept_alias, newest_aliases, seed_aliases
from models_catalog.models import AIModel, Alias, Resolution
from models_catalog.models.knowledge import Knowledge, aliases, now_known
from models_catalog.normalise.aliases import Alias as Reviewed
from models_catalog.normalise.names import read_name
from models_catalog.sources.contract import ReleaseSeen
from models_catalog.vocabulary import Rung
from tests.ingest.stated import release, state

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def catalogue(tmp_path: Path) -> None:
    """Two models, and two names of a host that nothing decides."""
    state(
        tmp_path, release("Amber 1"), release("Amber 2"), release("Amber 2 (2024-06-01)", date="2024-06-01")
    )
    odd = [ReleaseSeen(model=name, name=name) for name in ("yellow-one", "yellow-two")]
    state(tmp_path, *odd, source="openrouter", board="models")
    refresh_identity()


def who() -> dict[str, tuple[str | None, str]]:
    rows = Resolution.objects.select_related("subject", "model")
    return {row.subject.external_id: (row.model.slug if row.model else None, row.rung) for row in rows}


def test_accepting_appends_a_row_and_only_its_name_changes() -> None:
    before, known_before = who(), now_known()
    count = Alias.objects.count()
    row = accept_alias("yellow-one", "amber-1", "The maker says so.", "ada", "openrouter")
    refresh_identity()
    assert Alias.objects.count() == count + 1
    assert (row.reviewed_by, row.reason) == ("ada", "The maker says so.")
    assert who() == before | {"yellow-one": ("amber-1", Rung.ALIAS)}
    assert aliases(Knowledge()).find(read_name("yellow-one"), "openrouter") is not None
    assert aliases(Knowledge(known_at=known_before)).find(read_name("yellow-one"), "openrouter") is None


def test_a_later_word_on_the_same_name_counts_and_the_first_row_stays() -> None:
    accept_alias("yellow-one", "amber-1", "At first sight.", "ada")
    accept_alias("yellow-one", "amber-2", "At second sight.", "ada")
    refresh_identity()
    assert who()["yellow-one"][0] == "amber-2"
    assert Alias.objects.filter(name="yellow-one").count() == 2


@pytest.mark.parametrize(
    ("name", "target", "reason", "source", "why"),
    [
        ("yellow-one", "amber-1", " ", "", "needs a reason"),
        ("yellow-one", "amber-9", "x", "", "no model 'amber-9'"),
        ("yellow-one", "not a slug", "x", "", "is not model-slug"),
        ("yellow-one", "amber-1", "x", "elsewhere", "no source 'elsewhere'"),
        ("?!", "amber-1", "x", "", "no name that can be looked up"),
        ("Amber 2", "amber-1", "x", "", "two models under one name"),
        ("amber_2", "amber-1", "x", "openrouter", "is the name of amber-2"),
        ("openrouter/AMBER-2", "amber-1", "x", "", "is the name of amber-2"),
        ("amber-2-2024-06-01", "amber-1", "x", "", "is the name of amber-2-2024-06-01"),
        ("yellow-one", "amber-1@2024-13-01", "x", "", "no day of a checkpoint"),
        ("yellow-one", "amber-1@2999-01", "x", "", "still to come"),
    ],
)
def test_what_cannot_be_true_is_refused(name: str, target: str, reason: str, source: str, why: str) -> None:
    count = Alias.objects.count()
    with pytest.raises(AliasRefused, match=why):
        accept_alias(name, target, reason, "ada", source)
    assert Alias.objects.count() == count


def test_a_name_with_another_day_than_any_checkpoint_of_its_namesake_may_be_another_model() -> None:
    """ "mistral-small-2501" is no Mistral Small of 2024."""
    assert accept_alias("amber-2-2025-01", "amber-1", "The card says so.", "ada").target == "amber-1"


def test_a_third_partys_repository_may_be_called_like_any_model() -> None:
    row = accept_alias("eve/Amber-2", "amber-1", "Her card says so.", "ada", "huggingface")
    assert row.target == "amber-1"


@pytest.mark.parametrize(
    ("slug", "shown", "name"),
    [
        ("amber-2", "Amber 2 (amber-2)", "Amber 2"),  # told apart by its slug
        ("codestral-25-08", "Codestral 25.08", "Codestral"),  # by its reviewed title
    ],
)
def test_what_several_models_are_called_is_no_name_for_another(slug: str, shown: str, name: str) -> None:
    AIModel.objects.filter(slug="amber-2").update(slug=slug, name=shown)
    with pytest.raises(AliasRefused, match="two models under one name"):
        accept_alias(name, "amber-1", "x", "ada")


def test_two_spellings_of_one_name_cannot_mean_two_models_on_one_day() -> None:
    accept_alias("yellow-one", "amber-1", "x", "ada")
    with pytest.raises(AliasRefused, match="two models under one name"):
        accept_alias("Yellow One", "amber-2", "x", "ada")


def entry(name: str, target: str = "amber-1") -> Reviewed:
    return Reviewed(name, target, "shipped", date(2026, 8, 1))


def counting(name: str) -> Alias:
    return newest_aliases().get(name=name)


def test_an_alias_that_left_the_shipped_file_is_withdrawn_and_can_come_back() -> None:
    Alias.objects.all().delete()
    assert seed_aliases(NOW, [entry("yellow-one"), entry("yellow-two")]) == 2
    assert seed_aliases(NOW.replace(month=10), [entry("yellow-two")]) == 1
    assert counting("yellow-one").withdrawn
    assert aliases(Knowledge()).find(read_name("yellow-one"), None) is None
    assert seed_aliases(NOW.replace(month=11), [entry("yellow-one"), entry("yellow-two")]) == 1
    assert aliases(Knowledge()).find(read_name("yellow-one"), None) is not None


def test_a_reviewers_own_row_is_never_withdrawn_by_the_file() -> None:
    accept_alias("yellow-one", "amber-1", "x", "ada")
    seed_aliases(NOW, [])
    assert not counting("yellow-one").withdrawn
