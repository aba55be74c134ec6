"""Two at the desk at the same moment; and nobody waits for a file to be read."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from uuid import UUID

import pytest
from sqlalchemy import event as events

from journal.accounts.principals import Admin
from journal.care.models import DosingSession
from journal.reception import settings, taking
from journal.reception.ics import By
from journal.reception.settings import FIELDS, Said
from journal.reception.table import Kind
from journal.web.session import EXTENSION
from tests.acts import signed_in
from tests.catalog.test_racing import at_once
from tests.factories import NOW, new_id
from tests.reception.desk import DOSES, cancel, dose, schedule, table, visit
from tests.reception.test_ics import event, file
from tests.reception.test_settings import save
from tests.reception.test_table import GOOD
from tests.waiting import until_waiting


class Once(dict):
    """What was sent; its text can be read a single time."""

    def __getitem__(self, name):
        return self.pop(name) if name == "text" else super().__getitem__(name)


@pytest.mark.parametrize("kind", ["table", "calendar"])
def test_the_text_of_a_file_is_read_once(session, world, kind):
    """Twice would be once more while all others wait to write."""
    if kind == "table":
        read = taking.of_table(Once(text=GOOD, kind=Kind.DOSES))
    else:
        therapist_id = world.therapist.id
        sent = Once(text=file(event()), therapist_id=therapist_id, by=By.CATEGORY)
        read = taking.of_calendar(sent)
    admin, write = Admin(world.admin.id), lambda: nullcontext(session)
    seen = taking.take(session, None, admin, read, seen=None, at=NOW)["seen"]
    told = taking.take(session, write, admin, read, seen=seen, at=NOW)
    assert told["written"]
    assert told["new"] > 0


def locked(app, act):
    """Whose consent an act locks, in order; the first time counts."""
    found, engine = [], app.extensions[EXTENSION].engine

    def note(_connection, _cursor, statement, parameters, *_more):
        if re.search(r"\bFROM consent_head\b", statement):
            values = parameters.values() if isinstance(parameters, dict) else parameters
            found.extend(str(value).replace("-", "") for value in values)

    events.listen(engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        events.remove(engine, "before_cursor_execute", note)
    return list(dict.fromkeys(found))


def test_an_import_locks_patients_in_one_order(desk, app, lived_in):
    """Whatever it does with each: two imports would wait for each other otherwise, for ever."""
    first, last = sorted([lived_in.patient.id, lived_in.other_patient.id])
    for id in (first, last):
        dose(desk, id, starts="2026-03-12T13:00")
    row = "{},2026-03-12,{},nasal,{}\n"
    for gone, changed in ((last, first), (first, last)):
        text = "patient,date,time,route,cancelled\n"
        text += row.format(gone, "13:00", "yes") + row.format(changed, "14:00", "")
        order = locked(app, lambda text=text: table(desk, text))
        assert order == [first.hex, last.hex]
        dose(desk, gone, starts="2026-03-12T13:00")


def test_nobody_meets_who_has_just_ceased_to_see_each_other(app, lived_in):
    """Written down at the moment their link ends, it is refused or goes with the others."""
    desks = [signed_in(app, lived_in.admin) for _ in range(4)]
    both = (lived_in.patient.id, lived_in.therapist.id)
    sent = {"patient_id": str(both[0]), "therapist_id": str(both[1])}
    row = "patient,therapist,date,time\nMaya,Dr Ana Reyes,2026-03-20,10:00\n"
    for _ in range(6):
        desks[0].post("/api/clinic/links", json=sent)
        answers = at_once(
            [
                lambda: desks[0].delete(f"/api/clinic/links/{both[0]}/{both[1]}"),
                lambda: visit(desks[1], *both),
                lambda: visit(desks[2], *both),
                lambda: table(desks[3], row, kind="appointments"),
            ]
        )
        assert answers[0].status_code == 204
        assert {one.status_code for one in answers} <= {200, 201, 204, 422}
        assert schedule(desks[0])["appointments"] == []
        care = signed_in(app, lived_in.patient).get("/api/care").json
        assert care["appointments"] == []


def test_a_session_written_down_while_the_morning_moves_has_the_new_one(app, lived_in):
    desks = [signed_in(app, lived_in.admin) for _ in range(5)]
    row = "patient,date,time,route\nJonas,{},13:00,nasal\n"
    for n, clear in enumerate(["10:30", "08:30", "11:00", "07:30"]):
        found = desks[0].get("/api/clinic/settings").json
        days = [f"2026-03-{12 + 4 * n + more}" for more in range(4)]
        answers = at_once(
            [
                lambda c=clear, f=found: save(desks[0], f, clear_time=c),
                *(
                    lambda d=d, on=on: dose(d, lived_in.patient.id, starts=f"{on}T13:00")
                    for d, on in zip(desks[1:4], days, strict=False)
                ),
                lambda on=days[3]: table(desks[4], row.format(on)),
            ]
        )
        assert [one.status_code for one in answers] == [200, 201, 201, 201, 200]
        mornings = {one["clear_at"][11:16] for one in schedule(desks[0])["dosing_sessions"]}
        assert mornings == {clear}


def test_a_session_cancelled_while_the_morning_moves_closes_nothing(app, database, lived_in):
    """Whoever moves mornings has found it among those to come, and has written none down yet."""
    desk, patient_id = signed_in(app, lived_in.admin), lived_in.patient.id
    doses = [dose(desk, patient_id, starts=f"2026-03-1{day}T13:00").json["id"] for day in (2, 4)]
    before = desk.get("/api/clinic/settings").json
    said = Said(**{name: before[name] for name in FIELDS} | {"clear_time": "10:30"})
    begun = []
    with ThreadPoolExecutor(1) as pool, database.session(writing=True) as saving:

        def found(*_) -> None:
            if not begun and any(isinstance(row, DosingSession) for row in saving.dirty):
                begun.append(pool.submit(cancel, desk, DOSES, doses[0]))
                until_waiting(database, 1, begun[0].done)

        events.listen(saving, "before_flush", found)
        admin = Admin(lived_in.admin.id)
        settings.save(saving, admin, said, edited_from=before["edition"], at=NOW)
        saving.commit()
        assert begun[0].result(60).status_code == 204
    [left] = schedule(desk)["dosing_sessions"]
    assert (left["number"], left["clear_at"][11:16]) == (1, "10:30")
    with database.session(writing=False) as session:
        gone = session.get_one(DosingSession, UUID(doses[0]))
        assert gone.cancelled_at
        assert gone.clear_at == gone.started_at


def test_one_appointment_written_down_twice_at_once_is_one(app, lived_in):
    desks = [signed_in(app, lived_in.admin) for _ in range(6)]
    for patient in (lived_in.patient, lived_in.other_patient):
        id = new_id()
        answers = at_once(
            [lambda d=d: visit(d, patient.id, lived_in.therapist.id, id=id) for d in desks]  # noqa: B023
        )
        assert sorted(one.status_code for one in answers) == [200] * 5 + [201]
    assert len(schedule(desks[0])["appointments"]) == 2
