"""A fresh proof is asked for exactly where it is listed, and never for taking anything back."""

from collections import Counter
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from journal import audit
from journal.accounts.principals import Role
from journal.sharing import gate
from journal.web.endpoint import SAFE, Public, endpoint
from tests.acts import give, hand_over, offer, read_page, signed_in, write
from tests.along.carried import BOTH, fragment, hand, media_of
from tests.factories import NOW, new_id
from tests.paper.test_files import pdf
from tests.sharing.test_renewing import renewal
from tests.test_access_table import ACCESS, ENDS_THE_SESSION

MINUTE = timedelta(minutes=1)
ASKED = {"title": "Please show that it is you", "status": 403, "step_up": True}

LISTED = {
    # consent that is given, made wider or longer
    "sharing.give",
    "sharing.renew",
    # what leaves as a file
    "paper.page_pdf",
    "roster.access_report",
    # what somebody signs in with
    "proofs.new_passkey",
    "proofs.add_passkey",
    "proofs.remove_passkey",
    "proofs.change_password",
    "proofs.offer_code",
    "proofs.confirm_code",
    "proofs.remove_code",
    "proofs.new_recovery_code",
    "roster.start_recovery",
    # who else comes in
    "invitations.invite",
}

TAKES_BACK = {
    "recovery.call_off",
    "phones.unlock",
    "brief.unmark",
    "care.remove_note",
    "suggestions.end",
    "roster.unlink",
    "roster.leave",
    "roster.deactivate",
    "reception.cancel_dosing_session",
    "reception.cancel_appointment",
    "invitations.take_back",
    "sharing.withdraw",
    "sharing.withdraw_everything",
    "sharing.narrow",
    "sharing.take_back",
    "sharing.cut",
    "consent.pause",
    "consent.pause_everything",
    "brief.take_release_back",
    "handover.delete_entry",
    "phones.lock",
    "sessions.sign_out",
    "sessions.sign_out_one",
    "sessions.sign_out_others",
    "sessions.sign_out_everywhere",
}

NEED_NOT = {
    # the way in: nobody is there yet, or this is the proof itself
    "accounts.sign_in",
    "entering.ask",
    "entering.sign_in",
    "entering.prove",
    "invitations.look",
    "invitations.passkey",
    "invitations.accept",
    "recovery.ask",
    "recovery.new_passkey",
    "recovery.finish",
    "phones.open_phone",
    # what one writes, keeps and is told oneself
    "entries.save",
    "entries.sync",
    "media.announce",
    "media.piece",
    "media.complete",
    "phones.keep_drop_key",
    "invitations.call_me",
    "sessions.stay",
    "sessions.keep",
    "sessions.see",
    "suggestions.set_aside",
    "consent.set_aside",
    "roster.put_away",
    # within a consent that was given with a fresh proof, and no wider than it
    "handover.hand_over",
    "sharing.release",
    "brief.release",
    "consent.resume",
    # a therapist's own work: what gives words asks at the first look at a patient
    "brief.mark",
    "brief.read_all",
    "search.search",
    "care.keep_note",
    "consent.ask",
    "suggestions.suggest",
    # the clinic's desk: it opens nobody's words
    "catalog.save_guide",
    "catalog.save_skill",
    "catalog.save_texts",
    "catalog.look_over",
    "roster.link",
    "roster.audit",
    "reception.save_settings",
    "reception.put_dosing_session",
    "reception.put_appointment",
    "reception.take_table",
    "reception.take_calendar",
    # a browser's report about a page
    "reports.report",
}


def asks(answer):
    """Whether the answer is that somebody has to show that it is them."""
    told = answer.get_json(silent=True)
    return isinstance(told, dict) and {name: told.get(name) for name in ASKED} == ASKED


def signed_in_before(app, person):
    """A browser whose last proof is five minutes old to the second."""
    client = signed_in(app, person, at=NOW - 5 * MINUTE)
    client.stays = False
    return client


def test_the_routes_that_ask_are_those_that_are_listed(app):
    assert {name for name, view in app.view_functions.items() if view.fresh} == LISTED


def test_of_every_route_that_changes_something_it_is_decided_whether_it_asks(app):
    """A new one has to be put into one of the three lists."""
    changing = {rule.endpoint for rule in app.url_map.iter_rules() if rule.methods - SAFE}
    assert Counter(changing) == Counter([*LISTED, *TAKES_BACK, *NEED_NOT])


def test_nothing_that_takes_back_asks(app):
    assert set(app.view_functions) >= TAKES_BACK
    assert not any(app.view_functions[name].fresh for name in TAKES_BACK)
    # A deletion is never asked about, but for the ways in, of which somebody may be robbed.
    deleting = {name for name, row in ACCESS.items() if row.call.startswith("DELETE ")}
    may_ask = {"proofs.remove_passkey", "proofs.remove_code"}
    assert not any(app.view_functions[name].fresh for name in deleting - may_ask)


