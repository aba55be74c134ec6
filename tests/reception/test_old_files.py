"""A file that is older than what was done by hand since undoes none of it."""

from datetime import timedelta

import pytest

from journal.accounts.principals import Admin
from journal.care.models import Route
from journal.errors import Invalid
from journal.reception import found, here
from journal.reception.doses import Dose
from journal.reception.found import Plan, Planned
from tests.factories import NOW, new_id
from tests.reception.desk import DOSES, VISITS, calendar, cancel, dose, schedule, table, visit
from tests.reception.test_ics import event, file
from tests.reception.test_looked_at import ICS
from tests.reception.test_table import counts

ROW = "patient,date,time,route,cancelled\nMaya,2026-03-12,13:00,nasal,\n"
GONE = ROW.replace("nasal,", "nasal,yes")
LATER = "Maya,2026-03-19,13:00,nasal,\n"
VISIT = "patient,therapist,date,time\nMaya,Dr Ana Reyes,2026-03-16,10:00\n"


def days(desk):
    found = schedule(desk)["dosing_sessions"]
    return {one["id"]: one["started_at"][:16] for one in found}


@pytest.fixture
def moved(desk, lived_in):
    """A session that came with a file and was moved a week on by hand."""
    table(desk, ROW)
    [id] = days(desk)
    assert (
        dose(desk, lived_in.patient.id, id=id, starts="2026-03-19T15:00", edition=1).status_code
        == 200
    )
    return id


def test_a_row_that_cancels_does_not_reach_what_was_moved(desk, moved, everything):
    before = everything()
    assert counts(table(desk, GONE)) == [0, 0, 1, 0]
    assert everything() == before


def test_a_row_about_the_old_day_does_not_move_it_back(desk, moved):
    for expected in ([1, 0, 0, 0], [0, 0, 1, 0]):  # twice is once
        assert counts(table(desk, ROW)) == expected
        assert days(desk)[moved] == "2026-03-19T15:00"
        assert sorted(days(desk).values()) == ["2026-03-12T13:00", "2026-03-19T15:00"]
    assert counts(table(desk, GONE)) == [0, 0, 0, 1]
    assert days(desk) == {moved: "2026-03-19T15:00"}


@pytest.mark.parametrize("rows", [ROW + LATER, ROW.replace("Maya", LATER + "Maya", 1)])
def test_two_rows_are_never_one_session(desk, moved, rows):
    assert counts(table(desk, rows)) == [1, 1, 0, 0]
    assert sorted(days(desk).values()) == ["2026-03-12T13:00", "2026-03-19T13:00"]
    assert days(desk)[moved] == "2026-03-19T13:00"


def test_an_appointment_with_somebody_else_by_now_is_not_taken_back(desk, lived_in):
    table(desk, VISIT, kind="appointments")
    [made] = schedule(desk)["appointments"]
    visit(desk, lived_in.patient.id, lived_in.other_therapist.id, id=made["id"], edition=1)
    assert counts(table(desk, VISIT, kind="appointments")) == [1, 0, 0, 0]
    now = {one["id"]: one["therapist"]["name"] for one in schedule(desk)["appointments"]}
    assert now.pop(made["id"]) == "Dr Okafor"
    assert list(now.values()) == ["Dr Ana Reyes"]


UID_GONE, UID_LATER = event(STATUS="CANCELLED"), event(start="DTSTART:20260317T100000Z")


def test_an_event_does_not_reach_what_is_another_therapists_by_now(desk, lived_in):
    """Neither to cancel it nor to take it back: it makes another and is about that from then on."""
    reyes = lived_in.therapist.id
    calendar(desk, file(event()), reyes)
    [made] = schedule(desk)["appointments"]
    visit(desk, lived_in.patient.id, lived_in.other_therapist.id, id=made["id"], edition=1)

    def whose():
        found = schedule(desk)["appointments"]
        return [(one["therapist"]["name"], one["starts_at"][:16]) for one in found]

    given = ("Dr Okafor", "2026-03-16T10:00")
    assert counts(calendar(desk, file(UID_GONE), reyes)) == [0, 0, 1, 0]
    assert whose() == [given]
    assert counts(calendar(desk, file(event()), reyes)) == [1, 0, 0, 0]
    assert counts(calendar(desk, file(event()), reyes)) == [0, 0, 1, 0]
    assert sorted(whose()) == [("Dr Ana Reyes", "2026-03-16T10:00"), given]
    told = calendar(desk, file(UID_LATER), reyes)
    assert counts(told) == [0, 1, 0, 0]
    assert sorted(whose()) == [("Dr Ana Reyes", "2026-03-17T10:00"), given]
    assert counts(calendar(desk, file(UID_GONE), reyes)) == [0, 0, 0, 1]
    told = calendar(desk, file(event()), reyes)
    assert (counts(told), len(told.json["left_out"])) == ([0, 0, 0, 0], 1)
    assert whose() == [given]


