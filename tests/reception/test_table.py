"""A table from a spreadsheet: looked at first, then all of it or nothing, and twice is once."""

import csv
import io
import logging

import pytest

from journal.accounts.principals import Role
from journal.reception.table import MOST_ROWS
from tests.acts import give, hand_over, read_page, said, signed_in, write
from tests.factories import make_account
from tests.reception.desk import dose, schedule, table
from tests.reception.test_windows import DAY

GOOD = """patient,date,time,route,end
Maya,2026-03-12,13:00,nasal,13:50
Jonas,2026-03-12,9:30,IM,
maya ,2026-03-19,13:00,intravenous,
"""
VISITS = """patient,therapist,date,time
Maya,Dr Ana Reyes,2026-03-16,10:00
Maya,Dr Okafor,2026-03-16,11:00
Jonas,Dr Ana Reyes,2026-03-17,10:00
"""


def counts(answer):
    assert answer.status_code == 200, answer.json
    return [answer.json[name] for name in ("new", "changed", "same", "cancelled")]


def wrong(answer):
    return [(one["row"], one["column"]) for one in answer.json["errors"]]


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "\ufeff" + GOOD,
        GOOD.replace(",", ";"),
        GOOD.replace(",", "\t"),
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("Maya,", '"Maya",').replace("13:00", '"13:00"'),
        GOOD.replace("patient", " Patient ").replace("route", "ROUTE"),
        GOOD.replace("Maya,2026-03-12", '"Ma\nya",2026-03-12').replace('"Ma\nya"', '"\nMaya\n"'),
        GOOD + ",,,,\n\n",
        "\r\n" + GOOD.replace("end\n", "end,note\n").replace("13:50\n", '13:50,"a, b\nc"\n'),
        GOOD.replace("13:00,", "13:00:00,"),
    ],
)
def test_it_is_read_as_spreadsheets_save_it(desk, lived_in, text):
    assert counts(table(desk, text)) == [3, 0, 0, 0]
    found = schedule(desk)["dosing_sessions"]
    assert [(one["patient"]["name"], one["route"], one["number"]) for one in found] == [
        ("Jonas", "im", 1),
        ("Maya", "nasal", 1),
        ("Maya", "iv", 2),
    ]
    assert found[1]["ended_at"] == "2026-03-12T13:50:00+00:00"


@pytest.mark.parametrize(
    ("times", "ends"),
    [
        ("23:30,im,00:20", "2026-03-13T00:20:00+00:00"),
        ("9:30,im,10:20", "2026-03-12T10:20:00+00:00"),  # no later letter by letter
        ("13:00,im,1:00", "2026-03-13T01:00:00+00:00"),
    ],
)
def test_an_end_no_later_than_the_start_is_on_the_next_day(desk, lived_in, times, ends):
    """As in the form."""
    text = f"patient,date,time,route,end\nMaya,2026-03-12,{times}\n"
    assert counts(table(desk, text)) == [1, 0, 0, 0]
    assert [one["ended_at"] for one in schedule(desk)["dosing_sessions"]] == [ends]
    assert counts(table(desk, text)) == [0, 0, 1, 0]


@pytest.mark.parametrize("end", ["13:00", "12:59", "01:01", "25:00", "soon"])
def test_an_end_that_is_none_is_named(desk, lived_in, everything, end):
    before = everything()
    told = table(desk, f"patient,date,time,route,end\nMaya,2026-03-12,13:00,im,{end}\n")
    assert wrong(told) == [(2, "end")]
    assert everything() == before


def test_appointments_come_the_same_way(desk, lived_in):
    assert counts(table(desk, VISITS, kind="appointments")) == [3, 0, 0, 0]
    assert counts(table(desk, VISITS, kind="appointments")) == [0, 0, 3, 0]
    found = schedule(desk)["appointments"]
    assert [one["therapist"]["name"] for one in found] == [
        "Dr Ana Reyes",
        "Dr Okafor",
        "Dr Ana Reyes",
    ]


def test_a_dry_run_writes_nothing(desk, lived_in, everything):
    before = everything()
    told = table(desk, GOOD, dry=True)
    assert counts(told) == [3, 0, 0, 0]
    assert told.json["written"] is False
    assert everything() == before
    assert table(desk, GOOD).json["written"] is True
    assert everything() != before


def test_the_same_file_twice_changes_nothing(desk, lived_in, everything):
    table(desk, GOOD)
    before = everything()
    assert counts(table(desk, GOOD)) == [0, 0, 3, 0]
    assert everything() == before


def test_a_row_about_a_day_that_stands_is_about_its_session(desk, lived_in):
    """Also where somebody wrote it down by hand: nobody has two on one day."""
    made = dose(desk, lived_in.patient.id, starts="2026-03-12T12:00").json
    assert counts(table(desk, GOOD, dry=True)) == [2, 1, 0, 0]
    table(desk, GOOD)
    [row] = [one for one in schedule(desk)["dosing_sessions"] if one["id"] == made["id"]]
    assert row["started_at"] == "2026-03-12T13:00:00+00:00"


def test_a_row_can_cancel(desk, lived_in):
    table(desk, GOOD)
    gone = "patient;date;time;route;cancelled\nMaya;2026-03-12;13:00;nasal;yes\n"
    gone += "Jonas;2026-04-01;13:00;nasal;x\n"  # there never was one
    assert counts(table(desk, gone)) == [0, 0, 1, 1]
    assert len(schedule(desk)["dosing_sessions"]) == 2


