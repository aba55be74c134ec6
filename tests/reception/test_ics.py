"""A therapist's calendar file: what names a patient comes in, once, and the rest stays out."""

import re

import pytest
from icalendar.timezone import tzp

from journal.reception import ics, lines
from tests.reception.desk import calendar, schedule
from tests.reception.test_table import counts

HEAD = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Somebody//Calendar//EN"]


def event(uid="one@example", start="DTSTART:20260316T100000Z", who="Maya", **more):
    lines = ["BEGIN:VEVENT", f"UID:{uid}", start]
    lines += [f"CATEGORIES:{who}"] if who else []
    lines += [f"{name.replace('_', '-')}:{value}" for name, value in more.items()]
    return [*lines, "END:VEVENT"]


def file(*events, head=()):
    lines = [*HEAD, *head, *(line for one in events for line in one), "END:VCALENDAR"]
    return "\r\n".join(lines) + "\r\n"


def send(desk, lived_in, text, **more):
    return calendar(desk, text, lived_in.therapist.id, **more)


def starts(desk):
    return [one["starts_at"] for one in schedule(desk)["appointments"]]


WINTER = "2026-03-16T10:00:00+00:00"


@pytest.mark.parametrize(
    ("start", "comes"),
    [
        ("DTSTART:20260316T100000Z", WINTER),
        ("DTSTART:20260316T100000", WINTER),  # by the clock on the clinic's wall
        ("DTSTART;TZID=Europe/London:20260316T100000", WINTER),
        ("DTSTART;TZID=America/New_York:20260316T060000", WINTER),  # their clocks went forward
        ("DTSTART;TZID=GMT Standard Time:20260316T100000", WINTER),
        ("DTSTART;TZID=Europe/Lon\r\n don:2026\r\n 0316T100000", WINTER),  # folded lines
        ("DTSTART;TZID=Europe/London:20260330T100000", "2026-03-30T09:00:00+00:00"),
    ],
)
def test_a_start_is_the_moment_it_names(desk, lived_in, start, comes):
    assert counts(send(desk, lived_in, file(event(start=start)))) == [1, 0, 0, 0]
    assert starts(desk) == [comes]


@pytest.mark.parametrize(
    ("start", "why"),
    [
        ("DTSTART;VALUE=DATE:20260316", "all day"),
        ("DTSTART:soon", "no start"),
        ("DTSTART:16010101T000000Z", "year"),
        ("DTSTART;TZID=Nowhere/Town:20260316T100000", "zone"),
        ("DTSTART;TZID=localtime:20260316T100000", "zone"),  # the server's own, wherever it is
        ("DTSTART;TZID=Europe/London:20260329T013000", "does not exist"),
        ("SUMMARY:no start at all", "no start"),
    ],
)
def test_a_start_that_is_no_moment_is_named(desk, lived_in, everything, start, why):
    before = everything()
    answer = send(desk, lived_in, file(event("good"), event("bad", start=start)))
    [fault] = answer.json["errors"]
    assert (fault["row"], fault["column"]) == (2, "start")
    assert why in fault["detail"]
    assert everything() == before, "all or nothing"


