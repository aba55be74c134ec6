"""The access report: who opened what kind, when and how, of exactly one patient."""

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import update

from journal.accounts.models import Account
from journal.audit import How, Reading
from journal.care.models import Clinic, Membership
from journal.vault import keys
from journal.vault.sealed import Sealed
from tests import factories
from tests.acts import give, hand_over, read_page, signed_in, write
from tests.catalog.clinic import another_admin, desk_of
from tests.factories import NOW
from tests.paper.reading import pages
from tests.roster.at_the_desk import about, report, told, unlink

CANARY = "Zwetschgenquittung"


@pytest.fixture
def desk(app, lived_in):
    return desk_of(app, lived_in)


@pytest.fixture
def reader(app, lived_in):
    return signed_in(app, lived_in.therapist)


@pytest.fixture
def phone(app, lived_in):
    """Maya hands over one thing that is opened, one that is not, and keeps one to herself."""
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist)
    hand_over(phone, grant, write(phone, f"{CANARY} one"))
    write(phone, f"{CANARY} kept")
    return phone


def lines(answer):
    assert answer.status_code == 200, answer.get_data()
    assert answer.mimetype == "text/csv"
    [head, *found] = csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig")))
    assert head[2:] == ["Opened by", "Kind", "How much", "How"]
    return found


REYES = ["Dr Ana Reyes", "Reflections", "all of it"]


def test_it_says_who_when_what_kind_and_how_once_for_each_opening(
    desk, phone, reader, lived_in, time
):
    assert lines(report(desk, lived_in.patient)) == []
    read_page(reader, lived_in.patient)
    time.move(timedelta(minutes=5))
    assert reader.post("/api/search", json={"text": CANARY}).json["found"]
    assert reader.post(f"/api/patients/{lived_in.patient.id}/pdf").status_code == 200
    found = lines(report(desk, lived_in.patient))
    assert [line[2:5] for line in found] == [REYES] * 3
    assert [line[5] for line in found] == [
        "on the page",
        "a line of it, found by a search",
        "in a file to keep",
    ]
    assert [line[0] for line in found][0:2] == ["2026-03-10 12:00:00", "2026-03-10 12:05:00"]


def test_nothing_of_what_was_not_opened_and_no_word_is_in_it(desk, phone, reader, lived_in, app):
    """Handed over to two; one of them opened it. Bystanders open theirs."""
    other = signed_in(app, lived_in.other_therapist)
    read_page(reader, lived_in.other_patient)
    read_page(signed_in(app, lived_in.foreign_therapist), lived_in.foreign_patient)
    assert lines(report(desk, lived_in.patient)) == []
    read_page(other, lived_in.patient)
    [line] = lines(report(desk, lived_in.patient))
    assert line[2] == "Dr Okafor"
    for format in ("csv", "pdf"):
        made = report(desk, lived_in.patient, format).get_data()
        assert CANARY.encode() not in made
    [page] = pages(made)
    assert "Dr Okafor: Reflections, all of it, on the page" in page
    for absent in ("Reyes", "Jonas", "Ines", CANARY, "bystander", "2 ", "kept"):
        assert absent not in page.replace("12:0", "").replace("2026", "").replace("10 March ", "")


def test_what_was_taken_back_stays_opened(desk, phone, reader, lived_in):
    read_page(reader, lived_in.patient)
    before = lines(report(desk, lived_in.patient))
    assert phone.post("/api/withdraw-everything").status_code == 204
    unlink(desk, lived_in.patient, lived_in.therapist)
    assert lines(report(desk, lived_in.patient)) == before


def test_the_patient_sees_that_it_was_made(desk, phone, lived_in, app):
    report(desk, lived_in.patient)
    report(desk, lived_in.patient, "pdf")
    assert told(phone) == [("report", None)] * 2
    assert told(signed_in(app, lived_in.other_patient)) == []


def test_it_is_a_file_that_nobody_keeps_and_that_names_nobody(desk, phone, lived_in):
    for format, kind in (("csv", "text/csv"), ("pdf", "application/pdf")):
        made = report(desk, lived_in.patient, format)
        assert (made.mimetype, made.headers["Cache-Control"]) == (kind, "no-store")
        named = f'attachment; filename="access.{format}"'
        assert made.headers["Content-Disposition"] == named
    assert report(desk, lived_in.patient, "html").status_code == 422


