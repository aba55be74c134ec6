"""The page over HTTP: the same for both, the same set everywhere, and no hint of anything else."""

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from journal.db import Database
from tests import factories
from tests.acts import give, hand_over, handing, read_page, said, signed_in, told, write
from tests.factories import NOW
from tests.worlds import MovableTime, World

SECOND = timedelta(seconds=1)
MANY = ["reflections", "after-effects"]


def seen_everywhere(
    desk: FlaskClient, phone: FlaskClient, world: World
) -> tuple[set[str], set[str], int, set[str]]:
    """What the page, the pulse, Today and the patient's own view each show."""
    patient, therapist = world.patient.id, world.therapist.id
    mirrored = phone.get(f"/api/therapists/{therapist}/page")
    page = desk.get(f"/api/patients/{patient}/page")
    assert page.data == mirrored.data
    pulse = desk.get(f"/api/patients/{patient}/new").json
    assert set(pulse["new"]) <= set(pulse["readable"])
    rows = {row["patient"]["id"]: row for row in desk.get("/api/today").json["patients"]}
    return (
        {one["id"] for one in page.json["excerpts"]},
        set(pulse["readable"]),
        rows[str(patient)]["handed_over"],
        {one["id"] for one in mirrored.json["excerpts"]},
    )


def test_page_pulse_today_and_preview_always_show_the_same(
    app: Flask, lived_in: World, time: MovableTime, database: Database
) -> None:
    phone = signed_in(app, lived_in.patient)
    desk = signed_in(app, lived_in.therapist)

    def expect(*ids: str) -> None:
        wanted = set(ids)
        everywhere = seen_everywhere(desk, phone, lived_in)
        assert everywhere == (wanted, wanted, len(wanted), wanted)

    expect()
    grant = give(phone, lived_in.therapist, categories=MANY, release_in_morning=True)
    first = hand_over(phone, grant, write(phone, "first"))
    second = hand_over(phone, grant, write(phone, "second"))
    expect(first, second)
    with database.session(writing=True) as opened:
        dose = factories.make_dose(opened, lived_in.clinic, lived_in.patient.id, started_at=NOW)
    held = hand_over(phone, grant, write(phone, "held"))
    expect(first, second)
    phone.delete(f"/api/excerpts/{second}")
    expect(first)
    time.at = dose.clear_at - SECOND
    desk = signed_in(app, lived_in.therapist, at=time.at)
    expect(first)
    time.at = dose.clear_at
    expect(first, held)
    phone.post(f"/api/grants/{grant}/narrow", json={"categories": ["after-effects"]})
    expect()
    phone.post(f"/api/grants/{grant}/withdraw")
    expect()


def test_an_effect_after_a_dose_is_of_its_own_category(app: Flask, lived_in: World) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist, categories=MANY)
    felt = app.test_client().get("/api/library").json["effects"][0]
    answers = {"day-07": {"effects": [{"code": felt["code"]}]}, "day-03": {"text": "the river"}}
    written = write(phone, guide="day", answers=answers)
    made = phone.post("/api/handovers", json=handing(grant, written)).json["excerpts"]
    assert {one["category"] for one in made} == set(MANY)
    assert set(said(read_page(desk, lived_in.patient))) == {felt["label"], "the river"}
    phone.post(f"/api/grants/{grant}/narrow", json={"categories": ["after-effects"]})
    assert said(read_page(desk, lived_in.patient)) == [felt["label"]]


def test_both_get_the_same_bytes(app: Flask, lived_in: World, database: Database) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    with database.session(writing=True) as opened:
        people = lived_in.patient.id, lived_in.therapist.id
        factories.make_appointment(opened, *people, starts_at=NOW + timedelta(days=2))
        factories.make_dose(opened, lived_in.clinic, lived_in.patient.id)
    grant = give(phone, lived_in.therapist)
    for text in ("one", "two 👩🏽‍🚀", "three\n\nlines"):
        hand_over(phone, grant, write(phone, text))
    theirs = read_page(desk, lived_in.patient)
    mine = phone.get(f"/api/therapists/{lived_in.therapist.id}/page")
    assert theirs.status_code == mine.status_code == 200
    assert theirs.data == mine.data
    assert theirs.headers["Cache-Control"] == mine.headers["Cache-Control"] == "no-store"
    assert theirs.json["last_dosing"]["route"] == "nasal"
    assert theirs.json["next_appointment"] == "2026-03-12T12:00:00+00:00"
    assert sorted(said(theirs)) == ["one", "three\n\nlines", "two 👩🏽‍🚀"]


def test_nothing_hints_at_what_was_not_handed_over(
    app: Flask, lived_in: World, database: Database
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    paths = [
        f"/api/patients/{lived_in.patient.id}/page",
        f"/api/patients/{lived_in.patient.id}/new",
        "/api/today",
    ]
    never = [told(desk.get(path)) for path in paths]
    grant = give(phone, lived_in.therapist, categories=MANY)
    assert [told(desk.get(path)) for path in paths] == never
    out = hand_over(phone, grant, write(phone, "handed over"))
    with database.session(writing=True) as opened:
        factories.make_dose(
            opened, lived_in.clinic, lived_in.patient.id, started_at=NOW + timedelta(hours=1)
        )
    read_page(desk, lived_in.patient)
    before = [told(desk.get(path)) for path in paths]
    secret = write(phone, "never handed over")
    write(phone, "another")
    taken = hand_over(phone, grant, secret)
    phone.delete(f"/api/excerpts/{taken}")
    phone.delete(f"/api/entries/{secret.id}")
    phone.post(f"/api/grants/{grant}/narrow", json={"categories": ["reflections"]})
    assert [told(desk.get(path)) for path in paths] == before
    phone.delete(f"/api/excerpts/{out}")
    phone.post(f"/api/grants/{grant}/withdraw")
    assert [told(desk.get(path)) for path in paths] == never


def test_today_is_in_the_order_of_the_next_appointments(
    app: Flask, lived_in: World, database: Database
) -> None:
    desk = signed_in(app, lived_in.therapist)

    def names() -> list[str]:
        return [row["patient"]["name"] for row in desk.get("/api/today").json["patients"]]

    assert names() == ["Jonas", "Maya"]
    with database.session(writing=True) as opened:
        for patient, days in ((lived_in.patient, 1), (lived_in.other_patient, 2)):
            factories.make_appointment(
                opened, patient.id, lived_in.therapist.id, starts_at=NOW + timedelta(days=days)
            )
        factories.make_appointment(
            opened, lived_in.other_patient.id, lived_in.therapist.id, starts_at=NOW - SECOND
        )
    assert names() == ["Maya", "Jonas"]
    assert [row["handed_over"] for row in desk.get("/api/today").json["patients"]] == [0, 1]
