"""Who may call what: one reviewed table, checked against the routes and driven over HTTP."""

import json
from dataclasses import dataclass, replace
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from journal.app import _require_audiences
from journal.db import Base
from journal.web.endpoint import endpoint

ABSENT = UUID(int=0)
EXCERPT = f"/api/patients/{ABSENT}/excerpts/{ABSENT}"
GIVEN = f"/api/clinic/dosing-sessions/{ABSENT}"
PLANNED = f"/api/clinic/appointments/{ABSENT}"
ORDER = {"agenda": None, "bring": [], "first": 0}
JOIN = {"token": "x", "zone": "UTC", "password": "long enough to be one"}
EVERYONE = ("patient", "therapist", "admin")


@dataclass(frozen=True)
class Row:
    """One endpoint: a plain call of it, who may make it, and what they then get."""

    call: str
    may: tuple[str, ...]
    get: int
    """The status for those who may; everybody else gets 401 or 403."""
    send: Any = None


ANYONE, PATIENT, THERAPIST = ("anyone",), ("patient",), ("therapist",)
ADMIN = ("admin",)

ACCESS = {
    # for anybody, signed in or not
    "healthz": Row("GET /healthz", ANYONE, 200),
    "openapi.document": Row("GET /api/openapi.json", ANYONE, 200),
    "pages.page": Row("GET /assets/absent.js", ANYONE, 404),
    "pages.desk": Row("GET /desk", ANYONE, 200),
    "catalog.library": Row("GET /api/library", ANYONE, 200),
    "catalog.guide": Row("GET /api/guides/refl/1", ANYONE, 200),
    "content.agreement": Row(f"GET /api/agreements/{ABSENT}/1", ANYONE, 404),
    "care.help_page": Row("GET /api/help", ANYONE, 200),
    "reports.report": Row("POST /api/csp", ANYONE, 415, {}),
    "accounts.sign_in": Row("POST /api/session", ANYONE, 422, {}),
    "invitations.look": Row("POST /api/invitations/look", ANYONE, 404, {"token": "x"}),
    "invitations.passkey": Row("POST /api/invitations/passkey", ANYONE, 404, {"token": "x"}),
    "invitations.accept": Row("POST /api/invitations/accept", ANYONE, 404, JOIN),
    "entering.door": Row("GET /api/door", ANYONE, 200),
    "entering.ask": Row("POST /api/passkeys/ask", ANYONE, 200, {}),
    "entering.sign_in": Row("POST /api/session/passkey", ANYONE, 422, {}),
    "recovery.ask": Row("POST /api/recovery", ANYONE, 422, {}),
    "recovery.new_passkey": Row("POST /api/recovery/passkey", ANYONE, 401, {"token": "x"}),
    "recovery.finish": Row("POST /api/recovery/finish", ANYONE, 401, {"token": "x"}),
    # what one signs in with
    "entering.prove": Row("POST /api/session/proof", EVERYONE, 422, {}),
    "proofs.proofs": Row("GET /api/proofs", EVERYONE, 200),
    "proofs.new_passkey": Row("POST /api/passkeys/new", EVERYONE, 200, {}),
    "proofs.add_passkey": Row("POST /api/passkeys", EVERYONE, 422, {}),
    "proofs.remove_passkey": Row(f"DELETE /api/passkeys/{ABSENT}", EVERYONE, 404),
    "proofs.change_password": Row("PUT /api/password", EVERYONE, 422, {}),
    "proofs.offer_code": Row("POST /api/code", EVERYONE, 200, {}),
    "proofs.confirm_code": Row("PUT /api/code", EVERYONE, 422, {}),
    "proofs.remove_code": Row("DELETE /api/code", EVERYONE, 204),
    "proofs.new_recovery_code": Row("POST /api/recovery-code", EVERYONE, 200, {}),
    "recovery.pending": Row("GET /api/recovery", EVERYONE, 200),
    "recovery.call_off": Row("DELETE /api/recovery", EVERYONE, 204),
    # one's own session
    "sessions.me": Row("GET /api/session", EVERYONE, 200),
    "sessions.stay": Row("POST /api/session/stay", EVERYONE, 200),
    "sessions.keep": Row("PUT /api/session/kept", PATIENT, 422, {}),
    "sessions.signed_in": Row("GET /api/sessions", EVERYONE, 200),
    "sessions.sign_out_one": Row(f"DELETE /api/sessions/{ABSENT}", EVERYONE, 404),
    "sessions.sign_out_others": Row("DELETE /api/sessions/others", EVERYONE, 204),
    "sessions.told": Row("GET /api/notices", EVERYONE, 200),
    "sessions.see": Row(f"PUT /api/notices/{ABSENT}/seen", EVERYONE, 404),
    "sessions.sign_out": Row("DELETE /api/session", EVERYONE, 204),
    "sessions.sign_out_everywhere": Row("DELETE /api/sessions", EVERYONE, 204),
    # the patient's own things: nobody else has a way in
    "invitations.call_me": Row("PUT /api/me", PATIENT, 422, {}),
    "care.care": Row("GET /api/care", PATIENT, 200),
    "suggestions.assigned": Row("GET /api/assigned", PATIENT, 200),
    "suggestions.set_aside": Row(f"POST /api/suggestions/{ABSENT}/set-aside", PATIENT, 404),
    "entries.save": Row(f"PUT /api/entries/{ABSENT}", PATIENT, 422, {}),
    "entries.entry": Row(f"GET /api/entries/{ABSENT}", PATIENT, 404),
    "entries.revisions": Row(f"GET /api/entries/{ABSENT}/revisions", PATIENT, 404),
    "entries.changes": Row("GET /api/changes", PATIENT, 200),
    "entries.sync": Row("POST /api/sync", PATIENT, 422, {}),
    "handover.delete_entry": Row(f"DELETE /api/entries/{ABSENT}", PATIENT, 404),
    "handover.hand_over": Row("POST /api/handovers", PATIENT, 422, {}),
    "consent.grants": Row("GET /api/grants", PATIENT, 200),
    "sharing.give": Row("POST /api/grants", PATIENT, 422, {}),
    "consent.receipt": Row(f"GET /api/grants/{ABSENT}/receipt", PATIENT, 404),
    "consent.pause": Row(f"POST /api/grants/{ABSENT}/pause", PATIENT, 404),
    "consent.resume": Row(f"POST /api/grants/{ABSENT}/resume", PATIENT, 404, {"pause": 1}),
    "consent.pause_everything": Row("POST /api/pause-everything", PATIENT, 204),
    "consent.asks": Row("GET /api/asks", PATIENT, 200),
    "consent.set_aside": Row(f"POST /api/asks/{ABSENT}/set-aside", PATIENT, 404),
    "paper.receipt_pdf": Row(f"GET /api/grants/{ABSENT}/receipt.pdf", PATIENT, 404),
    "sharing.renew": Row(f"POST /api/grants/{ABSENT}/renew", PATIENT, 422, {}),
    "sharing.withdraw": Row(f"POST /api/grants/{ABSENT}/withdraw", PATIENT, 404),
    "sharing.narrow": Row(f"POST /api/grants/{ABSENT}/narrow", PATIENT, 404, {"categories": []}),
    "sharing.withdraw_everything": Row("POST /api/withdraw-everything", PATIENT, 204),
    "sharing.excerpts": Row("GET /api/excerpts", PATIENT, 200),
    "sharing.release": Row(f"POST /api/excerpts/{ABSENT}/release", PATIENT, 404),
    "sharing.cut": Row(f"POST /api/excerpts/{ABSENT}/cut", PATIENT, 422, {}),
    "sharing.take_back": Row(f"DELETE /api/excerpts/{ABSENT}", PATIENT, 404),
    "brief.what_they_can_see": Row(f"GET /api/therapists/{ABSENT}/page", PATIENT, 404),
    "brief.release": Row(f"PUT /api/therapists/{ABSENT}/brief", PATIENT, 404, ORDER),
    "brief.take_release_back": Row(f"DELETE /api/therapists/{ABSENT}/brief", PATIENT, 404),
    "sharing.receipts": Row("GET /api/receipts", PATIENT, 200),
    # recordings and photos, and what the phone leaves here to stay shut
    "media.announce": Row(f"PUT /api/media/{ABSENT}", PATIENT, 422, {}),
    "media.medium": Row(f"GET /api/media/{ABSENT}", PATIENT, 404),
    "media.piece": Row(f"PUT /api/media/{ABSENT}/pieces/0", PATIENT, 404),
    "media.complete": Row(f"POST /api/media/{ABSENT}/complete", PATIENT, 404),
    "media.content": Row(f"GET /api/media/{ABSENT}/content", PATIENT, 404),
    "along.therapists_media": Row(f"GET /api/patients/{ABSENT}/media/{ABSENT}", THERAPIST, 404),
    "along.media_they_can_see": Row(f"GET /api/therapists/{ABSENT}/media/{ABSENT}", PATIENT, 404),
    "phones.keep_drop_key": Row("PUT /api/drop-key", PATIENT, 422, {}),
    "phones.drop_key": Row("GET /api/drop-key", PATIENT, 404),
    "phones.lock": Row(f"PUT /api/phones/{ABSENT}", PATIENT, 422, {}),
    "phones.open_phone": Row(f"POST /api/phones/{ABSENT}/open", ANYONE, 422, {}),
    "phones.phone_key": Row(f"GET /api/phones/{ABSENT}/key", PATIENT, 404),
    "phones.unlock": Row(f"DELETE /api/phones/{ABSENT}", PATIENT, 204),
    # the therapist's side
    "brief.today": Row("GET /api/today", THERAPIST, 200),
    "brief.therapists_page": Row(f"GET /api/patients/{ABSENT}/page", THERAPIST, 404),
    "brief.mark": Row(f"PUT {EXCERPT}/marks/read", THERAPIST, 404),
    "brief.unmark": Row(f"DELETE {EXCERPT}/marks/read", THERAPIST, 404),
    "brief.read_all": Row(f"POST /api/patients/{ABSENT}/read", THERAPIST, 404),
    "consent.asked": Row(f"GET /api/patients/{ABSENT}/ask", THERAPIST, 404),
    "consent.ask": Row(f"POST /api/patients/{ABSENT}/ask", THERAPIST, 404),
    "sharing.pulse": Row(f"GET /api/patients/{ABSENT}/new", THERAPIST, 404),
    "care.own_notes": Row(f"GET /api/patients/{ABSENT}/notes", THERAPIST, 404),
    "care.keep_note": Row(f"PUT /api/patients/{ABSENT}/notes/{ABSENT}", THERAPIST, 422, {}),
    "care.remove_note": Row(f"DELETE /api/patients/{ABSENT}/notes/{ABSENT}", THERAPIST, 404),
    "suggestions.suggestions": Row(f"GET /api/patients/{ABSENT}/suggestions", THERAPIST, 404),
    "suggestions.suggest": Row(f"POST /api/patients/{ABSENT}/suggestions", THERAPIST, 422, {}),
    "suggestions.end": Row(f"DELETE /api/patients/{ABSENT}/suggestions/{ABSENT}", THERAPIST, 404),
    "search.search": Row("POST /api/search", THERAPIST, 422, {}),
    "events.events": Row("GET /api/events", THERAPIST, 200),
    "paper.page_pdf": Row(f"POST /api/patients/{ABSENT}/pdf", THERAPIST, 404),
    # the clinic's own words: no person's are among them
    "catalog.content": Row("GET /api/clinic/content", ADMIN, 200),
    "catalog.save_guide": Row("PUT /api/clinic/guides/refl", ADMIN, 422, {}),
    "catalog.save_skill": Row("PUT /api/clinic/skills/gr-room", ADMIN, 422, {}),
    "catalog.save_texts": Row("PUT /api/clinic/texts/clinic", ADMIN, 422, {}),
    "catalog.look_over": Row("POST /api/clinic/check", ADMIN, 422, {}),
    # the clinic's people: what was done about them, and never a word of theirs
    "roster.people": Row("GET /api/clinic/people", ADMIN, 200),
    "roster.link": Row("POST /api/clinic/links", ADMIN, 422, {}),
    "roster.unlink": Row(f"DELETE /api/clinic/links/{ABSENT}/{ABSENT}", ADMIN, 404),
    "roster.leave": Row(f"POST /api/clinic/people/{ABSENT}/leave", ADMIN, 404),
    "roster.deactivate": Row(f"POST /api/clinic/people/{ABSENT}/deactivate", ADMIN, 404),
    "roster.start_recovery": Row(f"POST /api/clinic/people/{ABSENT}/recovery", ADMIN, 404),
    "roster.access_report": Row(f"POST /api/clinic/people/{ABSENT}/access", ADMIN, 422, {}),
    "roster.audit": Row("POST /api/clinic/audit", ADMIN, 200),
    "roster.how_it_is": Row("GET /api/clinic/health", ADMIN, 200),
    "roster.own_acts": Row("GET /api/acts", EVERYONE, 200),
    "roster.put_away": Row(f"PUT /api/acts/{ABSENT}/seen", EVERYONE, 404),
    # the clinic's desk: times and names, and no words
    "reception.clinic_settings": Row("GET /api/clinic/settings", ADMIN, 200),
    "reception.save_settings": Row("PUT /api/clinic/settings", ADMIN, 422, {}),
    "reception.clinic_schedule": Row("GET /api/clinic/schedule", ADMIN, 200),
    "reception.put_dosing_session": Row(f"PUT {GIVEN}", ADMIN, 422, {}),
    "reception.cancel_dosing_session": Row(f"DELETE {GIVEN}", ADMIN, 428),
    "reception.put_appointment": Row(f"PUT {PLANNED}", ADMIN, 422, {}),
    "reception.cancel_appointment": Row(f"DELETE {PLANNED}", ADMIN, 428),
    "reception.take_table": Row("POST /api/clinic/schedule/csv", ADMIN, 422, {}),
    "reception.take_calendar": Row("POST /api/clinic/schedule/calendar", ADMIN, 422, {}),
    # who comes to the clinic
    "invitations.invitations": Row("GET /api/invitations", ADMIN, 200),
    "invitations.invite": Row("POST /api/invitations", ADMIN, 422, {}),
    "invitations.take_back": Row(f"DELETE /api/invitations/{ABSENT}", ADMIN, 404),
}


