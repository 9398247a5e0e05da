from __future__ import annotations

from datetime import date

import pytest

from models_catalog.findings.lifecycle import ends_only, lifecycle
from models_catalog.models import Resolution, Snapshot
from models_catalog.vocabulary import FactKind
from tests.web.stored import World, observe

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)


def announce(stored: World, name: str, event: str, day: str | None, source: str = "models-dev") -> None:
    value = {"provider": "invented-host", "event": event, "date": day, "unit": event}
    observe(stored, source, stored.models.get(name), FactKind.LIFECYCLE, value, name)


def test_an_end_within_ninety_days_is_soon_and_one_after_that_is_later(stored: World) -> None:
    announce(stored, "Birch 3", "retires", "2026-05-30")
    announce(stored, "Amber 4", "retires", "2026-05-31")
    found = lifecycle(TODAY)
    assert [row.name for row in found.soon] == ["Birch 3"]
    assert [row.name for row in found.later] == ["Amber 4"]


def test_the_day_itself_is_not_past(stored: World) -> None:
    announce(stored, "Birch 3", "retires", "2026-03-01")
    assert (len(lifecycle(TODAY).soon), len(lifecycle(date(2026, 3, 2)).past)) == (1, 1)


def test_a_month_alone_is_no_day_and_nothing_is_guessed(stored: World) -> None:
    announce(stored, "Birch 3", "retires", "2026-05")
    found = lifecycle(TODAY)
    assert (found.soon, [row.on for row in found.undated]) == ((), [None])


def test_an_announcement_is_no_end(stored: World) -> None:
    announce(stored, "Birch 3", "deprecated", "2026-03-02")
    announce(stored, "Birch 3", "retires", "2026-04-01")
    assert [row.event for row in ends_only(lifecycle(TODAY).soon)] == ["retires"]


def test_a_name_nobody_resolved_keeps_the_words_of_its_source(stored: World) -> None:
    announce(stored, "model-x", "retires", "2026-03-20")
    row = lifecycle(TODAY).soon[0]
    assert (row.model, row.name, row.provider) == ("", "model-x", "invented-host")


def test_one_organisation_can_be_asked_for(stored: World) -> None:
    announce(stored, "Birch 3", "retires", "2026-03-20")
    announce(stored, "model-x", "retires", "2026-03-20")
    assert [row.name for row in lifecycle(TODAY, organization="invented-lab").soon] == ["Birch 3"]
    assert lifecycle(TODAY, organization="nobody").soon == ()


def test_a_placeholder_far_away_is_no_day(stored: World) -> None:
    announce(stored, "Birch 3", "expires", "2098-12-31")
    found = lifecycle(TODAY)
    assert (found.soon, found.later) == ((), ())
    assert [row.name for row in found.undated] == ["Birch 3"]


def test_one_end_that_several_announce_is_one_row_with_all_who_do(stored: World) -> None:
    announce(stored, "Birch 3", "retires", "2026-03-20", "epoch")
    announce(stored, "Birch 3", "retires", "2026-03-20")
    found = lifecycle(TODAY)
    [row] = found.soon
    assert [each.source for each in row.announcements] == ["epoch", "models-dev"]
    assert len({each.observation for each in row.announcements}) == 2
    assert {credit.slug for credit in found.credits} == {"epoch", "models-dev"}


def test_another_day_another_host_or_another_checkpoint_is_another_end(stored: World) -> None:
    announce(stored, "Birch 3", "retires", "2026-03-20")
    announce(stored, "Birch 3", "retires", "2026-03-21", "epoch")
    elsewhere = {"provider": "another-host", "event": "retires", "date": "2026-03-20"}
    observe(stored, "epoch", stored.models["Birch 3"], FactKind.LIFECYCLE, elsewhere, "birch-3")
    dated = {"provider": "invented-host", "event": "retires", "date": "2026-03-20"}
    seen = observe(stored, "epoch", stored.models["Birch 3"], FactKind.LIFECYCLE, dated, "Birch 3 (May)")
    may = Snapshot.objects.create(slug="birch-3-may", model=stored.models["Birch 3"], name="Birch 3")
    Resolution.objects.filter(subject=seen.subject).update(snapshot=may)
    assert [len(row.announcements) for row in lifecycle(TODAY).soon] == [1, 1, 1, 1]
