"""The ladder to the second, in every zone, through both changes of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.care.stage import (
    BEFORE_APPOINTMENT,
    BEGINNING,
    REFLECTING,
    RESTED,
    WEEK,
    Dose,
    Stage,
    clear_at,
    course_end,
    ladder,
    stage_at,
)

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
DOSED = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)
CLEAR = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)
FIRST = Dose(1, DOSED, CLEAR)

ZONES = [
    "Europe/London",
    "America/New_York",
    "America/Los_Angeles",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",  # its clock changes by half an hour
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Africa/Casablanca",
    "America/St_Johns",
    "UTC",
]


def stage(doses, appointments, at, **more):
    return stage_at(ladder(doses, appointments, **more), at).stage


def stages(doses, appointments=(), **more):
    return [(step.stage.value, step.dosing_number) for step in ladder(doses, appointments, **more)]


def dose(number: int, started_at: datetime) -> Dose:
    return Dose(number, started_at, clear_at(started_at, "09:00", "UTC"))


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (BEGINNING, "prep"),
        (DOSED - SECOND, "prep"),
        (DOSED, "day"),
        (CLEAR - SECOND, "day"),
        (CLEAR, "refl"),
        (CLEAR + REFLECTING - SECOND, "refl"),
        (CLEAR + REFLECTING, "week"),
        (CLEAR + WEEK - SECOND, "week"),
        (CLEAR + WEEK, "prac"),
        (CLEAR + 400 * DAY, "prac"),
    ],
)
def test_after_one_dose_the_ladder_is_climbed_to_the_second(at, expected):
    assert stage([FIRST], [], at) == expected


def test_the_lengths_are_the_ones_we_mean():
    assert timedelta(days=2) == REFLECTING
    assert timedelta(days=7) == WEEK
    assert timedelta(hours=48) == BEFORE_APPOINTMENT
    assert timedelta(hours=12) == RESTED


def test_before_any_dose_it_is_preparation_for_ever():
    assert stages([]) == [("prep", None)]


APPOINTMENT = CLEAR + 20 * DAY
OPENS = APPOINTMENT - BEFORE_APPOINTMENT


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (OPENS - SECOND, "prac"),
        (OPENS, "pre"),
        (APPOINTMENT - SECOND, "pre"),
        (APPOINTMENT, "prac"),
    ],
)
def test_two_days_before_an_appointment_are_for_choosing_what_to_bring(at, expected):
    assert stage([FIRST], [APPOINTMENT], at) == expected


def test_an_appointment_in_the_week_lies_over_the_week():
    assert stages([FIRST], [CLEAR + 5 * DAY]) == [
        ("prep", None),
        ("day", 1),
        ("refl", 1),
        ("week", 1),
        ("pre", 1),
        ("week", 1),
        ("prac", 1),
    ]


def test_an_appointment_over_a_change_of_stage_keeps_the_stage_that_follows():
    starts = CLEAR + WEEK + timedelta(hours=10)  # opens in the week, ends in practice
    found = ladder([FIRST], [starts])
    assert stage_at(found, CLEAR + WEEK - SECOND).stage == "pre"
    assert stage_at(found, CLEAR + WEEK).stage == "pre"
    assert stage_at(found, starts).stage == "prac"


@pytest.mark.parametrize("starts", [DOSED - DAY, DOSED + timedelta(hours=3), CLEAR + DAY])
def test_the_hours_of_a_dose_and_the_first_telling_come_first(starts):
    assert stages([FIRST], [starts]) == stages([FIRST])


def test_the_choosing_begins_when_the_first_telling_ends():
    found = ladder([FIRST], [CLEAR + 3 * DAY])
    assert stage_at(found, CLEAR + REFLECTING - SECOND).stage == "refl"
    assert stage_at(found, CLEAR + REFLECTING).stage == "pre"
    assert stage_at(found, CLEAR + 3 * DAY).stage == "week"


def test_two_appointments_close_together_both_count():
    first, second = CLEAR + 20 * DAY, CLEAR + 21 * DAY
    found = ladder([FIRST], [second, first])
    for at in (first - DAY, first, second - SECOND):
        assert stage_at(found, at).stage == "pre"
    assert stage_at(found, second).stage == "prac"


def test_moving_a_dose_moves_what_follows():
    moved = Dose(1, DOSED + 3 * DAY, CLEAR + 3 * DAY)
    before, after = ladder([FIRST], []), ladder([moved], [])
    assert [step.stage for step in before] == [step.stage for step in after]
    assert [step.begins + 3 * DAY for step in before[1:]] == [step.begins for step in after[1:]]


def test_a_dose_that_was_called_off_leaves_no_trace():
    later = dose(2, DOSED + 14 * DAY)
    assert ladder([FIRST, later][:1], []) == ladder([FIRST], [])


def test_the_next_dose_ends_what_the_last_one_began():
    second = dose(2, CLEAR + 3 * DAY)
    assert stages([second, FIRST]) == [
        ("prep", None),
        ("day", 1),
        ("refl", 1),
        ("week", 1),
        ("day", 2),
        ("refl", 2),
        ("week", 2),
        ("prac", 2),
    ]


def test_two_doses_on_following_days():
    second = dose(2, DOSED + DAY)
    assert stages([FIRST, second])[:4] == [("prep", None), ("day", 1), ("refl", 1), ("day", 2)]


def test_a_dose_before_the_head_was_clear_again_goes_straight_on():
    second = Dose(2, DOSED + timedelta(hours=6), CLEAR + timedelta(hours=1))
    found = ladder([FIRST, second], [])
    assert stages([FIRST, second])[:4] == [("prep", None), ("day", 1), ("day", 2), ("refl", 2)]
    assert stage_at(found, CLEAR).stage == "day"


@pytest.mark.parametrize(
    ("at", "expected"),
    [(CLEAR + 30 * DAY - SECOND, "prac"), (CLEAR + 30 * DAY, "end"), (CLEAR + 300 * DAY, "end")],
)
def test_a_course_that_ended_is_at_its_end(at, expected):
    assert stage([FIRST], [], at, ended_at=CLEAR + 30 * DAY) == expected


def test_after_the_end_there_is_nothing_to_prepare():
    ended = CLEAR + 30 * DAY
    found = ladder([FIRST], [ended + DAY], ended_at=ended)
    assert stage_at(found, ended - SECOND).stage == "pre"
    assert stage_at(found, ended).stage == "end"


def test_a_course_is_over_when_its_last_day_is_where_the_person_is():
    last = date(2026, 4, 30)
    assert course_end(last, [], "UTC") == datetime(2026, 5, 1, tzinfo=UTC)
    assert course_end(last, [FIRST], "America/New_York") == datetime(2026, 5, 1, 4, tzinfo=UTC)
    assert course_end(last, [], "Pacific/Auckland") == datetime(2026, 4, 30, 12, tzinfo=UTC)


def test_a_course_that_ends_with_a_dose_waits_for_a_clear_head():
    assert course_end(DOSED.date(), [FIRST], "UTC") == CLEAR


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 6, 30), timezones=st.just(UTC))  # noqa: DTZ001


@given(starts=st.lists(moments, max_size=4, unique=True), visits=st.lists(moments, max_size=4))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_any_ladder_is_in_order_and_quiet_on_the_day(starts, visits):
    doses = [dose(n, start) for n, start in enumerate(sorted(starts), 1)]
    found = ladder(doses, visits)
    begins = [step.begins for step in found]
    assert begins == sorted(set(begins))
    assert begins[0] == BEGINNING
    for one in doses:
        assert stage_at(found, one.started_at).stage is Stage.DAY
    for visit in visits:
        opened = stage_at(found, visit - SECOND)
        if opened.stage in {Stage.WEEK, Stage.PRAC}:
            pytest.fail("an appointment without its two days")


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("day", [datetime(2026, 6, 10), datetime(2026, 12, 10)])  # noqa: DTZ001
def test_a_head_is_clear_at_nine_the_next_morning_where_the_person_is(zone, day):
    started = day.replace(hour=15, tzinfo=ZoneInfo(zone))
    clear = clear_at(started, "09:00", zone).astimezone(ZoneInfo(zone))
    assert clear.date() == day.date() + DAY
    assert clear.time() == time(9)


@pytest.mark.parametrize(
    ("zone", "evening"),
    [
        ("Europe/London", datetime(2026, 3, 28, 15)),  # noqa: DTZ001 - forward in the night
        ("Europe/London", datetime(2026, 10, 24, 15)),  # noqa: DTZ001 - back
        ("America/New_York", datetime(2026, 3, 7, 15)),  # noqa: DTZ001
        ("America/New_York", datetime(2026, 10, 31, 15)),  # noqa: DTZ001
        ("Australia/Lord_Howe", datetime(2026, 10, 3, 15)),  # noqa: DTZ001
        ("Australia/Lord_Howe", datetime(2026, 4, 4, 15)),  # noqa: DTZ001
    ],
)
def test_a_clock_change_in_the_night_keeps_nine_in_the_morning(zone, evening):
    started = evening.replace(tzinfo=ZoneInfo(zone))
    clear = clear_at(started.astimezone(UTC), "09:00", zone).astimezone(ZoneInfo(zone))
    assert clear.replace(tzinfo=None) == datetime.combine(evening.date() + DAY, time(9))
    assert clear.utcoffset() != started.utcoffset()


def test_the_day_of_the_dose_is_the_persons_own_day():
    late = datetime(2026, 6, 10, 23, 30, tzinfo=UTC)  # half past noon of the 11th in Auckland
    assert clear_at(late, "09:00", "Pacific/Auckland") == datetime(2026, 6, 11, 21, tzinfo=UTC)
    assert clear_at(late, "09:00", "UTC") == datetime(2026, 6, 11, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("started", "clear"),
    [
        ("20:59:59", "09:00:00"),
        ("21:00:00", "09:00:00"),  # twelve hours to the second
        ("21:00:01", "09:00:01"),
        ("23:59:59", "11:59:59"),
    ],
)
def test_a_late_dose_is_slept_off_for_twelve_hours(started, clear):
    at = datetime.combine(DOSED.date(), time.fromisoformat(started), UTC)
    expected = datetime.combine(DOSED.date() + DAY, time.fromisoformat(clear), UTC)
    assert clear_at(at, "09:00", "UTC") == expected


def test_twelve_hours_are_hours_passed_and_not_hours_on_the_clock():
    started = datetime(2026, 3, 28, 22, 0, tzinfo=UTC)  # the clock goes forward at one
    assert clear_at(started, "09:00", "Europe/London") == started + RESTED


@given(
    started=st.datetimes(datetime(2000, 1, 1), datetime(2050, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    zone=st.sampled_from(ZONES),
    clear_time=st.sampled_from(["00:00", "06:30", "09:00", "12:00", "23:59"]),
)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_a_head_is_never_clear_too_soon_nor_much_too_late(started, zone, clear_time):
    waited = clear_at(started, clear_time, zone) - started
    assert RESTED <= waited <= timedelta(hours=49)


def test_the_clinic_may_choose_another_hour():
    assert clear_at(DOSED, "07:30", "UTC") == CLEAR.replace(hour=7, minute=30)
