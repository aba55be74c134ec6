"""Taking back, narrowing, withdrawing: the words leave the database, and nothing revives them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from journal.care.models import DosingSession
from journal.db import Database
from journal.sharing.models import Excerpt
from journal.vault.keys import DataKey, Of
from tests import factories
from tests.acts import give, hand_over, handing, read_page, said, signed_in, write
from tests.factories import NOW
from tests.worlds import MovableTime, World

SECOND = timedelta(seconds=1)


def bodies(database: Database, grant: str) -> dict[str, bool]:
    """Which excerpts of a grant still hold words."""
    with database.session(writing=False) as opened:
        rows = opened.scalars(select(Excerpt).where(Excerpt.grant_id == UUID(grant)))
        return {str(row.id): row.body is not None for row in rows}


def key_of(database: Database, grant: str) -> DataKey:
    with database.session(writing=False) as opened:
        return opened.get_one(DataKey, (UUID(grant), Of.GRANT))


def test_taking_one_thing_back_removes_it_alone(
    app: Flask, lived_in: World, database: Database
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    out, stays = hand_over(phone, grant, write(phone, "out")), hand_over(phone, grant, write(phone))
    assert [phone.delete(f"/api/excerpts/{out}").status_code for _ in range(2)] == [204, 204]
    assert said(read_page(desk, lived_in.patient)) == ["The river again."]
    assert bodies(database, grant) == {out: False, stays: True}
    mine = phone.get("/api/excerpts").json
    assert out not in {one["id"] for one in mine}
    assert stays in {one["id"] for one in mine}


def test_narrowing_removes_what_lay_in_the_category(
    app: Flask, lived_in: World, database: Database
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist, categories=["reflections", "skills"])
    out = hand_over(phone, grant, write(phone))
    phone.post(f"/api/grants/{grant}/narrow", json={"categories": ["skills"]})
    assert said(read_page(desk, lived_in.patient)) == []
    assert bodies(database, grant) == {out: False}
    assert key_of(database, grant).wrapped is not None


def test_withdrawing_destroys_the_key_and_every_word(
    app: Flask, lived_in: World, database: Database
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    for _ in range(3):
        hand_over(phone, grant, write(phone))
    assert len(said(read_page(desk, lived_in.patient))) == 3
    phone.post(f"/api/grants/{grant}/withdraw")
    assert said(read_page(desk, lived_in.patient)) == []
    assert list(bodies(database, grant).values()) == [False] * 3
    key = key_of(database, grant)
    assert (key.wrapped, key.destroyed_at) == (None, NOW)
    others = {one["therapist"]["name"] for one in phone.get("/api/excerpts").json}
    assert others == {"Dr Okafor"}
    assert phone.get("/api/entries/" + write(phone).id).status_code == 200


def test_a_new_grant_revives_nothing(app: Flask, lived_in: World) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    written = write(phone)
    sent = handing(grant, written)
    phone.post("/api/handovers", json=sent)
    phone.post(f"/api/grants/{grant}/withdraw")
    again = give(phone, lived_in.therapist)
    replayed = phone.post("/api/handovers", json=sent)
    assert (replayed.status_code, replayed.json) == (201, {"excerpts": []})
    assert phone.post("/api/handovers", json=handing(grant, written)).status_code == 409
    assert said(read_page(desk, lived_in.patient)) == []
    hand_over(phone, again, written)
    assert said(read_page(desk, lived_in.patient)) == ["The river again."]


def test_deleting_an_entry_takes_back_what_was_handed_over_from_it(
    app: Flask, lived_in: World, database: Database
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    written, other = write(phone, "deleted"), write(phone, "kept")
    gone = [hand_over(phone, grant, written) for _ in range(2)]
    stays = hand_over(phone, grant, other)
    phone.delete(f"/api/entries/{written.id}")
    assert said(read_page(desk, lived_in.patient)) == ["kept"]
    assert bodies(database, grant) == dict.fromkeys(gone, False) | {stays: True}
    assert phone.post(f"/api/excerpts/{gone[0]}/release").status_code == 404


def test_after_its_end_a_grant_gives_nothing_out(
    app: Flask, lived_in: World, time: MovableTime
) -> None:
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist, ends_on="2026-03-10")
    sent = handing(grant, write(phone))
    out = phone.post("/api/handovers", json=sent).json["excerpts"][0]["id"]
    time.move(timedelta(hours=12))
    desk = signed_in(app, lived_in.therapist, at=time.at)
    for _ in range(2):  # once before its end is made a fact, once after
        assert out not in {one["id"] for one in phone.get("/api/excerpts").json}
        assert phone.post(f"/api/excerpts/{out}/release").status_code == 404
        replayed = phone.post("/api/handovers", json=sent)
        assert (replayed.status_code, replayed.json) == (201, {"excerpts": []})
        assert phone.delete(f"/api/excerpts/{out}").status_code == 204
        assert said(read_page(desk, lived_in.patient)) == []


def test_what_is_held_goes_out_in_the_morning_only_if_that_was_agreed(
    app: Flask, lived_in: World, time: MovableTime, database: Database
) -> None:
    phone, other = signed_in(app, lived_in.patient), signed_in(app, lived_in.other_patient)
    agreed = give(phone, lived_in.therapist, release_in_morning=True)
    asks = other.get("/api/grants").json[0]["id"]
    with database.session(writing=True) as opened:
        for patient in (lived_in.patient, lived_in.other_patient):
            dose = factories.make_dose(opened, lived_in.clinic, patient.id, started_at=NOW)
    states: list[dict[str, Any]] = []
    for client, grant in ((phone, agreed), (other, asks)):
        answer = client.post("/api/handovers", json=handing(grant, write(client, "held words")))
        states += answer.json["excerpts"]
    assert [(one["state"], one["release_at"]) for one in states] == [
        ("held", dose.clear_at.isoformat()),
        ("waiting", None),
    ]
    for client, one in ((phone, states[0]), (other, states[1])):
        refused = client.post(f"/api/excerpts/{one['id']}/release")
        assert (refused.status_code, refused.json["clear_at"]) == (409, dose.clear_at.isoformat())
    time.at = dose.clear_at - SECOND
    desk = signed_in(app, lived_in.therapist, at=time.at)
    assert said(read_page(desk, lived_in.patient)) == []
    assert "held words" not in said(read_page(desk, lived_in.other_patient))
    time.at = dose.clear_at
    assert said(read_page(desk, lived_in.patient)) == ["held words"]
    assert "held words" not in said(read_page(desk, lived_in.other_patient))
    for _ in range(2):
        released = other.post(f"/api/excerpts/{states[1]['id']}/release")
        assert (released.status_code, released.json["state"]) == (200, "handed")
    assert "held words" in said(read_page(desk, lived_in.other_patient))


def test_what_is_held_waits_for_the_morning_after_another_dose_as_well(
    app: Flask, lived_in: World, time: MovableTime, database: Database
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist, release_in_morning=True)
    first = dose_at(database, lived_in, NOW)
    out = hand_over(phone, grant, write(phone, "held words"))
    second = dose_at(database, lived_in, first.clear_at - SECOND)

    def mine() -> tuple[str, str]:
        [one] = [each for each in phone.get("/api/excerpts").json if each["id"] == out]
        return one["state"], one["release_at"]

    for moment in (first.clear_at, second.clear_at - SECOND):
        time.at = moment
        desk = signed_in(app, lived_in.therapist, at=moment)
        assert said(read_page(desk, lived_in.patient)) == []
        assert mine() == ("held", second.clear_at.isoformat())
        assert phone.post(f"/api/excerpts/{out}/release").status_code == 409
    time.at = second.clear_at
    assert mine() == ("handed", second.clear_at.isoformat())
    assert said(read_page(desk, lived_in.patient)) == ["held words"]
    # What has gone out stays out: the next dose takes nothing away.
    dose_at(database, lived_in, second.clear_at + SECOND)
    time.move(2 * SECOND)
    assert said(read_page(desk, lived_in.patient)) == ["held words"]


def dose_at(database: Database, world: World, started_at: datetime) -> DosingSession:
    with database.session(writing=True) as opened:
        return factories.make_dose(opened, world.clinic, world.patient.id, started_at=started_at)
