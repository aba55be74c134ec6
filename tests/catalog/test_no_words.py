"""What is about one person stays out of dumps, logs and errors; a clinic's words are sealed too."""

import logging

from journal.catalog.questions import write_question
from tests.acts import save, signed_in, words
from tests.catalog.clinic import PLAN, desk_of, guide, new_item, put, reworded, texts
from tests.factories import NOW, new_id
from tests.test_no_words import dump, forms_of

CANARY = "Holunderquittung"


def test_no_word_shows_in_a_dump_or_a_log(app, database, lived_in, caplog):
    caplog.set_level(logging.DEBUG)
    with database.session(writing=True) as session:
        asked = write_question(
            session, lived_in.therapist, lived_in.patient.id, CANARY, id=new_id(), at=NOW
        )
    phone, desk = signed_in(app, lived_in.patient), desk_of(app, lived_in)
    assert CANARY in phone.get("/api/assigned").text
    assert CANARY in phone.get(f"/api/guides/{asked.id}/1001").text
    save(phone, str(new_id()), words(guide=asked.id, edition=1001, answers={"x-1": {}}))
    put(desk, "guides", reworded(guide(desk, "refl"), CANARY))
    put(desk, "texts", texts(desk) | {"response_plan": PLAN | {"who": CANARY}})
    assert CANARY in phone.get("/api/library").text
    written = dump(database)
    assert b"content_edition" in written or b"texts" in written
    for form in forms_of(CANARY):
        assert form not in written
    assert CANARY not in "\n".join(record.getMessage() for record in caplog.records)


def test_no_refusal_repeats_the_words_that_were_sent(app, lived_in, caplog):
    caplog.set_level(logging.DEBUG)
    desk = desk_of(app, lived_in)
    found = guide(desk, "week")
    changes = [
        {"title": f"{CANARY}\n"},
        {"kind": CANARY},
        {"stage": CANARY},
        {"category": CANARY},
        {"items": CANARY},
        {"items": [*found["items"], new_item(text=CANARY, share=CANARY)]},
        {"items": [*found["items"], new_item(text=f" {CANARY}")]},
        {"items": [*found["items"], new_item(shows=CANARY)]},
    ]
    for change in changes:
        answer = put(desk, "guides", found | change)
        assert answer.status_code == 422, change
        assert CANARY not in answer.text
    assert CANARY not in "\n".join(record.getMessage() for record in caplog.records)
