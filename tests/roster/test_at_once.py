"""Two admins at the same moment: who is removed meanwhile does nothing any more."""

import pytest
from sqlalchemy import func, select

from journal.accounts.models import Account
from journal.accounts.principals import Admin
from journal.accounts.proof_models import RecoveryLink
from journal.care.models import Appointment, Clinic
from journal.catalog.models import ContentEdition
from journal.reception.settings import FIELDS
from journal.roster import by_command, recovery, service
from journal.roster.models import Act
from tests.acts import signed_in
from tests.catalog.clinic import another_admin, put, texts
from tests.factories import NOW
from tests.reception.desk import dose, table, visit
from tests.roster.at_the_desk import about, link, unlink

ROW = "patient,therapist,date,time\nMaya,Dr Ana Reyes,2026-03-20,10:00\n"

WAITED = {
    "link": lambda desk, world: link(desk, world.other_patient, world.other_therapist),
    "unlink": lambda desk, world: unlink(desk, world.patient, world.therapist),
    "leave": lambda desk, world: about(desk, world.therapist, "leave"),
    "deactivate": lambda desk, world: about(desk, world.therapist, "deactivate"),
    "recovery": lambda desk, world: about(desk, world.patient, "recovery"),
    "a session": lambda desk, world: dose(desk, world.patient.id),
    "a visit": lambda desk, world: visit(desk, world.patient.id, world.therapist.id),
    "a text": lambda desk, _: put(desk, "texts", texts(desk) | {"after_dose": ["Rest."]}),
    "a setting": lambda desk, _: renamed(desk),
    "a table": lambda desk, _: table(desk, ROW, kind="appointments"),
}


def renamed(desk):
    found = desk.get("/api/clinic/settings")
    if found.status_code != 200:  # where one writes at a time, all of it may come afterwards
        return found
    named = {name: found.json[name] for name in FIELDS} | {"name": "Another house"}
    return desk.put("/api/clinic/settings", json=named, headers={"If-Match": '"1"'})


def acts(database, by):
    with database.session(writing=False) as session:
        return session.scalar(select(func.count()).where(Act.by_id == by))


def deactivated(database, id):
    with database.session(writing=True) as session:
        by_command.deactivate(session, id, at=NOW)


REMOVED = {
    "leaves": lambda session, sam, kim: service.leave(session, sam, kim.id, at=NOW),
    "is shut out": lambda session, sam, kim: service.deactivate(session, sam, kim.id, at=NOW),
    "by a command": lambda session, _, kim: by_command.deactivate(session, kim.id, at=NOW),
}


@pytest.mark.parametrize("how", REMOVED)
@pytest.mark.parametrize("what", WAITED)
def test_who_is_removed_meanwhile_does_nothing_any_more(
    app, database, lived_in, waiting, what, how
):
    """They had asked before, and waited for the one who removed them."""
    kim = another_admin(database, lived_in.clinic)
    desk = signed_in(app, kim)
    with database.session(writing=True) as removing:
        sam = Admin(lived_in.admin.id)
        service.clinic_of(removing, sam, lock=True)
        begun = waiting(lambda: WAITED[what](desk, lived_in))
        REMOVED[how](removing, sam, kim)
    answer = begun[0].result(20)
    assert answer.status_code in {401, 404}, answer.json
    assert acts(database, kim.id) == 0
    with database.session(writing=False) as session:
        assert session.get_one(Clinic, lived_in.clinic.id).name == lived_in.clinic.name
        for nothing in (RecoveryLink, Appointment, ContentEdition):
            assert session.scalar(select(func.count()).select_from(nothing)) == 0


@pytest.mark.parametrize("by", ["admin", "command"])
def test_half_of_a_way_in_that_was_being_made_ends_with_who_makes_it(
    app, database, lived_in, waiting, by
):
    """Whoever removes them waits for the link, and ends it."""
    kim = another_admin(database, lived_in.clinic)
    desk = signed_in(app, lived_in.admin)
    remove = {
        "admin": lambda: about(desk, kim.id, "deactivate"),
        "command": lambda: deactivated(database, kim.id),
    }
    with database.session(writing=True) as making:
        recovery.start(making, Admin(kim.id), lived_in.patient.id, at=NOW)
        begun = waiting(remove[by])
    begun[0].result(20)
    with database.session(writing=False) as session:
        assert session.get_one(Account, kim.id).disabled_at == NOW
        assert session.scalars(select(RecoveryLink.ended_at)).all() == [NOW]