def test_a_zone_of_the_files_own_is_a_zone_nobody_knows(desk, lived_in):
    """Its rules could take for ever to work out; none of them is run."""
    own = ["BEGIN:VTIMEZONE", "TZID:Mine", "BEGIN:STANDARD", "DTSTART:16010101T000000"]
    own += ["TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "RRULE:FREQ=SECONDLY", "END:STANDARD"]
    text = file(event(start="DTSTART;TZID=Mine:20260316T100000"), head=[*own, "END:VTIMEZONE"])
    assert "zone" in send(desk, lived_in, text).json["errors"][0]["detail"]


BEGIN, END = "BEGIN:VTIMEZONE", "END:VTIMEZONE"


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("BEGIN:VTIME\r\n ZONE", "END:VTIME\r\n\tZONE"),
        ("BEGIN;X-A=1:VTIMEZONE", "END;X-A=1:VTIMEZONE"),
        ("begin:vtimezone", "End:vTimezone"),
        ("BEGIN :VTIMEZONE", "END\t:VTIMEZONE"),
        ("BE GIN:VTIMEZONE", "E\tND ; X-A=1 :VTIMEZONE"),
        ("BEGIN\x0b:VTIMEZONE", "END\xa0:VTIMEZONE"),
        ('BEGIN;X-A=":":VTIMEZONE', 'END;X-A="a;b:c":VTIMEZONE'),
        ("BEGIN:VTIMEZONE ", "END:VTIMEZONE "),
    ],
)
def test_it_is_not_run_however_its_lines_are_written(desk, lived_in, begin, end):
    """Nor kept for the next file."""
    own = [begin, "TZID:Mine", "BEGIN:STANDARD", "DTSTART:16010101T000000"]
    own += ["TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", end]
    for head in (own, ()):
        text = file(event(start="DTSTART;TZID=Mine:20260316T100000"), head=head)
        assert "zone" in send(desk, lived_in, text).json["errors"][0]["detail"]
    assert tzp.timezone("Mine") is None


@pytest.mark.parametrize(
    "head",
    [
        [BEGIN],
        [BEGIN, BEGIN, END],
        [END],
        [BEGIN, END, BEGIN],
        [BEGIN] * 12_000,  # as many as two hundred kilobytes hold
    ],
)
def test_a_zone_that_does_not_end_is_no_calendar(desk, lived_in, everything, head):
    """Whatever stands after it: an end of a calendar more or less is not looked for."""
    before = everything()
    for ends in range(3):
        text = file(event(), head=head) + "END:VCALENDAR\r\n" * ends
        answer = send(desk, lived_in, text)
        assert answer.status_code == 422
        assert answer.json["errors"][0]["detail"] == "This cannot be read as a calendar."
    assert everything() == before


@pytest.mark.parametrize("zone", ["x" * 400, "Europe"])
def test_a_zone_that_is_no_file_is_refused(desk, lived_in, everything, zone):
    """Too long for a name, or a folder among the zones."""
    before = everything()
    answer = send(desk, lived_in, file(event(start=f"DTSTART;TZID={zone}:20260316T100000")))
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/text")
    assert everything() == before


def test_no_pattern_runs_over_lines():
    """One that did looked at the rest of a file again for each zone that begins: for minutes."""
    found = [one for of in (ics, lines) for one in vars(of).values() if isinstance(one, re.Pattern)]
    assert not [one.pattern for one in found if one.flags & re.DOTALL]


def test_what_names_no_patient_is_left_out_and_kept_nowhere(desk, lived_in, everything):
    before = everything()
    others = [
        event("a", who="Dentist"),
        event("b", who=None, SUMMARY="Maya"),  # the patient is looked for in the category
        event("c", who="Maya,Jonas"),
        event("d", who="Ines"),  # a patient of the other clinic
        event("e", who="Nobody"),
    ]
    told = send(desk, lived_in, file(*others))
    assert counts(told) == [0, 0, 0, 0]
    assert [one["row"] for one in told.json["left_out"]] == [1, 2, 3, 4, 5]
    why = [one["detail"] for one in told.json["left_out"]]
    assert why[3] == why[4], "whether she exists elsewhere is not said"
    assert b"Dentist" not in told.data
    assert everything() == before


def test_the_title_can_name_the_patient_instead(desk, lived_in):
    text = file(event(who=None, SUMMARY=" maya "), event("two", who="Maya", SUMMARY="Team"))
    assert counts(send(desk, lived_in, text, by="title")) == [1, 0, 0, 0]


