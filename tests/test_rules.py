"""The rules that must always hold, one test by name for each, as far as the server shows them.

What only a browser can show (drafts below the sign-in, Help without a network, no request to
another origin) is tested in the browser.
"""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from journal import audit
from journal.consent import ledger
from journal.db import Database
from tests import factories
from tests.acts import (
    give,
    hand_over,
    handing,
    offer,
    read_page,
    said,
    save,
    signed_in,
    told,
    words,
    write,
)
from tests.factories import NOW, new_id
from tests.test_no_words import dump
from tests.worlds import MovableTime, World

READERS = ("therapist", "other_therapist", "foreign_therapist", "admin")


def test_rule_1_nothing_is_readable_by_anyone_but_its_author_until_it_is_handed_over(
    app: Flask, lived_in: World
) -> None:
    phone = signed_in(app, lived_in.patient)
    give(phone, lived_in.therapist)
    written = write(phone, "a canary nobody was given")
    every = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    paths = [str(rule) for rule in every if str(rule).startswith("/api/")]
    ids = (written.id, written.revision, lived_in.patient.id, lived_in.therapist.id)
    for who in READERS:
        reader = signed_in(app, getattr(lived_in, who))
        for path in paths:
            for id in ids:
                filled = "/".join(str(id) if "<uuid" in step else step for step in path.split("/"))
                answer = reader.get(filled)
                assert b"canary" not in answer.data, (who, filled)
                assert written.id.encode() not in answer.data, (who, filled)


def test_rule_2_the_therapists_side_has_no_door_to_the_journal(app: Flask, lived_in: World) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    written = write(phone, "handed over")
    hand_over(phone, grant, written)
    # The copy goes on without the journal: the entry's later life does not reach it.
    save(phone, written.id, words("changed since"), parent=written.revision)
    assert said(read_page(desk, lived_in.patient)) == ["handed over"]
    journal = [str(rule) for rule in app.url_map.iter_rules() if "entries" in str(rule)]
    assert journal
    for method, path in (
        ("GET", f"/api/entries/{written.id}"),
        ("GET", f"/api/entries/{written.id}/revisions"),
        ("PUT", f"/api/entries/{written.id}"),
        ("DELETE", f"/api/entries/{written.id}"),
        ("GET", "/api/changes"),
        ("POST", "/api/sync"),
    ):
        assert desk.open(path, method=method, json={}).status_code == 403


