"""Renewing: a consent of its own that takes the place of the old one, never silently."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from journal.consent import ledger
from journal.db import Database
from journal.vault import keys
from tests import factories
from tests.acts import give, hand_over, offer, read_page, said, signed_in, told, write
from tests.factories import NOW, new_id
from tests.worlds import MovableTime, World


def renewal(world: World, **changes: Any) -> dict[str, Any]:
    sent = offer(world.therapist, **{"pause": None} | changes)
    del sent["therapist_id"]
    return sent


def states(phone: FlaskClient) -> dict[str, str]:
    return {one["id"]: one["state"] for one in phone.get("/api/grants").json}


def test_a_renewed_grant_is_a_new_one_and_what_was_handed_over_goes_along(
    app: Flask, lived_in: World, time: MovableTime, database: Database
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    old = give(phone, lived_in.therapist, ends_on="2026-03-11")
    out = hand_over(phone, old, write(phone, "the river"))
    read_page(desk, lived_in.patient)
    time.move(timedelta(hours=1))
    sent = renewal(lived_in, ends_on="2026-05-01", categories=["reflections", "skills"])
    answer = phone.post(f"/api/grants/{old}/renew", json=sent)
    assert answer.status_code == 201
    assert (answer.json["id"], answer.json["state"]) == (sent["id"], "in_force")
    assert answer.json["categories"] == ["reflections", "skills"]
    assert states(phone)[old] == "ended"
    [shown] = read_page(desk, lived_in.patient).json["excerpts"]
    assert shown["id"] == out
    [mine] = [one for one in phone.get("/api/excerpts").json if one["id"] == out]
    assert mine["grant_id"] == sent["id"]
    assert mine["first_read_at"] is not None
    with database.session(writing=False) as opened:
        assert list(ledger.verify(opened)) == []
        with pytest.raises(keys.KeyDestroyed):
            keys.key(opened, factories.UUID(old), of=keys.Of.GRANT)


def test_what_the_new_one_does_not_allow_is_removed_for_good(app: Flask, lived_in: World) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    old = give(phone, lived_in.therapist)
    out = hand_over(phone, old, write(phone, "the river"))
    new = phone.post(f"/api/grants/{old}/renew", json=renewal(lived_in, categories=["skills"]))
    assert said(read_page(desk, lived_in.patient)) == []
    again = renewal(lived_in, categories=["reflections"])
    assert phone.post(f"/api/grants/{new.json['id']}/renew", json=again).status_code == 201
    assert said(read_page(desk, lived_in.patient)) == []
    assert out not in {one["id"] for one in phone.get("/api/excerpts").json}


def test_the_same_renewal_sent_again_changes_nothing(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    old, sent = give(phone, lived_in.therapist), renewal(lived_in)
    answers = [phone.post(f"/api/grants/{old}/renew", json=sent) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.data for answer in answers}) == 1


def test_another_choice_under_the_same_id_is_refused(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    old = give(phone, lived_in.therapist)
    n = phone.post(f"/api/grants/{old}/pause").json["pause"]
    sent = renewal(lived_in, ends_on="2026-05-01", pause=n)
    assert phone.post(f"/api/grants/{old}/renew", json=sent).status_code == 201
    for change in ({"categories": ["skills"]}, {"ends_on": "2026-05-02"}, {"resume": True}):
        assert phone.post(f"/api/grants/{old}/renew", json=sent | change).status_code == 409
    assert phone.post(f"/api/grants/{sent['id']}/renew", json=sent).status_code == 422
    assert [states(phone)[id] for id in (old, sent["id"])] == ["ended", "paused"]


def test_the_id_of_another_consent_renews_nothing(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    first = offer(lived_in.therapist)
    phone.post("/api/grants", json=first)
    phone.post(f"/api/grants/{first['id']}/withdraw")
    second = give(phone, lived_in.therapist)
    sent = renewal(lived_in, id=first["id"])
    assert phone.post(f"/api/grants/{second}/renew", json=sent).status_code == 409
    assert states(phone)[second] == "in_force"


def test_what_was_taken_back_or_has_ended_is_not_renewed(
    app: Flask, lived_in: World, time: MovableTime
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    old = give(phone, lived_in.therapist, ends_on="2026-03-10")
    out = hand_over(phone, old, write(phone))
    phone.delete(f"/api/excerpts/{out}")
    new = phone.post(f"/api/grants/{old}/renew", json=renewal(lived_in, ends_on="2026-03-10"))
    assert said(read_page(desk, lived_in.patient)) == []
    gone = phone.post(f"/api/grants/{old}/renew", json=renewal(lived_in))
    assert gone.status_code == 409
    time.move(timedelta(hours=12))
    over = phone.post(f"/api/grants/{new.json['id']}/renew", json=renewal(lived_in))
    assert over.status_code == 409


def test_a_pause_goes_along_and_can_be_ended_afterwards(
    app: Flask, lived_in: World, database: Database
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    old = give(phone, lived_in.therapist)
    hand_over(phone, old, write(phone, "the river"))
    n = phone.post(f"/api/grants/{old}/pause").json["pause"]
    new = phone.post(f"/api/grants/{old}/renew", json=renewal(lived_in, pause=n))
    assert (new.status_code, new.json["state"]) == (201, "paused")
    assert new.json["pause"] > n
    assert said(read_page(desk, lived_in.patient)) == []
    late = phone.post(f"/api/grants/{old}/resume", json={"pause": n})
    assert (late.status_code, said(read_page(desk, lived_in.patient))) == (409, [])
    going_on = {"pause": new.json["pause"]}
    assert phone.post(f"/api/grants/{new.json['id']}/resume", json=going_on).status_code == 200
    assert said(read_page(desk, lived_in.patient)) == ["the river"]
    with database.session(writing=False) as opened:
        assert list(ledger.verify(opened)) == []


def test_a_pause_ends_with_a_renewal_that_names_it_and_says_so(app: Flask, lived_in: World) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    old = give(phone, lived_in.therapist)
    hand_over(phone, old, write(phone, "the river"))
    n = phone.post(f"/api/grants/{old}/pause").json["pause"]
    sent = renewal(lived_in, pause=n, resume=True)
    new = phone.post(f"/api/grants/{old}/renew", json=sent)
    assert (new.status_code, new.json["state"], new.json["pause"]) == (201, "in_force", None)
    assert said(read_page(desk, lived_in.patient)) == ["the river"]


def test_a_late_renewal_does_not_undo_a_pause_made_since(app: Flask, lived_in: World) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    old = give(phone, lived_in.therapist)
    hand_over(phone, old, write(phone))
    first = phone.post(f"/api/grants/{old}/pause").json["pause"]
    assert phone.post(f"/api/grants/{old}/renew", json=renewal(lived_in)).status_code == 409
    phone.post(f"/api/grants/{old}/resume", json={"pause": first})
    seen = renewal(lived_in, pause=first)
    assert phone.post(f"/api/grants/{old}/renew", json=seen).status_code == 409
    phone.post(f"/api/grants/{old}/pause")
    for sent in (seen, renewal(lived_in, pause=first, resume=True)):
        assert phone.post(f"/api/grants/{old}/renew", json=sent).status_code == 409
    assert states(phone)[old] == "paused"
    assert said(read_page(desk, lived_in.patient)) == []


def test_which_pause_was_seen_has_to_be_said(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    old, sent = give(phone, lived_in.therapist), renewal(lived_in)
    del sent["pause"]
    for change, pointer in (
        ({}, "/pause"),
        ({"pause": 0}, "/pause"),
        ({"pause": "1"}, "/pause"),
        ({"pause": None, "resume": True}, "/resume"),
        ({"pause": None, "resume": "yes"}, "/resume"),
    ):
        answer = phone.post(f"/api/grants/{old}/renew", json=sent | change)
        assert answer.status_code == 422
        assert [one["pointer"] for one in answer.json["errors"]] == [pointer]
    assert states(phone)[old] == "in_force"


def test_renewing_waits_for_a_clear_head(
    app: Flask, lived_in: World, time: MovableTime, database: Database
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    old = give(phone, lived_in.therapist)
    hand_over(phone, old, write(phone, "the river"))
    with database.session(writing=True) as opened:
        dose = factories.make_dose(opened, lived_in.clinic, lived_in.patient.id, started_at=NOW)
    refused = phone.post(f"/api/grants/{old}/renew", json=renewal(lived_in))
    assert (refused.status_code, refused.json["clear_at"]) == (409, dose.clear_at.isoformat())
    assert said(read_page(desk, lived_in.patient)) == ["the river"]
    time.at = dose.clear_at
    assert phone.post(f"/api/grants/{old}/renew", json=renewal(lived_in)).status_code == 201


def test_what_does_not_fit_is_named_and_changes_nothing(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    old = give(phone, lived_in.therapist)
    before = phone.get("/api/grants").data
    for change, pointer in (
        ({"id": old}, "/id"),
        ({"categories": ["secrets"]}, "/categories"),
        ({"ends_on": "2026-03-09"}, "/ends_on"),
        ({"therapist_id": str(lived_in.other_therapist.id)}, "/therapist_id"),
    ):
        answer = phone.post(f"/api/grants/{old}/renew", json=renewal(lived_in) | change)
        assert answer.status_code == 422
        assert [one["pointer"] for one in answer.json["errors"]] == [pointer]
    assert phone.get("/api/grants").data == before


def test_somebody_elses_grant_cannot_be_renewed(app: Flask, lived_in: World) -> None:
    phone, other = signed_in(app, lived_in.patient), signed_in(app, lived_in.other_patient)
    grant = give(phone, lived_in.therapist)
    absent = told(other.post(f"/api/grants/{new_id()}/renew", json=renewal(lived_in)))
    assert absent[0] == 404
    assert told(other.post(f"/api/grants/{grant}/renew", json=renewal(lived_in))) == absent
