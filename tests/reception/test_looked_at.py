"""A file is written only while what somebody looked at still stands."""

import pytest

from tests.catalog.test_racing import at_once
from tests.reception.desk import DOSES, VISITS, calendar, cancel, dose, schedule, table, visit
from tests.reception.test_ics import event, file
from tests.reception.test_meanwhile import to_new_york
from tests.reception.test_table import counts

CSV, ICS = "/api/clinic/schedule/csv", "/api/clinic/schedule/calendar"
HEAD = "patient,date,time,route,end,cancelled\n"
ROWS = HEAD + "Maya,2026-03-12,13:00,nasal,13:50,\nJonas,2026-03-13,9:30,im,,\n"


def look(desk, text=ROWS):
    return table(desk, text, dry=True).json["seen"]


def take(desk, seen, text=ROWS):
    sent = {"kind": "doses", "text": text, "dry_run": False, "seen": seen}
    return desk.post(CSV, json=sent)


def test_what_nobody_has_looked_at_is_not_written(desk, lived_in, everything):
    before = everything()
    therapist = str(lived_in.therapist.id)
    for path, sent in (
        (CSV, {"kind": "doses", "text": ROWS}),
        (ICS, {"therapist_id": therapist, "by": "category", "text": file(event())}),
    ):
        for more in ({}, {"seen": None}):
            answer = desk.post(path, json={**sent, **more, "dry_run": False})
            assert answer.status_code == 428, answer.json
    assert everything() == before


def nothing(desk, world):
    pass


def elsewhere(desk, world):
    dose(desk, world.patient.id, starts="2026-03-25T13:00")
    visit(desk, world.patient.id, world.therapist.id, starts="2026-03-12T13:00")


def by_hand(desk, world):
    dose(desk, world.other_patient.id, starts="2026-03-13T11:00")


def moved(desk, world):
    [row] = schedule(desk)["dosing_sessions"]
    dose(desk, world.patient.id, id=row["id"], starts="2026-03-12T16:00", edition=1)


def moved_as_the_file_has_it(desk, world):
    [row] = schedule(desk)["dosing_sessions"]
    more = {"starts": "2026-03-12T13:00", "ends": "2026-03-12T13:50", "edition": 1}
    dose(desk, world.patient.id, id=row["id"], **more)


def to_another_day(desk, world):
    [row] = schedule(desk)["dosing_sessions"]
    dose(desk, world.patient.id, id=row["id"], starts="2026-03-19T16:00", edition=1)


def another_clock(desk, world):
    to_new_york(desk)


def gone(desk, world):
    [row] = schedule(desk)["dosing_sessions"]
    cancel(desk, DOSES, row["id"])


@pytest.mark.parametrize(
    ("meanwhile", "status"),
    [
        (nothing, 200),
        (elsewhere, 200),  # what the file does not speak of is nothing to it
        (by_hand, 409),  # a row that was new would change this now
        (moved, 409),
        (moved_as_the_file_has_it, 409),
        (to_another_day, 409),
        (another_clock, 409),  # its times would be others
        (gone, 409),
    ],
)
def test_what_changed_since_somebody_looked_is_not_written_over(
    desk, lived_in, everything, meanwhile, status
):
    dose(desk, lived_in.patient.id, starts="2026-03-12T12:00")
    seen = look(desk)
    meanwhile(desk, lived_in)
    before = everything()
    answer = take(desk, seen)
    assert answer.status_code == status, answer.json
    if status == 409:
        assert answer.json["title"] == "The calendar has changed meanwhile"
        assert everything() == before
        assert take(desk, look(desk)).json["written"], "looked at anew, it can be brought in"
    else:
        assert counts(answer) == [1, 1, 0, 0]


def test_sent_again_after_a_lost_answer_it_is_written_once(desk, lived_in, everything):
    seen = look(desk)
    assert counts(take(desk, seen)) == [2, 0, 0, 0]
    before = everything()
    again = take(desk, seen)
    assert counts(again) == [0, 0, 2, 0]
    assert again.json["seen"] is None
    assert everything() == before


def test_of_two_who_bring_one_day_in_at_once_one_looks_again(app, desk, lived_in):
    other = ROWS.replace("13:00", "14:00").replace("13:50", "14:50")
    texts = [ROWS, other]
    marks = [look(desk, text) for text in texts]
    answers = at_once(
        [lambda t=t, s=s: take(desk, s, t) for t, s in zip(texts, marks, strict=True)]
    )
    assert sorted(one.status_code for one in answers) == [200, 409]


def test_a_look_says_what_stands_where_it_would_change_something(desk, lived_in):
    dose(desk, lived_in.patient.id, starts="2026-03-12T12:00", ends="2026-03-12T12:45")
    dose(desk, lived_in.other_patient.id, starts="2026-03-13T09:30", route="im")
    text = ROWS + "Maya,2026-03-20,13:00,nasal,,\n"
    assert table(desk, text, dry=True).json["stands"] == [
        {"row": 2, "column": "date", "detail": "2026-03-12 12:00 to 12:45, nasal"}
    ]
    out = HEAD + "Jonas,2026-03-13,9:30,im,,yes\n"
    assert table(desk, out, dry=True).json["stands"] == [
        {"row": 2, "column": "date", "detail": "2026-03-13 09:30, im"}
    ]


def test_a_calendar_is_held_to_the_same(desk, lived_in, everything):
    therapist = lived_in.therapist.id
    calendar(desk, file(event()), therapist)
    [row] = schedule(desk)["appointments"]
    later = file(event(start="DTSTART:20260316T120000Z"))
    told = calendar(desk, later, therapist, dry=True).json
    assert [one["detail"] for one in told["stands"]] == ["2026-03-16 10:00"]
    cancel(desk, VISITS, row["id"])
    before = everything()
    sent = {"therapist_id": str(therapist), "by": "category", "text": later, "dry_run": False}
    answer = desk.post(ICS, json={**sent, "seen": told["seen"]})
    assert counts(answer) == [0, 0, 0, 0], "what was cancelled stays so, and there is no more"
    assert everything() == before
    two = later.replace(
        "END:VCALENDAR\r\n", "\r\n".join([*event("two@example"), "END:VCALENDAR\r\n"])
    )
    seen = calendar(desk, two, therapist, dry=True).json["seen"]
    visit(desk, lived_in.patient.id, therapist, id=row["id"], edition=2)
    answer = desk.post(ICS, json={**sent, "text": two, "seen": seen})
    assert answer.status_code == 409
