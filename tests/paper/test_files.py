"""Files over HTTP: of what may be read now, recorded as files, and nothing in their names."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from journal import audit
from journal.audit import Reading
from journal.consent.models import Grant
from journal.db import Database
from journal.paper import page
from tests import factories
from tests.acts import give, hand_over, in_time, read_page, signed_in, told, write
from tests.factories import NOW, new_id
from tests.paper.reading import pages
from tests.sharing.test_receipts import no_audit
from tests.worlds import World

HEAD = "Maya For Dr Ana Reyes. Made 10 March 2026, 12:00"


def pdf(patient: object) -> str:
    return f"/api/patients/{getattr(patient, 'id', patient)}/pdf"


def test_the_file_holds_the_lines_of_the_page_and_no_other(app: Flask, lived_in: World) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    hand_over(phone, grant, write(phone, "The river again.\n\nIt knew me."))
    hand_over(phone, grant, write(phone, "Ночь была тихой."))
    taken = hand_over(phone, grant, write(phone, "canary taken back"))
    phone.delete(f"/api/excerpts/{taken}")
    write(phone, "canary never handed over")
    answer = desk.post(pdf(lived_in.patient))
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="page.pdf"'
    said = " ".join(pages(answer.data))
    assert said.startswith(HEAD)
    page = read_page(desk, lived_in.patient).json
    for excerpt in page["excerpts"]:
        assert excerpt["content"]["title"] in said
        for item in excerpt["content"]["items"]:
            assert item["question"] in said
            for line in item["answer"]["lines"]:
                assert " ".join(line["value"].split()) in said
    assert len(page["excerpts"]) == 2
    assert "canary" not in said


def test_each_excerpt_is_recorded_as_kept_in_a_file(
    app: Flask, lived_in: World, database: Database
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    out = {hand_over(phone, grant, write(phone, f"{n}")) for n in range(2)}
    read_page(desk, lived_in.patient)
    assert desk.post(pdf(lived_in.patient)).status_code == 200
    receipts = phone.get("/api/receipts").json
    assert [one["how"] for one in receipts] == ["pdf", "pdf", "page", "page"]
    assert {one["excerpt_id"] for one in receipts[:2]} == out
    with database.session(writing=False) as opened:
        assert list(audit.verify(opened)) == []


def test_nobody_waits_while_a_file_is_set(
    app: Flask, lived_in: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes long. The readings are on record before it begins, and others write meanwhile."""
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    hand_over(phone, give(phone, lived_in.therapist), write(phone))
    render = page.render
    seen: list[Any] = []

    def slowly(*args: Any, **kwargs: Any) -> bytes:
        assert in_time(lambda: seen.extend([write(phone), phone.get("/api/receipts").json]))
        return render(*args, **kwargs)

    monkeypatch.setattr(page, "render", slowly)
    assert desk.post(pdf(lived_in.patient)).status_code == 200
    assert [one["how"] for one in seen[1]] == ["pdf"]


def test_no_record_no_file(app: Flask, lived_in: World, database: Database) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    hand_over(phone, give(phone, lived_in.therapist), write(phone))
    with no_audit(app.extensions["journal.database"]):
        answer = desk.post(pdf(lived_in.patient))
    assert answer.status_code == 500
    assert b"%PDF" not in answer.data
    with database.session(writing=False) as opened:
        mine = select(Reading).where(Reading.patient_id == lived_in.patient.id)
        assert opened.scalars(mine).all() == []


