"""Search over HTTP: what may be read now, nothing else, and a receipt for whatever is shown."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from journal import audit
from journal.db import Database
from journal.search import service
from tests import factories
from tests.acts import give, hand_over, in_time, signed_in, told, write
from tests.factories import NOW
from tests.worlds import MovableTime, World


def search(client: FlaskClient, text: str) -> list[dict[str, Any]]:
    answer = client.post("/api/search", json={"text": text})
    assert answer.status_code == 200, answer.json
    return list(answer.json["found"])


def test_words_are_found_where_they_were_handed_over(app: Flask, lived_in: World) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    out = hand_over(phone, grant, write(phone, "First.\nThe Flußtal,   très calme.\nLast."))
    hand_over(phone, grant, write(phone, "Something else."))
    write(phone, "A river flusstal nobody was given.")
    title = phone.get("/api/guides/refl/1").json["title"]
    assert search(desk, "TRES flusstal") == [
        {
            "patient": {"id": str(lived_in.patient.id), "name": "Maya"},
            "excerpt": out,
            "title": title,
            "line": "The Flußtal, très calme.",
            "written_at": "2026-03-10T11:00:00+00:00",
        }
    ]
    assert search(desk, "flusstal nowhere") == []
    assert search(desk, "!?") == []


def test_the_questions_of_a_page_are_found_and_its_titles_are_not(
    app: Flask, lived_in: World
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    out = hand_over(phone, grant, write(phone, "Nothing."))
    guide = phone.get("/api/guides/refl/1").json
    [hit] = [one for one in search(desk, guide["items"][0]["text"]) if one["excerpt"] == out]
    assert hit["line"] == guide["items"][0]["text"]


def test_it_is_the_newest_of_all_ones_patients_and_fifty_at_most(
    app: Flask, lived_in: World, database: Database, time: MovableTime
) -> None:
    phone, other = signed_in(app, lived_in.patient), signed_in(app, lived_in.other_patient)
    desk = signed_in(app, lived_in.therapist)
    with database.session(writing=True) as opened:
        grant = factories.make_grant(opened, lived_in.patient, lived_in.therapist)
        entry = factories.make_entry(opened, lived_in.patient, text="the canary sings")
        ids = [
            factories.hand_over(
                opened, lived_in.patient, grant, entry, at=NOW - timedelta(minutes=minutes)
            ).id
            for minutes in range(2, 57)
        ]
    theirs = other.get("/api/excerpts").json[0]["grant_id"]
    newest = hand_over(other, theirs, write(other, "a canary too"))
    found = search(desk, "canary")
    assert [one["excerpt"] for one in found] == [newest, *map(str, ids[:49])]
    assert found[0]["patient"] == {"id": str(lived_in.other_patient.id), "name": "Jonas"}
    # A receipt for each that was shown, and for no other.
    receipts = phone.get("/api/receipts").json
    assert [one["excerpt_id"] for one in receipts] == [str(id) for id in reversed(ids[:49])]
    assert {one["how"] for one in receipts} == {"search"}
    assert [one["how"] for one in other.get("/api/receipts").json] == ["search"]
    with database.session(writing=False) as opened:
        assert list(audit.verify(opened)) == []


def test_what_ends_is_not_found_a_moment_later(
    app: Flask, lived_in: World, database: Database, time: MovableTime
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist, release_in_morning=True)
    out, also = (hand_over(phone, grant, write(phone, f"canary {n}")) for n in range(2))

    def found() -> list[str]:
        return sorted(one["excerpt"] for one in search(desk, "canary"))

    assert found() == sorted([out, also])
    phone.delete(f"/api/excerpts/{also}")
    assert found() == [out]
    phone.post(f"/api/grants/{grant}/pause")
    assert found() == []
    pause = phone.get("/api/grants").json[0]["pause"]
    phone.post(f"/api/grants/{grant}/resume", json={"pause": pause})
    assert found() == [out]
    with database.session(writing=True) as opened:
        dose = factories.make_dose(opened, lived_in.clinic, lived_in.patient.id, started_at=NOW)
    held = hand_over(phone, grant, write(phone, "canary, held"))
    assert found() == [out]
    time.at = dose.clear_at
    desk = signed_in(app, lived_in.therapist, at=time.at)
    assert found() == sorted([out, held])
    phone.post(f"/api/grants/{grant}/withdraw")
    assert found() == []


def test_nobody_waits_while_it_looks_and_what_is_taken_away_meanwhile_is_not_answered(
    app: Flask, lived_in: World, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    stays, back = (
        hand_over(phone, grant, write(phone, f"a canary {n}")) for n in ("sings", "flies")
    )
    line_of = service.line_of
    looked: list[Any] = []

    def slowly(content: dict[str, Any], wanted: list[str]) -> str | None:
        if not looked:
            looked.append(1)
            assert in_time(lambda: looked.append(phone.delete(f"/api/excerpts/{back}")))
            assert looked[1].status_code == 204
        return line_of(content, wanted)

    monkeypatch.setattr(service, "line_of", slowly)
    assert [one["excerpt"] for one in search(desk, "canary")] == [stays]
    assert [one["excerpt_id"] for one in phone.get("/api/receipts").json] == [stays]
    with database.session(writing=False) as opened:
        assert list(audit.verify(opened)) == []


def test_two_therapists_never_find_each_others(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    hand_over(phone, give(phone, lived_in.therapist), write(phone, "canary for Ana"))
    bens = next(
        one["id"]
        for one in phone.get("/api/grants").json
        if one["therapist"]["id"] == str(lived_in.other_therapist.id)
    )
    theirs = hand_over(phone, bens, write(phone, "canary for Ben"))
    other = signed_in(app, lived_in.other_therapist)
    assert [one["excerpt"] for one in search(other, "canary")] == [theirs]
    assert search(signed_in(app, lived_in.foreign_therapist), "canary") == []


def test_finding_nothing_looks_the_same_whatever_there_is(
    app: Flask, lived_in: World, database: Database
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    before = told(desk.post("/api/search", json={"text": "canary"}))
    grant = give(phone, lived_in.therapist)
    secret = write(phone, "canary")
    phone.delete(f"/api/excerpts/{hand_over(phone, grant, secret)}")
    assert told(desk.post("/api/search", json={"text": "canary"})) == before
    assert dict(before[2])["Cache-Control"] == "no-store"
    assert phone.get("/api/receipts").json == []


@pytest.mark.parametrize("text", ["", "a", "a" * 201, None, 7, "a\0b"])
def test_too_little_or_too_much_to_look_for_is_refused(
    app: Flask, lived_in: World, text: object
) -> None:
    desk = signed_in(app, lived_in.therapist)
    answer = desk.post("/api/search", json={"text": text})
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json["errors"]] == ["/text"]


def test_what_was_looked_for_is_nowhere_kept(
    app: Flask, lived_in: World, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    hand_over(phone, give(phone, lived_in.therapist), write(phone, "Zimtsternquittung"))
    assert search(desk, "zimtsternq")
    logged = "\n".join(f"{one.getMessage()} {one.args}" for one in caplog.records).lower()
    assert "zimtstern" not in logged