def test_a_dry_run_writes_nothing_and_twice_is_once(desk, lived_in, everything):
    text, before = file(event(), event("two", who="Jonas")), everything()
    assert counts(send(desk, lived_in, text, dry=True)) == [2, 0, 0, 0]
    assert everything() == before
    assert counts(send(desk, lived_in, text)) == [2, 0, 0, 0]
    after = everything()
    assert counts(send(desk, lived_in, text)) == [0, 0, 2, 0]
    assert everything() == after


def test_the_same_uid_moves_the_appointment(desk, lived_in):
    send(desk, lived_in, file(event()))
    later = event(start="DTSTART:20260317T100000Z", SEQUENCE=1)
    assert counts(send(desk, lived_in, file(later, event()))) == [0, 1, 0, 0]
    assert starts(desk) == ["2026-03-17T10:00:00+00:00"], "the newer one counts, wherever it stands"


@pytest.mark.parametrize("how", [{"more": {"STATUS": "CANCELLED"}}, {"head": ["METHOD:CANCEL"]}])
def test_cancelled_is_cancelled(desk, lived_in, how):
    send(desk, lived_in, file(event()))
    gone = file(event(**how.get("more", {})), head=how.get("head", ()))
    assert counts(send(desk, lived_in, gone)) == [0, 0, 0, 1]
    assert counts(send(desk, lived_in, gone)) == [0, 0, 1, 0]
    assert starts(desk) == []


def test_cancelled_and_never_there_is_nothing(desk, lived_in, everything):
    before = everything()
    assert counts(send(desk, lived_in, file(event(STATUS="CANCELLED")))) == [0, 0, 1, 0]
    assert everything() == before


def test_what_repeats_is_left_out_and_said(desk, lived_in):
    every_week = event("w", RRULE="FREQ=WEEKLY;COUNT=5")
    moved = event("w", start="DTSTART:20260324T110000Z", RECURRENCE_ID="20260323T100000Z")
    told = send(desk, lived_in, file(every_week, moved, event("single")))
    assert counts(told) == [1, 0, 0, 0]
    [left] = told.json["left_out"]
    assert left["column"] == "rrule"
    assert "repeats" in left["detail"]
    assert starts(desk) == [WINTER]


def test_one_event_cannot_become_another_patients(desk, lived_in):
    send(desk, lived_in, file(event()))
    told = send(desk, lived_in, file(event(who="Jonas")))
    assert [one["column"] for one in told.json["errors"]] == ["patient"]
    assert schedule(desk)["appointments"][0]["patient"]["name"] == "Maya"


def test_a_therapist_who_does_not_see_the_patient_is_named(desk, lived_in):
    told = calendar(desk, file(event(who="Jonas")), lived_in.other_therapist.id)
    assert "does not see" in told.json["errors"][0]["detail"]


def test_another_clinics_therapist_is_as_unknown_as_nobody(desk, lived_in):
    ids = (lived_in.foreign_therapist.id, lived_in.patient.id, lived_in.clinic.id)
    answers = {calendar(desk, file(event()), id).data for id in ids}
    assert len(answers) == 1


def test_two_clinics_with_one_uid_have_two_appointments(desk, other_desk, lived_in):
    send(desk, lived_in, file(event()))
    calendar(other_desk, file(event(who="Ines")), lived_in.foreign_therapist.id)
    assert len(schedule(desk)["appointments"]) == len(schedule(other_desk)["appointments"]) == 1


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "BEGIN:VEVENT\r\nEND:VEVENT\r\n",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
        "BEGIN:VCALENDAR\r\nEND:VEVENT\r\n",
        "patient,date,time,route\nMaya,2026-03-12,13:00,im\n",
        "\ufeff",
        "BEGIN:VCALENDAR\r\n" * 3000,
        ":" * 1000,
    ],
)
def test_what_is_no_calendar_writes_nothing(desk, lived_in, everything, text):
    before = everything()
    answer = send(desk, lived_in, text)
    if answer.status_code == 422:
        assert answer.json["errors"][0]["pointer"] == "/text"
    else:
        assert counts(answer) == [0, 0, 0, 0]
    assert everything() == before
