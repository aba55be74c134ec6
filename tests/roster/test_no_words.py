"""Every route an admin may call: no word of a patient or a therapist, no count of what is private.

The routes come from the access table: one that is added is looked at here without anybody's doing.
"""

import logging
import re

import pytest

from journal.catalog.questions import write_question
from tests.acts import give, hand_over, read_page, save, signed_in, words, write
from tests.catalog.clinic import desk_of
from tests.factories import NOW, new_id
from tests.paper.reading import pages
from tests.test_access_table import ABSENT, ACCESS, ENDS_THE_SESSION
from tests.test_no_words import forms_of

CANARY = "Mirabellenquittung"
LAST = ("roster.unlink", "roster.deactivate", "roster.leave", "sessions.")
"""What takes away whom the others are about is called after them, in this order."""


def routes():
    mine = [name for name, row in ACCESS.items() if "admin" in row.may]
    last = {name: n for n, start in enumerate(LAST, 1) for name in mine if name.startswith(start)}
    return sorted(mine, key=lambda name: (last.get(name, 0), name))


def bodies(name, world):
    """What is sent beside the table's own body, so that a route has something to answer."""
    both = {"patient_id": str(world.patient.id), "therapist_id": str(world.therapist.id)}
    more = {
        "roster.link": [both],
        "roster.access_report": [{"format": "csv"}, {"format": "pdf"}],
    }
    return [ACCESS[name].send, *more.get(name, [])]


def calls(world, only=None):
    """Each route, about each person there could be something to hear of."""
    about = [world.patient.id, world.therapist.id, world.other_patient.id]
    for name in only or routes():
        method, path = ACCESS[name].call.split(" ")
        places = {path, *(path.replace(str(ABSENT), str(id)) for id in about)}
        places.add(path.replace(str(ABSENT), str(about[0]), 1).replace(str(ABSENT), str(about[1])))
        for place in sorted(places):
            for body in bodies(name, world):
                yield name, method, place, body


def answers(app, world, only=None):
    """What the admin hears on each of them; files as text."""
    desk, heard = desk_of(app, world), {}
    for name, method, place, body in calls(world, only):
        if name in ENDS_THE_SESSION:
            continue  # they answer nothing, and would end the tour
        answer = desk.open(place, method=method, json=body)
        said = answer.get_data()
        if answer.mimetype == "application/pdf":
            said = "\n".join(pages(said)).encode()
        heard[(name, place, str(body))] = (answer.status_code, said + str(answer.headers).encode())
    return heard


def live(app, world, database, word):
    """A patient writes, hands over, is noted about, is asked a question; all of it has the word."""
    phone, reader = signed_in(app, world.patient), signed_in(app, world.therapist)
    grant = give(phone, world.therapist, categories=["reflections"])
    handed = hand_over(phone, grant, write(phone, f"{word} handed over"))
    talk = {"agenda-talk": {"one": word}, "agenda-start": {"text": word}}
    agenda = hand_over(phone, grant, write(phone, guide="agenda", answers=talk))
    order = {"agenda": agenda, "bring": [handed], "first": 1}
    assert phone.put(f"/api/therapists/{world.therapist.id}/brief", json=order).status_code == 200
    write(phone, f"{word} kept")
    read_page(reader, world.patient)
    note = f"/api/patients/{world.patient.id}/notes/{new_id()}"
    assert reader.put(note, json={"text": f"{word} noted"}).status_code == 200
    with database.session(writing=True) as session:
        write_question(session, world.therapist, world.patient.id, word, id=new_id(), at=NOW)
    return phone


def test_no_admins_answer_has_a_word(app, database, lived_in, caplog):
    caplog.set_level(logging.DEBUG)
    phone = live(app, lived_in, database, CANARY)
    assert CANARY in phone.get("/api/excerpts").text
    heard = answers(app, lived_in)
    assert {name for name, *_ in heard} | ENDS_THE_SESSION == {*routes()}
    for call, (_, said) in heard.items():
        for form in forms_of(CANARY):
            assert form not in said, call
    answered = {name for (name, *_), (status, _) in heard.items() if status < 300}
    assert {name for name in routes() if name.startswith("roster.")} - answered == {
        "roster.put_away"  # nothing was done about Sam
    }
    assert CANARY not in "\n".join(record.getMessage() for record in caplog.records)


CHANGES = re.compile(rb"X-Request-ID: \w+|\"link\":\"?[^,}]+")


@pytest.mark.parametrize("then", ["a journal", "a handing over that nobody opened"])
def test_no_admins_answer_changes_with_what_is_private(app, lived_in, then):
    """Seven entries more, or things that were handed over and not opened: the same bytes."""
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist)
    # Those for everybody are about oneself, and many of them answer with something random.
    quiet = [name for name in routes() if ACCESS[name].may == ("admin",)]
    quiet = [name for name in quiet if not name.startswith(LAST)]

    def hear():
        heard = answers(app, lived_in, only=quiet)
        return {call: (status, CHANGES.sub(b"", said)) for call, (status, said) in heard.items()}

    before = hear()
    for n in range(7):
        written = write(phone, f"{CANARY} {n}")
        if then != "a journal":
            hand_over(phone, grant, written)
    save(phone, str(new_id()), words(CANARY))
    assert hear() == before