def test_rule_3_readable_is_decided_at_one_time_by_the_select_that_fetches_the_words(
    app: Flask, lived_in: World, time: MovableTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    hand_over(phone, grant, write(phone, "the river"))
    desk.stays = False  # it would ask the clock itself
    fetched: list[str] = []
    asked: list[int] = []

    def notice(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "excerpt.body" in statement:
            fetched.append(statement)

    event.listen(app.extensions["journal.database"].engine, "before_cursor_execute", notice)
    monkeypatch.setitem(app.extensions, "journal.clock", lambda: asked.append(1) or time())
    for turn in (1, 2):  # nothing is cached
        assert said(read_page(desk, lived_in.patient)) == ["the river"]
        assert len(fetched) == turn
        assert len(asked) == turn  # the clock is asked once for each request
    for column in ("given_at", "ends_at", "ended_at", "release_at", "taken_back_at", "disabled_at"):
        assert column in fetched[0].partition("WHERE")[2]


def test_rule_4_withdrawing_is_instant_total_and_as_easy_as_giving(
    app: Flask, lived_in: World
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    out = hand_over(phone, grant, write(phone, "the river"))
    assert said(read_page(desk, lived_in.patient)) == ["the river"]
    assert phone.post(f"/api/grants/{grant}/withdraw").status_code == 200  # no reason, no body
    mirrored = phone.get(f"/api/therapists/{lived_in.therapist.id}/page")
    for answer in (
        read_page(desk, lived_in.patient),
        desk.get("/api/today"),
        desk.get(f"/api/patients/{lived_in.patient.id}/new"),
        mirrored,
        phone.get("/api/excerpts"),
    ):
        assert b"the river" not in answer.data
        assert out.encode() not in answer.data


def test_rule_5_widening_waits_for_a_clear_head_and_narrowing_does_not(
    app: Flask, lived_in: World, database: Database, time: MovableTime
) -> None:
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist)
    written = write(phone)
    with database.session(writing=True) as opened:
        dose = factories.make_dose(opened, lived_in.clinic, lived_in.patient.id, started_at=NOW)
    held = phone.post("/api/handovers", json=handing(grant, written)).json["excerpts"][0]
    assert held["state"] == "waiting"
    assert phone.post(f"/api/excerpts/{held['id']}/release").status_code == 409
    assert phone.post(f"/api/grants/{grant}/withdraw").status_code == 200
    assert phone.post("/api/grants", json=offer(lived_in.therapist)).status_code == 409
    time.at = dose.clear_at
    assert phone.post("/api/grants", json=offer(lived_in.therapist)).status_code == 201


def test_rule_6_every_read_is_recorded_and_the_record_holds(
    app: Flask, lived_in: World, database: Database
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    out = {hand_over(phone, grant, write(phone)) for _ in range(3)}
    for _ in range(2):
        read_page(desk, lived_in.patient)
    receipts = phone.get("/api/receipts").json
    assert len(receipts) == 6
    assert {one["excerpt_id"] for one in receipts} == out
    with database.session(writing=False) as opened:
        assert [*audit.verify(opened), *ledger.verify(opened)] == []


def test_rule_7_not_there_and_not_yours_are_the_same_answer(app: Flask, lived_in: World) -> None:
    phone, other = signed_in(app, lived_in.patient), signed_in(app, lived_in.other_patient)
    desk = signed_in(app, lived_in.foreign_therapist)
    written = write(phone)
    deleted = write(other)
    other.delete(f"/api/entries/{deleted.id}")
    for path in ("/api/entries/{}", "/api/entries/{}/revisions"):
        absent = told(other.get(path.format(new_id())))
        assert absent[0] == 404
        assert told(other.get(path.format(written.id))) == absent
        assert told(other.get(path.format(deleted.id))) == absent
    page = "/api/patients/{}/page"
    assert told(desk.get(page.format(lived_in.patient.id))) == told(desk.get(page.format(new_id())))


def test_rule_8_saved_is_answered_only_for_what_is_kept(
    app: Flask, lived_in: World, database: Database
) -> None:
    """Drafts are the phone's; the server's part is that an acknowledgement is true and lasting."""
    phone, id, body = signed_in(app, lived_in.patient), str(new_id()), words()
    assert save(phone, id, body).status_code == 201
    app.extensions["journal.database"].dispose()
    assert save(phone, id, body).status_code == 200
    assert phone.get(f"/api/entries/{id}").json["revision"] == body["revision"]
    if database.engine.dialect.name == "sqlite":
        with database.session(writing=False) as opened:
            connection = opened.connection()
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_rule_9_two_devices_never_lose_or_litter(app: Flask, lived_in: World) -> None:
    phone, laptop = signed_in(app, lived_in.patient), signed_in(app, lived_in.patient)
    first = write(phone, "first")
    save(phone, first.id, words("phone"), parent=first.revision)
    assert save(laptop, first.id, words("laptop"), parent=first.revision).status_code == 409
    items = phone.get("/api/changes").json["items"]
    assert [item["id"] for item in items].count(first.id) == 1
    assert len(items) == 2  # one entry, and a bystander's
    kept = phone.get(f"/api/entries/{first.id}/revisions").json
    assert {one["answers"]["refl-01"]["text"] for one in kept} == {"first", "phone", "laptop"}


def test_rule_10_words_at_rest_are_sealed(app: Flask, lived_in: World, database: Database) -> None:
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist)
    hand_over(phone, grant, write(phone, "Zimtsternquittung"))
    assert b"Zimtsternquittung" not in dump(database)


def test_rule_11_help_needs_no_sign_in(app: Flask, lived_in: World) -> None:
    answer = app.test_client().get("/api/help")
    assert answer.status_code == 200
    assert answer.json["not_monitored"]["short"]
    assert all(region["emergency"] for region in answer.json["regions"])


def test_rule_12_every_answer_forbids_the_browser_to_leave(app: Flask, lived_in: World) -> None:
    for path in ("/api/help", "/api/session", f"/api/entries/{new_id()}", "/healthz"):
        policy = app.test_client().get(path).headers["Content-Security-Policy"]
        sources = {
            word
            for directive in policy.split(";")
            for word in directive.split()[1:]
            if not directive.strip().startswith(("require-trusted", "trusted-types", "report-"))
        }
        assert sources <= {"'none'", "'self'", "blob:"}
        assert "default-src 'none'" in policy
        assert "report-uri /api/csp" in policy  # to ourselves


def test_a_clock_that_jumps_back_revives_nothing(
    app: Flask, lived_in: World, time: MovableTime
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    out = hand_over(phone, grant, write(phone))
    phone.delete(f"/api/excerpts/{out}")
    kept = hand_over(phone, grant, write(phone))
    assert [one["id"] for one in read_page(desk, lived_in.patient).json["excerpts"]] == [kept]
    phone.post(f"/api/grants/{grant}/withdraw")
    time.move(-timedelta(minutes=30))
    desk = signed_in(app, lived_in.therapist, at=time.at)
    assert said(read_page(desk, lived_in.patient)) == []
