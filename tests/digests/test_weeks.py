"""Which week, and when by whose clock: nights of the change of clocks, ISO week 53, the date line."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from models_catalog.digests.weeks import Week, due, read_week, week_of, week_to_compose


def test_a_week_has_a_name_and_seven_days() -> None:
    week = read_week("2026-W34")
    assert (week, str(week)) == (Week(2026, 34), "2026-W34")
    assert (week.monday, week.sunday) == (date(2026, 8, 17), date(2026, 8, 23))
    assert week.ends - week.begins == timedelta(days=7)


def test_week_53_and_the_turn_of_the_year() -> None:
    week = read_week("2026-W53")
    assert (week.monday, week.sunday) == (date(2026, 12, 28), date(2027, 1, 3))
    assert week_of(date(2027, 1, 3)) == week
    assert week_of(date(2027, 1, 4)) == Week(2027, 1)
    assert Week(2027, 1).before == week
    assert week_to_compose(datetime(2027, 1, 4, 6, tzinfo=UTC)) == week
    assert due(week, 1, "UTC", 8) == datetime(2027, 1, 4, 8, tzinfo=UTC)


@pytest.mark.parametrize("name", ["2025-W53", "2026-W00", "2026-W54", "2026-34", "26-W34", "2026-W34 ", ""])
def test_a_week_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"week|year|form"):
        read_week(name)


def test_the_week_is_over_on_monday_morning() -> None:
    assert week_to_compose(datetime(2026, 8, 24, 4, 59, tzinfo=UTC)) == Week(2026, 33)
    assert week_to_compose(datetime(2026, 8, 24, 5, 0, tzinfo=UTC)) == Week(2026, 34)


@pytest.mark.parametrize(
    ("week", "weekday", "zone", "hour", "moment"),
    [
        ("2026-W34", 1, "Europe/Vienna", 8, "2026-08-24T06:00"),
        ("2026-W34", 7, "Pacific/Honolulu", 8, "2026-08-30T18:00"),
        ("2026-W34", 1, "Pacific/Kiritimati", 8, "2026-08-23T18:00"),
        ("2026-W12", 7, "Europe/Vienna", 2, "2026-03-29T01:00"),  # 02:00 is left out: 03:00 summer time
        ("2026-W42", 7, "Europe/Vienna", 2, "2026-10-25T00:00"),  # 02:00 comes twice: the first counts
        ("2026-W09", 7, "America/New_York", 2, "2026-03-08T07:00"),
        ("2026-W43", 7, "America/New_York", 1, "2026-11-01T05:00"),
        ("2026-W39", 7, "Australia/Lord_Howe", 2, "2026-10-03T15:30"),  # a shift of half an hour
    ],
)
def test_it_is_due_by_the_readers_clock(week: str, weekday: int, zone: str, hour: int, moment: str) -> None:
    assert due(read_week(week), weekday, zone, hour) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "zone", ["Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"]
)
@pytest.mark.parametrize("hour", [0, 2, 8])
def test_every_week_has_one_moment_on_the_chosen_day_and_they_rise(zone: str, hour: int) -> None:
    weeks = [week_of(date(2026, 1, 1) + timedelta(weeks=number)) for number in range(60)]
    moments = [due(week, 7, zone, hour) for week in weeks]
    assert len(set(moments)) == len(weeks)
    assert moments == sorted(moments)
    assert all(moment.astimezone(ZoneInfo(zone)).isoweekday() == 7 for moment in moments)