@pytest.fixture
def settings(settings, tmp_path):
    """The table holds with or without a build of the pages."""
    (tmp_path / "desk.html").write_text("<!doctype html>")
    return replace(settings, static_folder=tmp_path)


ENDS_THE_SESSION = {"sessions.sign_out", "sessions.sign_out_everywhere"}


def expected(row: Row, who: str) -> int:
    if "anyone" in row.may or who in row.may:
        return row.get
    return 401 if who == "anyone" else 403


def test_the_access_table_is_the_reviewed_one(app):
    declared = {name: set(view.audience) for name, view in app.view_functions.items()}
    assert declared == {name: set(row.may) for name, row in ACCESS.items()}


def test_every_row_calls_its_own_endpoint(app):
    called = {}
    for name, row in ACCESS.items():
        method, path = row.call.split(" ")
        called[name] = app.url_map.bind("localhost").match(path, method)[0]
    assert called == {name: name for name in ACCESS}


@pytest.mark.parametrize("who", ["anyone", *EVERYONE])
def test_over_http_each_gets_what_the_table_says(client_of, who):
    client, answers = client_of(who), {}
    for name, row in ACCESS.items():
        method, path = row.call.split(" ")
        with client.open(path, method=method, json=row.send) as answer:
            answers[name] = answer.status_code
        if name in ENDS_THE_SESSION:
            client = client_of(who)
    assert answers == {name: expected(row, who) for name, row in ACCESS.items()}