def test_what_is_not_there_not_yours_or_ended_is_one_answer(app: Flask, lived_in: World) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    absent = told(desk.post(pdf(new_id())))
    assert absent[0] == 404
    assert dict(absent[2])["Content-Type"] == "application/problem+json"
    assert told(desk.post(pdf(lived_in.patient))) == absent  # nothing handed over yet
    out = hand_over(phone, grant, write(phone))
    assert desk.post(pdf(lived_in.patient)).status_code == 200
    assert told(signed_in(app, lived_in.foreign_therapist).post(pdf(lived_in.patient))) == absent
    for stranger in (lived_in.foreign_patient, lived_in.admin, lived_in.therapist, lived_in.clinic):
        assert told(desk.post(pdf(stranger))) == absent
    phone.post(f"/api/grants/{grant}/pause")
    assert told(desk.post(pdf(lived_in.patient))) == absent
    pause = phone.get("/api/grants").json[0]["pause"]
    phone.post(f"/api/grants/{grant}/resume", json={"pause": pause})
    assert desk.post(pdf(lived_in.patient)).status_code == 200
    phone.delete(f"/api/excerpts/{out}")
    assert told(desk.post(pdf(lived_in.patient))) == absent
    hand_over(phone, grant, write(phone))
    assert desk.post(pdf(lived_in.patient)).status_code == 200
    phone.post(f"/api/grants/{grant}/withdraw")
    assert told(desk.post(pdf(lived_in.patient))) == absent


def test_two_therapists_each_get_their_own(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    hand_over(phone, give(phone, lived_in.therapist), write(phone, "canary for Ana"))
    other = signed_in(app, lived_in.other_therapist).post(pdf(lived_in.patient))
    assert other.status_code == 200  # what a bystander was handed
    assert "canary" not in " ".join(pages(other.data))


def test_the_file_is_made_after_a_dose_as_the_page_is(
    app: Flask, lived_in: World, database: Database
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    hand_over(phone, grant, write(phone, "before"))
    with database.session(writing=True) as opened:
        factories.make_dose(opened, lived_in.clinic, lived_in.patient.id, started_at=NOW)
    hand_over(phone, grant, write(phone, "held"))
    said = " ".join(pages(desk.post(pdf(lived_in.patient)).data))
    assert "before" in said
    assert "held" not in said


def test_a_consent_can_be_kept_as_a_file(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist)
    phone.post(f"/api/grants/{grant}/pause")
    answer = phone.get(f"/api/grants/{grant}/receipt.pdf")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="receipt.pdf"'
    said = " ".join(pages(answer.data))
    assert "You agreed. 10 March 2026, 12:00: You paused." in said
    assert "How it stands: Paused" in said
    told = phone.get(f"/api/grants/{grant}/receipt").json
    notice = told["pii_processing"]["privacy_notice"]
    assert notice["sha256"] in said
    assert told["ledger"]["sha256"] in said
    for name in ("Maya", "Dr Ana Reyes", "Harbour Clinic"):
        assert name in said


@pytest.mark.parametrize("ends", [True, False])
def test_a_receipt_stays_when_its_consent_has_ended(
    app: Flask, lived_in: World, database: Database, ends: bool
) -> None:
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist)
    if ends:
        phone.post(f"/api/grants/{grant}/withdraw")
    said = " ".join(pages(phone.get(f"/api/grants/{grant}/receipt.pdf").data))
    assert ("How it stands: You stopped it" in said) is ends
    assert ("How it stands: In force" in said) is not ends


def test_anothers_receipt_is_not_there(app: Flask, lived_in: World, database: Database) -> None:
    phone = signed_in(app, lived_in.patient)
    with database.session(writing=False) as opened:
        mine = Grant.patient_id == lived_in.other_patient.id
        theirs = opened.scalars(select(Grant.id).where(mine)).one()
    absent = told(phone.get(f"/api/grants/{new_id()}/receipt.pdf"))
    assert absent[0] == 404
    assert told(phone.get(f"/api/grants/{theirs}/receipt.pdf")) == absent


def test_the_blocks_of_the_brief_stand_in_the_file(app: Flask, lived_in: World) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    agenda = {"agenda-talk": {"one": "The door."}}
    wish = hand_over(phone, grant, write(phone, guide="agenda", answers=agenda))
    first = hand_over(phone, grant, write(phone, "the river"))
    hand_over(phone, grant, write(phone, "the rest"))
    path = f"/api/therapists/{lived_in.therapist.id}/brief"
    put = {"agenda": wish, "bring": [first], "first": 1}
    assert phone.put(path, json=put).status_code == 200
    said = " ".join(pages(desk.post(pdf(lived_in.patient)).data))
    parts = ["What Maya wants to talk about", "The door.", "What Maya put first", "the river"]
    places = [said.index(part) for part in [*parts, "the rest"]]
    assert places == sorted(places)
