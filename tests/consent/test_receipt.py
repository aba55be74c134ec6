"""The receipt of a consent: what was agreed to, kept by the one who agreed."""

import hashlib
from datetime import timedelta

from flask import Flask
from sqlalchemy import select, update

from journal.care.models import Membership
from journal.consent.models import ConsentEvent, ConsentHead
from journal.content import library
from journal.db import Database
from journal.sharing import leaving
from tests import factories
from tests.acts import give, hand_over, signed_in, told, write
from tests.factories import UUID, new_id
from tests.worlds import MovableTime, World


def test_a_receipt_says_what_was_agreed_with_whom_and_until_when(
    app: Flask, lived_in: World
) -> None:
    phone = signed_in(app, lived_in.patient)
    grant = give(
        phone, lived_in.therapist, categories=["skills", "reflections"], ends_on="2026-03-31"
    )
    receipt = phone.get(f"/api/grants/{grant}/receipt").json
    assert (receipt["record_id"], receipt["state"]) == (grant, "in_force")
    assert receipt["pii_principal_id"] == str(lived_in.patient.id)
    parties = {one["party_role"]: one["party_name"] for one in receipt["party_identification"]}
    assert parties == {
        "pii_principal": "Maya",
        "recipient": "Dr Ana Reyes",
        "pii_controller": "Harbour Clinic",
    }
    [purpose] = receipt["pii_processing"]["purposes"]
    assert [one["label"] for one in purpose["pii_information"]] == [
        "Reflections",
        "Skills I practised",
    ]
    assert purpose["valid_until"] == "2026-03-31T23:00:00+00:00"
    assert "31 March 2026" in purpose["retention_period"]
    assert "two taps" in purpose["withdrawal_method"]
    assert "{" not in "".join(one for one in purpose.values() if isinstance(one, str))
    assert receipt["pii_processing"]["language"] == "en"


def test_it_holds_the_exact_text_that_its_hash_is_of(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    notice = phone.get(f"/api/grants/{give(phone, lived_in.therapist)}/receipt").json[
        "pii_processing"
    ]["privacy_notice"]
    assert hashlib.sha256(notice["text"].encode()).hexdigest() == notice["sha256"]
    assert notice["sha256"] == library.load().agreement.sha256


def test_it_tells_all_that_became_of_the_consent(
    app: Flask, lived_in: World, time: MovableTime
) -> None:
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist, categories=["skills", "reflections"])
    path = f"/api/grants/{grant}"
    time.move(timedelta(hours=1))
    phone.post(f"{path}/narrow", json={"categories": ["skills"]})
    paused = phone.post(f"{path}/pause").json["pause"]
    phone.post(f"{path}/resume", json={"pause": paused})
    phone.post(f"{path}/withdraw")
    receipt = phone.get(f"{path}/receipt").json
    assert [(one["event_type"], one["event_state"]) for one in receipt["events"]] == [
        ("given", "given"),
        ("narrowed", "given"),
        ("paused", "paused"),
        ("resumed", "given"),
        ("withdrawn", "withdrawn"),
    ]
    assert receipt["state"] == "withdrawn"
    assert receipt["events"][1]["pii_types"] == ["skills"]
    assert receipt["events"][1]["event_time"] == "2026-03-10T13:00:00+00:00"


def test_what_was_narrowed_while_it_was_paused_is_still_paused(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    path = f"/api/grants/{give(phone, lived_in.therapist, categories=['skills', 'measures'])}"
    phone.post(f"{path}/pause")
    phone.post(f"{path}/narrow", json={"categories": ["skills"]})
    receipt = phone.get(f"{path}/receipt").json
    assert [(one["event_type"], one["event_state"]) for one in receipt["events"]] == [
        ("given", "given"),
        ("paused", "paused"),
        ("narrowed", "paused"),
    ]


def test_it_names_the_clinic_where_it_was_given_and_not_todays(
    app: Flask, lived_in: World, time: MovableTime, database: Database
) -> None:
    phone = signed_in(app, lived_in.patient)
    path = f"/api/grants/{give(phone, lived_in.therapist)}/receipt"
    before = phone.get(path).json["party_identification"]
    time.move(timedelta(days=1))
    who, whom, clinic = lived_in.patient.id, lived_in.therapist.id, lived_in.clinic.id
    with database.session(writing=True) as opened:
        for person in (who, whom):
            leaving.leave(opened, person, clinic, at=time.at)
            there = Membership(account_id=person, clinic_id=lived_in.other_clinic.id, since=time.at)
            opened.add(there)
        factories.link(opened, lived_in.other_clinic, who, whom, at=time.at)
    assert {one["party_name"] for one in before} >= {"Harbour Clinic"}
    assert phone.get(path).json["party_identification"] == before
    second = phone.get(f"/api/grants/{give(phone, lived_in.therapist)}/receipt").json
    names = {one["party_role"]: one["party_name"] for one in second["party_identification"]}
    assert names["pii_controller"] == "Hill Clinic"


def test_who_kept_a_receipt_can_tell_that_the_ledger_was_written_anew(
    app: Flask, lived_in: World, database: Database
) -> None:
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist)
    kept = phone.get(f"/api/grants/{grant}/receipt").json
    with database.session(writing=False) as opened:
        newest = opened.get_one(ConsentHead, lived_in.patient.id)
        assert kept["ledger"] == {"n": newest.n, "sha256": newest.hash.hex()}
        mine = select(ConsentEvent.hash).where(ConsentEvent.grant_id == UUID(grant))
        assert [one["sha256"] for one in kept["events"]] == [
            one.hex() for one in opened.scalars(mine)
        ]
    with database.session(writing=True) as opened:
        whose = ConsentHead.patient_id == lived_in.patient.id
        opened.execute(update(ConsentHead).where(whose).values(hash=bytes(32)))
    assert phone.get(f"/api/grants/{grant}/receipt").json["ledger"] != kept["ledger"]


def test_no_word_of_the_journal_is_in_it(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist)
    out = hand_over(phone, grant, write(phone, "the river"))
    answer = phone.get(f"/api/grants/{grant}/receipt")
    assert "the river" not in answer.text
    assert out not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_somebody_elses_receipt_is_not_there(app: Flask, lived_in: World) -> None:
    phone, other = signed_in(app, lived_in.patient), signed_in(app, lived_in.other_patient)
    grant = give(phone, lived_in.therapist)
    absent = told(other.get(f"/api/grants/{new_id()}/receipt"))
    assert absent[0] == 404
    assert told(other.get(f"/api/grants/{grant}/receipt")) == absent