BAD = """patient,date,time,route,end
Maya,2026-03-12,13:00,nasal,13:50
Nobody,2026-03-12,13:00,nasal,
Maya,12.3.2026,1 pm,smoked,
Maya,2026-02-30,13:00,nasal,
Maya,2026-03-29,01:30,nasal,
Jonas,2026-03-12,13:00,nasal,12:00
Maya,2026-03-12,15:00,nasal,
Ines,2026-03-12,13:00,nasal,
,,13:00,nasal,
Maya,2026-03-14,13:00,nasal,,,more
"""


def test_every_bad_row_is_named_with_row_and_column(desk, lived_in, everything):
    before = everything()
    for dry in (True, False):
        told = table(desk, BAD, dry=dry)
        assert wrong(told) == [
            (3, "patient"),
            (4, "date"),
            (4, "time"),
            (4, "route"),
            (5, "date"),
            (6, "time"),
            (7, "end"),
            (8, "date"),
            (9, "patient"),
            (10, "patient"),
            (10, "date"),
            (11, ""),
        ]
        assert told.json["written"] is False
    assert everything() == before, "one bad row, and none is written"


def test_unknown_and_elsewhere_are_the_same_words(desk, lived_in):
    """Ines is a patient of the other clinic; nobody hears that from here."""
    found = [one for one in table(desk, BAD).json["errors"] if one["row"] in {3, 9}]
    assert len({one["detail"] for one in found}) == 1


def test_two_of_one_name_are_told_apart_by_their_number(desk, database, lived_in):
    with database.session(writing=True) as session:
        make_account(session, lived_in.clinic, role=Role.PATIENT, name="MAYA")
    told = table(desk, GOOD, dry=True)
    assert wrong(told) == [(2, "patient"), (4, "patient")]
    by_number = GOOD.replace("Maya", str(lived_in.patient.id)).replace(
        "maya", str(lived_in.patient.id).upper()
    )
    assert counts(table(desk, by_number)) == [3, 0, 0, 0]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "=cmd|' /C calc'!A0"])
def test_a_cell_like_a_formula_is_words_and_comes_back_nowhere(desk, lived_in, caplog, start):
    caplog.set_level(logging.DEBUG)
    cell = f"{start}secret(1)"
    text = f'patient,date,time,route\n"{cell}",{cell},{cell},{cell}\n'
    told = table(desk, text)
    assert [column for _, column in wrong(told)] == ["patient", "date", "time", "route"]
    assert b"secret" not in told.data
    assert "secret" not in caplog.text


@pytest.mark.parametrize(
    "text",
    [
        "\n",
        "patient,date,time\nMaya,2026-03-12,13:00\n",
        "patient,patient,date,time,route\n",
        'patient,date,time,route\n"Maya,2026-03-12',
        'patient,date,time,route\n"Ma"ya,2026-03-12,13:00,nasal\n',
        "x" * 200_000,
    ],
)
def test_what_is_no_table_is_said_so(desk, lived_in, everything, text):
    before = everything()
    answer = table(desk, text)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/text")
    assert everything() == before


def rows(number, *, name="Maya"):
    written = io.StringIO()
    out = csv.writer(written)
    out.writerow(["patient", "date", "time", "route"])
    for n in range(number):
        day = f"{2000 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}"
        out.writerow([name, day, "13:00", "im"])
    return written.getvalue()


def test_ten_thousand_rows_and_no_more(desk, lived_in):
    assert table(desk, rows(MOST_ROWS + 1)).status_code == 422
    assert counts(table(desk, rows(MOST_ROWS), dry=True)) == [MOST_ROWS, 0, 0, 0]


def test_hundreds_of_rows_of_one_patient_are_numbered_once(desk, lived_in):
    text = rows(700)  # more than one statement asks for
    assert counts(table(desk, text)) == [700, 0, 0, 0]
    assert counts(table(desk, text)) == [0, 0, 700, 0]
    found = schedule(desk, **{"from": "2000-01-01", "to": "2000-12-31"})["dosing_sessions"]
    assert [one["number"] for one in found] == list(range(1, 337))


def test_another_clinics_calendar_is_not_touched(desk, other_desk, lived_in):
    ours = table(desk, GOOD)
    theirs = table(other_desk, GOOD.replace("Jonas", "Ines"), dry=False)
    assert ours.json["written"]
    assert wrong(theirs) == [(2, "patient"), (4, "patient")]
    assert schedule(other_desk)["dosing_sessions"] == []


def test_a_session_that_comes_late_in_a_table_closes_what_went_out(desk, app, lived_in):
    """The whole way, with the second lock of PostgreSQL: the desk is an admin's."""
    phone, reader = (signed_in(app, one) for one in (lived_in.patient, lived_in.therapist))
    grant = give(phone, lived_in.therapist)
    hand_over(phone, grant, write(phone, "A lamp by the river."))
    assert said(read_page(reader, lived_in.patient)) == ["A lamp by the river."]
    table(desk, f"patient,date,time,route\nMaya,{DAY:%Y-%m-%d},11:00,im\n")
    assert said(read_page(reader, lived_in.patient)) == []
    assert phone.get("/api/grants").json[0]["paused_at"]
