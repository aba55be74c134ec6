"""Recordings, drawings and photos stay with the patient: what leaves of an entry is its words."""

import pytest

from tests.acts import WHOLE, give, handing, read_page, said, signed_in, write
from tests.media.sending import Caught, play, upload

CAPTION = "Zimtsternquittung"
ASKED = {"kind": "answers", "items": ["capture-01"]}


@pytest.fixture
def phone(app, lived_in):
    return signed_in(app, lived_in.patient)


@pytest.fixture
def desk(app, lived_in):
    return signed_in(app, lived_in.therapist)


@pytest.fixture
def sound(phone):
    return upload(phone, Caught())


def fragment(phone, sound, **answer):
    caught = {
        "recordings": [
            {"media": sound.id, "type": "audio/webm", "seconds": 130, "caption": CAPTION}
        ],
        "drawing": {
            "width": 360,
            "height": 480,
            "strokes": [{"color": 1, "size": 2, "points": [1, 2, 3, 4]}],
            "caption": CAPTION,
        },
        "photos": [
            {"media": sound.id, "type": "image/jpeg", "width": 9, "height": 9, "caption": CAPTION}
        ],
    }
    answers = {"capture-01": {**answer, **caught}}
    return write(phone, guide="capture", edition=2, answers=answers)


@pytest.mark.parametrize("what", [WHOLE, ASKED], ids=["whole", "picked"])
def test_the_words_go_across_and_nothing_tells_of_the_rest(phone, desk, lived_in, sound, what):
    grant = give(phone, lived_in.therapist, categories=["reflections", "drawings-voice"])
    written = fragment(phone, sound, text="the hum of it")
    answer = phone.post("/api/handovers", json=handing(grant, written, what))
    assert answer.status_code == 201
    page = read_page(desk, lived_in.patient)
    assert said(page) == ["the hum of it"]
    for trace in (CAPTION.encode(), sound.id.encode(), b"Recording", b"Drawing", b"Photo"):
        assert trace not in page.data + answer.data
    own = phone.get(f"/api/therapists/{lived_in.therapist.id}/page")
    assert own.data == page.data
    assert play(desk, sound).status_code == 403
    assert play(phone, sound).data == sound.bytes


@pytest.mark.parametrize("what", [WHOLE, ASKED], ids=["whole", "picked"])
def test_without_words_there_is_nothing_to_hand_over(phone, desk, lived_in, sound, what):
    grant = give(phone, lived_in.therapist)
    answer = phone.post("/api/handovers", json=handing(grant, fragment(phone, sound), what))
    assert answer.status_code == 422
    assert read_page(desk, lived_in.patient).json["excerpts"] == []


def test_a_passage_of_a_caption_cannot_be_taken(phone, lived_in, sound):
    grant = give(phone, lived_in.therapist)
    passage = {
        "kind": "passage", "item": "capture-01", "part": "drawing", "start": 0, "end": 4,
        "quote": CAPTION[:4],
    }  # fmt: skip
    written = fragment(phone, sound, text="the hum of it")
    assert phone.post("/api/handovers", json=handing(grant, written, passage)).status_code == 422