@pytest.mark.parametrize("who", ["patient", "therapist", "admin"])
def test_over_http_each_route_asks_as_it_declares(app, lived_in, who):
    person, found = getattr(lived_in, who), {}
    client = signed_in_before(app, person)
    for name, row in ACCESS.items():
        if who in row.may:
            method, path = row.call.split(" ")
            with client.open(path, method=method, json=row.send) as answer:
                found[name] = asks(answer)
        if name in ENDS_THE_SESSION:
            client = signed_in_before(app, person)
    assert found == {name: app.view_functions[name].fresh for name in found}


def test_a_proof_is_fresh_for_five_minutes_to_the_second(app, lived_in, time):
    phone = signed_in(app, lived_in.patient)
    phone.stays = False
    time.at = NOW + 5 * MINUTE
    assert asks(phone.post("/api/grants", json=offer(lived_in.therapist)))
    time.at -= timedelta(microseconds=1)
    give(phone, lived_in.therapist)


@pytest.mark.parametrize("back", [5 * MINUTE, timedelta(days=1)])
def test_a_clock_that_is_set_back_makes_no_proof_last_longer(app, lived_in, time, back):
    """A kept phone: its session outlives the jump."""
    phone = signed_in(app, lived_in.patient)
    phone.stays = False
    assert phone.put("/api/session/kept", json={"kept": True}).status_code == 200
    time.at = NOW - back
    assert asks(phone.post("/api/grants", json=offer(lived_in.therapist)))
    time.at += timedelta(microseconds=1)
    assert asks(phone.post("/api/grants", json=offer(lived_in.therapist))) is (back > 5 * MINUTE)


def test_what_is_not_there_asks_no_other_than_what_is(app, lived_in):
    phone = signed_in_before(app, lived_in.patient)
    desk = signed_in_before(app, lived_in.therapist)
    grant = give(signed_in(app, lived_in.patient), lived_in.therapist)
    for id in (grant, new_id()):
        assert asks(phone.post(f"/api/grants/{id}/renew", json=renewal(lived_in)))
    for whose in (lived_in.patient, lived_in.foreign_patient, new_id()):
        assert asks(desk.post(pdf(whose)))


@pytest.fixture
def out(app, lived_in):
    """Something to read and something to look at, by a patient whom nobody has read yet."""
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist, categories=BOTH)
    hand_over(phone, grant, write(phone, "The river again."))
    carried = hand(phone, grant, fragment(phone))
    return media_of(carried.json["excerpts"])["recording"]["id"]


WAYS = ["page", "media", "search"]


def view(client: FlaskClient, world, out, way):
    if way == "page":
        return read_page(client, world.patient)
    if way == "media":
        return client.get(f"/api/patients/{world.patient.id}/media/{out}")
    return client.post("/api/search", json={"text": "river"})


@pytest.mark.parametrize("way", WAYS)
def test_the_first_view_of_a_patient_asks_and_leaves_no_receipt(app, lived_in, database, out, way):
    desk = signed_in_before(app, lived_in.therapist)
    with database.session(writing=False) as session:
        before = len(audit.readings_of(session, lived_in.patient.id))
    assert asks(view(desk, lived_in, out, way))
    with database.session(writing=False) as session:
        assert len(audit.readings_of(session, lived_in.patient.id)) == before
    fresh = view(signed_in(app, lived_in.therapist), lived_in, out, way)
    assert fresh.status_code == 200
    fresh.close()
    # Once read, they are no longer new to this therapist.
    assert view(desk, lived_in, out, way).status_code == 200


def test_another_therapists_reading_does_not_stand_for_ones_own(app, lived_in, database, out):
    with database.session(writing=True) as session:
        other = lived_in.other_therapist
        assert gate.read(session, other, lived_in.patient.id, at=NOW)
    assert asks(read_page(signed_in_before(app, lived_in.therapist), lived_in.patient))


def test_where_nothing_is_readable_there_is_nothing_to_prove(app, lived_in):
    desk = signed_in_before(app, lived_in.therapist)
    page = read_page(desk, lived_in.patient)
    assert (page.status_code, page.json["excerpts"]) == (200, [])
    assert read_page(desk, lived_in.foreign_patient).status_code == 404
    assert desk.get("/api/today").status_code == 200


def test_only_where_somebody_is_signed_in_can_they_show_that_it_is_them():
    for wrong in ({"database": False}, {}):
        roles = (Public.ANYONE,) if not wrong else (Role.PATIENT,)
        with pytest.raises(TypeError):
            endpoint(*roles, fresh=True, **wrong)
