"""The receipt of a consent as a file: the whole agreement as it was shown, and every event."""

from datetime import timedelta

from flask import Flask

from journal.consent import ledger
from journal.consent.models import Because, Happened
from journal.content import library
from journal.db import Database
from journal.paper import receipt
from journal.sharing.late import close_since
from tests.acts import give, signed_in
from tests.paper.reading import pages
from tests.worlds import MovableTime, World


def test_every_part_of_the_agreement_stands_in_it_filled_in(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist, ends_on="2026-05-01")
    read = pages(phone.get(f"/api/grants/{grant}/receipt.pdf").data)
    said = " ".join(page.rpartition(" Consent of Maya to Dr Ana Reyes. Made ")[0] for page in read)
    filled = {
        "therapist": "Dr Ana Reyes",
        "clinic": "Harbour Clinic",
        "ends_on": "1 May 2026",
    }
    sections = library.load().agreement.sections
    assert len(sections) == 14
    whole = " ".join(
        f"{part.title.format(**filled)} {part.text.format(**filled)}" for part in sections
    )
    assert " ".join(whole.split()) in said
    assert "{" not in said


def test_a_pause_for_a_dose_is_never_said_to_be_the_patients_own(
    app: Flask, database: Database, lived_in: World, time: MovableTime
) -> None:
    phone = signed_in(app, lived_in.patient)
    path = f"/api/grants/{give(phone, lived_in.therapist)}"
    paused = phone.post(f"{path}/pause").json
    assert paused["paused_because"] is None
    own = paused["pause"]
    assert phone.post(f"{path}/resume", json={"pause": own}).status_code == 200
    began, clear = time.at - timedelta(hours=1), time.at + timedelta(hours=12)
    with database.session(writing=True) as session:
        close_since(session, lived_in.patient.id, began, clear, at=time.at)
    told = {one["pause"]: one["paused_because"] for one in phone.get("/api/grants").json}
    assert "dose" in told.values()
    events = phone.get(f"{path}/receipt").json["events"]
    assert [(one["event_type"], one["event_because"]) for one in events] == [
        ("given", None),
        ("paused", None),
        ("resumed", None),
        ("paused", "dose"),
    ]
    said = " ".join(pages(phone.get(f"{path}/receipt.pdf").data))
    assert said.count("You paused.") == 1
    assert said.count("Paused: your clinic wrote down a session for that day.") == 1
    with database.session(writing=False) as session:
        assert list(ledger.verify(session, patient_id=lived_in.patient.id)) == []


def test_every_event_and_state_has_its_words() -> None:
    assert set(receipt.HAPPENED) == {one.value for one in Happened}
    assert set(receipt.BECAUSE) == {one.value for one in Because}
