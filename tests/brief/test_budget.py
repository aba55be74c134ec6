"""What the page and Today ask of the database, however much there is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import event

from journal.accounts.principals import Patient, Role
from journal.db import Database
from journal.sharing import marks
from journal.sharing.models import Marking
from tests import factories
from tests.acts import read_page, signed_in
from tests.factories import NOW
from tests.worlds import World

PAGE, TODAY = 8, 5


@contextmanager
def asking(database: Database) -> Iterator[list[str]]:
    """The statements of a request, without those that find out who is asking."""
    asked: list[str] = []

    def notice(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        who = "login_session" in statement or "set_config('rows." in statement
        if not who and not statement.startswith(("BEGIN", "PRAGMA")):
            asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", notice)
    yield asked
    event.remove(database.engine, "before_cursor_execute", notice)


def test_a_page_of_fifty_excerpts_asks_eight_things(
    app: Flask, lived_in: World, database: Database
) -> None:
    patient, therapist = lived_in.patient, lived_in.therapist
    with database.session(writing=True) as opened:
        factories.make_dose(opened, lived_in.clinic, patient.id)
        factories.make_appointment(
            opened, patient.id, therapist.id, starts_at=NOW + timedelta(days=1)
        )
        grant = factories.make_grant(opened, patient, therapist)
        made = [
            factories.hand_over(opened, patient, grant, factories.make_entry(opened, patient))
            for _ in range(50)
        ]
        ids = [one.id for one in made]
        for id in ids:
            marks.put(opened, therapist, patient.id, id, Marking.CARRY, at=NOW)
    desk = signed_in(app, therapist)
    read_page(desk, patient)  # the chain of readings has begun
    with asking(app.extensions["journal.database"]) as asked:
        page = read_page(desk, patient)
    assert len(page.json["excerpts"]) == len(page.json["carried"]) == 50
    assert len(asked) <= PAGE, asked
    assert sum("INSERT" in one for one in asked) == 1


def test_today_with_fifty_patients_asks_five_things(
    app: Flask, lived_in: World, database: Database
) -> None:
    therapist = lived_in.therapist
    with database.session(writing=True) as opened:
        for n in range(48):
            id = factories.make_account(
                opened, lived_in.clinic, role=Role.PATIENT, name=f"Patient {n:02}"
            ).id
            factories.link(opened, lived_in.clinic, id, therapist.id)
            factories.make_appointment(opened, id, therapist.id, starts_at=NOW + timedelta(hours=n))
            author = Patient(id)
            grant = factories.make_grant(opened, author, therapist)
            out = factories.hand_over(opened, author, grant, factories.make_entry(opened, author))
            marks.put(opened, therapist, id, out.id, Marking.CARRY, at=NOW)
    desk = signed_in(app, therapist)
    with asking(app.extensions["journal.database"]) as asked:
        rows = desk.get("/api/today").json["patients"]
    assert len(rows) == 50
    assert sum(row["handed_over"] for row in rows) == 49
    assert len(asked) <= TODAY, asked