@pytest.mark.parametrize("who", ["anyone", *EVERYONE])
def test_asking_changes_nothing(client_of, database, who):
    """What is read of somebody leaves its receipt; here nothing is, of nobody."""
    client = client_of(who)
    before = everything(database)
    asked = [row.call.split(" ")[1] for row in ACCESS.values() if row.call.startswith("GET ")]
    for path, method in product(asked, ("GET", "HEAD", "OPTIONS")):
        client.open(path, method=method).close()
    assert everything(database) == before


ELSEWHERE = {
    "no origin": {"Origin": ""},
    "another origin": {"Origin": "https://evil.example"},
    "another site's page": {"Sec-Fetch-Site": "cross-site"},
    "a form": {"Content-Type": "text/plain"},
}


@pytest.mark.parametrize("wrong", ELSEWHERE)
def test_no_route_takes_a_write_from_elsewhere(client_of, database, wrong):
    """Each by somebody who may, with what it would take."""
    clients = {who: client_of(who) for who in ("anyone", *EVERYONE)}
    before, taken = everything(database), {}
    for name, row in ACCESS.items():
        method, path = row.call.split(" ")
        if method == "GET" or name == "reports.report":  # that one the browser itself sends
            continue
        sent = {"headers": dict(ELSEWHERE[wrong]), "data": json.dumps(row.send or {})}
        sent["content_type"] = sent["headers"].pop("Content-Type", "application/json")
        answer = clients[row.may[0]].open(path, method=method, **sent)
        if answer.status_code != (415 if wrong == "a form" and path.startswith("/api/") else 403):
            taken[name] = answer.status_code
    assert taken == {}
    assert everything(database) == before


def everything(database):
    with database.session(writing=False) as session:
        connection = session.connection()
        tables = Base.metadata.sorted_tables
        return {table.name: sorted(map(str, connection.execute(select(table)))) for table in tables}


def test_the_wrong_role_hears_the_same_of_every_row_there_is_or_is_not(client_of, lived_in):
    """A refusal for the role comes before any look at the database."""
    client = client_of("admin")
    answers = {
        client.get(f"/api/patients/{id}/page").get_data()
        for id in (lived_in.patient.id, lived_in.foreign_patient.id, ABSENT)
    }
    assert len(answers) == 1


def test_a_route_without_an_audience_stops_the_start(app):
    app.view_functions["forgotten"] = lambda: "words"
    with pytest.raises(RuntimeError, match="forgotten"):
        _require_audiences(app)


def test_an_audience_has_to_be_said_aloud():
    with pytest.raises(TypeError):
        endpoint()