def test_what_was_read_in_another_clinic_is_that_clinics(app, database, desk, phone, lived_in):
    """Maya also goes to the other clinic, where Dr Lind sees her, and so does Dr Reyes."""
    with database.session(writing=True) as session:
        there, since = session.get_one(Clinic, lived_in.other_clinic.id), NOW - timedelta(days=90)
        for who in (lived_in.patient.id, lived_in.other_therapist.id):
            session.add(Membership(account_id=who, clinic_id=there.id, since=since))
        session.flush()
        for who in (lived_in.foreign_therapist, lived_in.other_therapist):
            factories.link(session, there, lived_in.patient.id, who.id, at=since)
    hand_over(phone, give(phone, lived_in.foreign_therapist), write(phone))
    unlink(desk, lived_in.patient, lived_in.other_therapist)
    for who in (lived_in.therapist, lived_in.foreign_therapist):
        read_page(signed_in(app, who), lived_in.patient)
    # Dr Okafor still sees her in the other clinic, and there alone, from a minute later on.
    later = signed_in(app, lived_in.other_therapist)
    app.extensions["journal.clock"].move(timedelta(minutes=1))
    assert len(read_page(later, lived_in.patient).json["excerpts"]) == 1
    theirs = signed_in(app, another_admin(database, lived_in.other_clinic))
    assert [line[2] for line in lines(report(desk, lived_in.patient))] == ["Dr Ana Reyes"]
    found = [line[2] for line in lines(report(theirs, lived_in.patient))]
    assert found == ["Dr Lind", "Dr Okafor"]


def test_a_record_that_was_changed_is_named_and_no_other(
    desk, phone, reader, lived_in, database, app
):
    read_page(reader, lived_in.patient)
    read_page(reader, lived_in.other_patient)
    assert desk.post("/api/clinic/audit").json == {"at": NOW.isoformat(), "broken": []}
    [page] = pages(report(desk, lived_in.patient, "pdf").get_data())
    assert "no line of the record was changed" in page
    with database.session(writing=True) as session:
        hers = update(Reading).where(Reading.patient_id == lived_in.patient.id, Reading.n == 1)
        session.execute(hers.values(how=How.PDF))
    broken = [one["name"] for one in desk.post("/api/clinic/audit").json["broken"]]
    assert broken == ["Maya"]
    theirs = signed_in(app, another_admin(database, lived_in.other_clinic))
    assert theirs.post("/api/clinic/audit").json["broken"] == []
    [page] = pages(report(desk, lived_in.patient, "pdf").get_data())
    assert "the record is not as it was written" in page


def test_where_somebody_lives_who_left_is_not_in_it(app, desk, phone, reader, lived_in):
    read_page(reader, lived_in.patient)

    def when():
        told = report(desk, lived_in.patient)
        return told.get_data().decode("utf-8-sig").split('"')[3], lines(told)[0][1]

    def move(zone):
        assert phone.put("/api/me", json={"name": "Maya", "zone": zone}).status_code < 300

    move("Asia/Tokyo")
    assert when() == ("When (Asia/Tokyo)", "2026-03-10 21:00")
    assert about(desk, lived_in.patient, "leave").status_code == 204
    move("America/Lima")
    assert when() == ("When (Europe/London)", "2026-03-10 12:00")
    page = " ".join(pages(report(desk, lived_in.patient, "pdf").data))
    assert "Europe/London" in page
    assert "Lima" not in page


def test_a_name_that_a_spreadsheet_would_run_stays_a_name(database, desk, phone, reader, lived_in):
    with database.session(writing=True) as session:
        who = session.get_one(Account, lived_in.therapist.id)
        key = keys.key(session, who.id)
        who.name = Sealed.seal(b'=HYPERLINK("//evil","a")', key, f"account/{who.id}/name")
    read_page(reader, lived_in.patient)
    [line] = lines(report(desk, lived_in.patient))
    assert line[2] == '\'=HYPERLINK("//evil","a")'