def test_it_is_looked_at_again_when_it_went_to_another_therapist_meanwhile(
    desk, lived_in, everything
):
    reyes = str(lived_in.therapist.id)
    calendar(desk, file(event()), lived_in.therapist.id)
    [made] = schedule(desk)["appointments"]
    text = file(UID_GONE, event("two"))
    seen = calendar(desk, text, reyes, dry=True).json["seen"]
    visit(desk, lived_in.patient.id, lived_in.other_therapist.id, id=made["id"], edition=1)
    before = everything()
    sent = {"therapist_id": reyes, "by": "category", "text": text}
    told = desk.post(ICS, json={**sent, "dry_run": False, "seen": seen})
    assert told.status_code == 409
    assert everything() == before


@pytest.mark.parametrize("how", ["again", "cancelled"])
def test_what_was_moved_while_under_way_was_not_cancelled(app, desk, lived_in, how):
    """Its window stays, and that is nowhere shown: not to a file either."""
    text = f"patient,date,time,route,cancelled\nMaya,{NOW:%Y-%m-%d},11:00,nasal,\n"
    table(desk, text)
    [id] = days(desk)
    app.extensions["journal.clock"].at = NOW.replace(hour=14)
    dose(desk, lived_in.patient.id, id=id, starts="2026-03-19T15:00", edition=1)
    if how == "cancelled":  # it is the moved one that was
        cancel(desk, DOSES, id, edition=2)
    told = table(desk, text)
    assert (counts(told), told.json["left_out"]) == ([1, 0, 0, 0], [])
    assert f"{NOW:%Y-%m-%d}T11:00" in days(desk).values()


@pytest.mark.parametrize("by_hand", [True, False])
def test_what_was_cancelled_by_hand_stays_so_and_is_said(desk, lived_in, everything, by_hand):
    if by_hand:  # also where it never came from a file
        dose(desk, lived_in.patient.id, starts="2026-03-12T13:00")
    table(desk, ROW)
    [id] = days(desk)
    cancel(desk, DOSES, id)
    before = everything()
    for dry in (True, False):
        told = table(desk, ROW, dry=dry)
        assert counts(told) == [0, 0, 0, 0]
        [left] = told.json["left_out"]
        assert (left["row"], left["column"]) == (2, "cancelled")
        assert "left as it is" in left["detail"]
    assert counts(table(desk, GONE)) == [0, 0, 1, 0]
    assert everything() == before
    again = dose(desk, lived_in.patient.id, starts="2026-03-12T09:00").json["id"]
    assert counts(table(desk, ROW)) == [0, 1, 0, 0], "added by hand, the day is there again"
    assert days(desk) == {again: "2026-03-12T13:00"}


def test_what_was_cancelled_by_hand_stays_so_for_a_calendar(desk, lived_in):
    calendar(desk, file(event()), lived_in.therapist.id)
    [made] = schedule(desk)["appointments"]
    cancel(desk, VISITS, made["id"])
    told = calendar(desk, file(event()), lived_in.therapist.id)
    assert counts(told) == [0, 0, 0, 0]
    assert [one["row"] for one in told.json["left_out"]] == [1]
    assert schedule(desk)["appointments"] == []


def test_of_two_on_one_day_it_is_about_its_own_or_the_earlier(desk, lived_in):
    """Whatever order they were written down in, and whatever their ids are."""
    ids = sorted(str(new_id()) for _ in range(4))
    for id, clock in zip(ids, ("16:00", "08:00", "20:00", "11:00"), strict=True):
        dose(desk, lived_in.patient.id, id=id, starts=f"2026-03-12T{clock}")
    assert counts(table(desk, ROW)) == [0, 1, 0, 0]
    assert days(desk)[ids[1]] == "2026-03-12T13:00"


def test_its_own_comes_before_an_earlier_one(desk, lived_in, everything):
    table(desk, ROW)
    dose(desk, lived_in.patient.id, starts="2026-03-12T08:00")
    before = everything()
    assert counts(table(desk, ROW)) == [0, 0, 1, 0]
    assert everything() == before


def test_one_id_twice_in_a_plan_is_a_fault(session, world):
    there, id = here.look(session, Admin(world.admin.id)), new_id()
    some = [
        Dose(
            patient_id=world.patient.id,
            started_at=NOW + timedelta(days=n),
            ended_at=None,
            route=Route.IM,
        )
        for n in (1, 2)
    ]
    plan = Plan(planned=[Planned(n, id, wish, cancelled=False) for n, wish in enumerate(some, 2)])
    with pytest.raises(Invalid) as why:
        found.take(session, there, plan, seen="", at=NOW)
    assert [one["pointer"] for one in why.value.errors] == ["/rows/3/date"]
