"""Fragments of the demo that are more than words: drawings, and a sound."""

from journal.accounts.principals import Patient
from journal.content import answers as content_answers
from journal.content import library
from journal.demo.drawings import DRAWINGS, HEIGHT, WIDTH, drawn
from journal.demo.files import load
from journal.demo.ids import made_id
from journal.demo.recording import HUM
from journal.media import opened


def caught():
    return [
        (story, written, written.answers["capture-01"])
        for story in load().stories
        for written in story.entries
        if written.guide == "capture"
    ]


def test_some_drew_and_one_hummed():
    drew = [story.key for story, _, answer in caught() if "drawing" in answer]
    hummed = [story.key for story, _, answer in caught() if "recordings" in answer]
    assert sorted(drew) == ["hannah", "kasia", "leo"]
    assert hummed == ["leo"]


def test_every_drawing_fits_its_canvas_and_the_guide():
    guide = library.load().guide("capture")
    for name in DRAWINGS:
        drawing = drawn(name)
        content_answers.check(guide, {"capture-01": {"drawing": drawing}})
        for stroke in drawing["strokes"]:
            assert all(0 <= x <= WIDTH for x in stroke["points"][::2]), name
            assert all(0 <= y <= HEIGHT for y in stroke["points"][1::2]), name


def test_the_sound_is_small_and_plays_for_its_own_patient_alone(in_a_file, file):
    assert len(HUM.read_bytes()) <= 20_000
    (story, written, answer) = next(row for row in caught() if "recordings" in row[2])
    (row,) = answer["recordings"]
    author = Patient(made_id("account", story.key))
    with in_a_file.session(writing=False) as session:
        medium = opened.find(session, author, made_id(story.key, "bowing-hummed"))
        assert medium.complete
        assert str(medium.id) == row["media"]
        assert medium.told.entry_id == made_id(story.key, written.key)
        assert medium.part(0, medium.told.size) == HUM.read_bytes()
    pieces = [piece.read_bytes() for piece in (file.parent / "media").glob("??/*/*")]
    assert len(pieces) == 1
    assert HUM.read_bytes()[100:140] not in pieces[0]
