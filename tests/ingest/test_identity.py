"""Who is who, written as rows: made again from what is stored, whatever was stated and in whatever order."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from models_catalog.ingest.identity import Refreshed, refresh_identity
from models_catalog.models import AIModel, Alias, Generation, Organization, Resolution, Snapshot
from models_catalog.models.knowledge import now_known
from models_catalog.normalise.aliases import shipped_aliases
from models_catalog.sources.contract import LicenceSeen, ReleaseSeen, ScoreSeen
from models_catalog.vocabulary import Outcome, Rung
from tests.ingest.invented import on
from tests.ingest.stated import release, state

pytestmark = pytest.mark.django_db


def slugs() -> list[str]:
    return list(AIModel.objects.order_by("slug").values_list("slug", flat=True))


def everything() -> list[tuple[object, ...]]:
    """All rows of the catalogue without their numbers."""
    models = AIModel.objects.order_by("slug").values_list(
        "slug", "name", "organization__slug", "family__slug", "released", "access", "tier", "search"
    )
    resolutions = Resolution.objects.order_by("subject__source", "subject__external_id").values_list(
        "subject__external_id", "model__slug", "snapshot__slug", "variant", "rung"
    )
    return [*models, *Organization.objects.order_by("slug").values_list("slug", "name"), *resolutions]


def test_a_stated_model_becomes_a_row_with_its_organization_and_its_names(tmp_path: Path) -> None:
    state(tmp_path, release("Amber 1", country="Norway"))
    assert refresh_identity() == Refreshed(models=1, subjects=1, resolved=1)
    row = AIModel.objects.get()
    assert (row.slug, row.name, row.released, row.released_precision) == (
        "amber-1",
        "Amber 1",
        date(2024, 5, 6),
        "day",
    )
    assert row.organization is not None
    assert (row.organization.slug, row.organization.country) == ("amber-lab", "Norway")
    assert row.search == "amber 1 · amber lab · amber-1"
    assert Resolution.objects.get().rung == Rung.EXACT


def test_order_of_arrival_does_not_matter(tmp_path: Path) -> None:
    pages = [
        ("epoch", "notable_ai_models", [release("Amber 1"), release("Amber 2", date="2024-08")]),
        ("epoch", "large_scale_ai_models", [release("amber-1", access_claim="API access")]),
        ("openrouter", "models", [ReleaseSeen(model="elsewhere/amber-2:free", name="Elsewhere: Amber 2")]),
    ]
    for source, board, records in pages:
        state(tmp_path, *records, source=source, board=board)
    refresh_identity()
    first = everything()
    for table in (Resolution, AIModel, Organization):
        table.objects.all().delete()
    refresh_identity()
    assert everything() == first
    keys = dict(AIModel.objects.values_list("slug", "pk"))
    refresh_identity()
    assert dict(AIModel.objects.values_list("slug", "pk")) == keys


def test_a_name_no_rung_can_decide_waits_with_at_most_three_suggestions(tmp_path: Path) -> None:
    state(tmp_path, *(release(f"Amber {number}") for number in range(1, 7)))
    odd = ReleaseSeen(model="amber one", name="amber one")
    state(tmp_path, odd, source="openrouter", board="models")
    refresh_identity()
    waiting = Resolution.objects.get(model=None)
    assert waiting.rung == Rung.UNRESOLVED
    assert 1 <= len(waiting.suggestions) <= 3
    assert set(waiting.suggestions[0]) == {"slug", "reason", "score"}


def test_a_model_nobody_states_any_more_keeps_its_page(tmp_path: Path) -> None:
    state(tmp_path, release("Amber 1"), release("Amber 2"))
    state(tmp_path, release("Amber 2"), observed_at=on(2))
    refresh_identity()
    assert slugs() == ["amber-1", "amber-2"]


def test_a_row_that_only_a_mistake_had_made_goes(tmp_path: Path) -> None:
    state(tmp_path, release("Amber 1"))
    refresh_identity()
    AIModel.objects.create(slug="a-mistake", name="A mistake", access="unknown", tier="unknown")
    refresh_identity()
    assert slugs() == ["amber-1"]


def test_levels_and_prices_survive_a_refresh(tmp_path: Path) -> None:
    state(tmp_path, release("Amber 1"))
    refresh_identity()
    AIModel.objects.update(level=120.5, input_price=2)
    state(tmp_path, release("Amber 1"), release("Amber 2"), observed_at=on(2))
    refresh_identity()
    row = AIModel.objects.get(slug="amber-1")
    assert (row.level, row.input_price) == (120.5, Decimal(2))


def test_a_refresh_is_a_state_of_knowledge_of_its_own(tmp_path: Path) -> None:
    state(tmp_path, release("Amber 1"))
    before = now_known()
    refresh_identity()
    after = now_known()
    assert before is not None
    assert after is not None
    assert after > before
    assert Generation.objects.count() == 1
    assert set(Alias.objects.values_list("recorded_at", flat=True)) == {after}


def test_shipped_aliases_are_recorded_once() -> None:
    refresh_identity()
    count = Alias.objects.count()
    assert count == len({(entry.name, entry.source) for entry in shipped_aliases()})
    refresh_identity()
    assert Alias.objects.count() == count


@pytest.mark.parametrize(("reviewed_on", "stays"), [(date(2000, 1, 1), False), (date(2999, 1, 1), True)])
def test_a_shipped_alias_replaces_an_older_review_and_no_newer_one(reviewed_on: date, stays: bool) -> None:
    entry = shipped_aliases()[0]
    Alias.objects.create(
        name=entry.name,
        source=entry.source,
        target="somebody-else",
        reason="a reviewer's word",
        reviewed_on=reviewed_on,
        recorded_at=on(1),
    )
    refresh_identity()
    rows = Alias.objects.filter(name=entry.name, source=entry.source).order_by("id")
    assert [row.target for row in rows] == ["somebody-else"] + ([] if stays else [entry.target])


LONG = "x" * 900


@pytest.mark.parametrize(
    "fields",
    [
        {"organization": f"Lab {LONG}"},
        {"organization": "\u202elab"},
        {"country": LONG},
        {"family": LONG},
        {"access_claim": LONG},
        {"base_model": LONG},
        {"status": LONG},
        {"hub_repository": LONG},
        {"parameters": 2**63 - 1},
    ],
)
def test_words_longer_than_their_column_stop_nothing(fields: dict[str, object], tmp_path: Path) -> None:
    assert state(tmp_path, release("Amber 1", **fields)).outcome == Outcome.ACCEPTED
    refresh_identity()
    assert slugs() == ["amber-1"]


def test_a_licence_may_be_called_anything(tmp_path: Path) -> None:
    state(
        tmp_path,
        ReleaseSeen(
            model="66f0", name="Qwen/Amber-1", date="2024-05-06", hub_repository="Qwen/Amber-1", hub_id="66f0"
        ),
        LicenceSeen(model="66f0", name="Qwen/Amber-1", licence_name=LONG),
        source="huggingface",
        board="models",
    )
    refresh_identity()
    assert AIModel.objects.get().licence == LONG[:200]


@pytest.mark.parametrize("name", ["A" * 200, "ß" * 200, "İ" * 150, "x y " * 49, "a/" * 90 + "b"])
def test_a_long_name_has_a_short_address(name: str, tmp_path: Path) -> None:
    state(tmp_path, release(name), release(f"{name[:-1]}9"))
    refresh_identity()
    assert len(slugs()) == 2
    assert all(0 < len(slug) <= 120 for slug in slugs())


@pytest.mark.parametrize("name", ["模型", "🙂", "---", "\u200b\u200b"])
def test_a_name_without_a_letter_we_can_write_is_kept_apart_and_waits(name: str, tmp_path: Path) -> None:
    """Two such names must not become one model."""
    state(tmp_path, release(name), release(f"{name}{name}"))
    assert refresh_identity() == Refreshed(models=0, subjects=2, resolved=0)


def test_two_models_of_one_name_keep_two_addresses(tmp_path: Path) -> None:
    state(tmp_path, release("Amber 1"), release("Amber-1", organization="Birch Lab"))
    refresh_identity()
    assert slugs() == ["amber-lab-amber-1", "birch-lab-amber-1"]


def test_a_dated_checkpoint_is_a_snapshot_of_its_model(tmp_path: Path) -> None:
    state(
        tmp_path,
        release("GPT-4o", organization="OpenAI", date="2024-05-13", access_claim="API access"),
        release("GPT-4o (Nov 2024)", organization="OpenAI", date="2024-11-20", access_claim="API access"),
    )
    refresh_identity()
    assert slugs() == ["gpt-4o"]
    assert date(2024, 11, 20) in set(Snapshot.objects.values_list("released", flat=True))
    assert "gpt-4o (nov 2024)" in AIModel.objects.get().search


def test_a_subject_of_a_board_without_releases_is_resolved_too(tmp_path: Path) -> None:
    state(tmp_path, release("Amber 1"))
    score = ScoreSeen(
        model="amber-1 (whole)",
        name="Amber 1",
        benchmark="Quiz",
        metric="right",
        value=Decimal(61),
        unit="percent",
    )
    state(tmp_path, score, source="aider", board="polyglot")
    refresh_identity()
    assert Resolution.objects.get(subject__source="aider").model == AIModel.objects.get()
