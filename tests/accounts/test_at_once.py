"""Two things at once about one account: one is before the other, and neither is a fault.

On PostgreSQL rows are waited for, and who takes them in another order waits for ever.
"""

from datetime import timedelta

import pytest
from sqlalchemy import select

from journal.accounts import codes, passkeys, recovering, recovery_codes, recovery_halves, sessions
from journal.accounts import service as accounts
from journal.accounts.models import Kind, LoginSession
from tests.accounts.proving import browser, use
from tests.authenticator import Authenticator
from tests.factories import NOW


def statuses(begun):
    return [one.result(20).status_code for one in begun]


def test_stopping_a_recovery_while_it_is_finished_is_too_late_and_no_fault(
    maya, database, time, waiting
):
    link = start_link(database, maya)
    body = {"email": maya.email, "recovery_code": maya.recovery_code, "link": link}
    token = browser(maya.app).post("/api/recovery", json=body).json["token"]
    time.at += recovering.WAIT
    maya.passkey()
    with database.session(writing=True) as finishing:
        passkeys.lock(finishing, maya.id)
        begun = waiting(lambda: maya.client.delete("/api/recovery"))
        recovering.close(finishing, token, at=time.at)
    assert statuses(begun) == [204]
    assert Kind.RECOVERY_DONE in maya.told()
    assert Kind.RECOVERY_CANCELLED not in maya.told()


def start_link(database, one):
    with database.session(writing=True) as session:
        return recovering.start_by_clinic(session, one.id, at=NOW)


def test_a_clinics_link_is_made_while_the_one_before_is_used(maya, database, waiting):
    brought = recovery_halves.Brought(maya.recovery_code, start_link(database, maya))
    with database.session(writing=True) as asking:
        passkeys.lock(asking, maya.id)
        begun = waiting(lambda: start_link(database, maya))
        recovering.start(asking, maya.id, brought, at=NOW)
    assert begun[0].result(20)


def test_a_passkey_that_is_removed_signs_nobody_in_at_the_same_moment(maya, database, waiting):
    there = browser(maya.app)
    with database.session(writing=True) as removing:
        passkeys.lock(removing, maya.id)
        begun = waiting(lambda: use(there, Authenticator.of(maya.id)))
        passkeys.remove_all(removing, maya.id)
    assert statuses(begun) == [401]
    assert there.get("/api/session").status_code == 401


def test_a_code_is_changed_while_somebody_signs_in_with_the_old_one(maya, database, time, waiting):
    offered = maya.client.post("/api/code", json={}).json["secret"]
    time.move(timedelta(minutes=1))
    old = maya.code(time.at)
    maya.secret = offered
    new = {"code": maya.code(time.at)}
    with database.session(writing=True) as entering:
        passkeys.lock(entering, maya.id)
        begun = waiting(lambda: maya.client.put("/api/code", json=new))
        assert codes.proves(entering, maya.id, old, at=time.at)
    assert statuses(begun) == [204]


def test_a_code_on_paper_is_made_while_the_one_before_is_used(maya, database, waiting):
    with database.session(writing=True) as entering:
        passkeys.lock(entering, maya.id)
        begun = waiting(lambda: maya.client.post("/api/recovery-code", json={}))
        assert recovery_codes.use(entering, maya.id, maya.recovery_code, at=NOW)
    assert statuses(begun) == [200]


@pytest.mark.parametrize("path", ["/api/code", "/api/recovery-code"])
def test_a_double_tap_makes_one_after_the_other(client_of, lived_in, database, waiting, path):
    """The first of its kind: there is no row yet that the second could wait for."""
    clients = [client_of("patient") for _ in range(2)]
    with database.session(writing=True) as before:
        passkeys.lock(before, lived_in.patient.id)
        begun = waiting(*(lambda c=c: c.post(path, json={}) for c in clients))
    assert statuses(begun) == [200, 200]


def test_who_signs_in_while_they_are_deactivated_is_out(maya, database, waiting):
    def deactivate():
        with database.session(writing=True) as leaving:
            accounts.disable(leaving, maya.id, at=NOW)

    with database.session(writing=True) as entering:
        passkeys.lock(entering, maya.id)
        begun = waiting(deactivate)
        known = entering.scalars(select(LoginSession.known_id)).first()
        sessions.start_session(entering, maya.id, at=NOW, known=known)
    begun[0].result(20)
    with database.session(writing=False) as session:
        ends = session.scalars(select(LoginSession.ended_at)).all()
    assert len(ends) == 2
    assert set(ends) == {NOW}
