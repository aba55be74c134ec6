"""An entry with a recording, a photo, a drawing and words; and handing it over."""

from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from journal.accounts.principals import Therapist
from tests.acts import Written, give, handing, save, words
from tests.media.sending import PHOTO, WEBM, Caught, upload

CANARY = b"Zimtsternquittung"
STROKES = [{"color": 1, "size": 2, "points": [10, 20, 30, 40]}]
DRAWING = {"width": 1000, "height": 700, "strokes": STROKES}
SKETCH = "capture-01/drawing"
TEXT, CAPTION = "the river knew", "how the room hummed"
BOTH = ["reflections", "drawings-voice"]


@dataclass(frozen=True)
class Fragment:
    """One entry with everything that is not words, on the server."""

    written: Written
    sound: Caught
    photo: Caught
    names: list[str] = field(default_factory=list)

    def what(self, **changes: Any) -> dict[str, Any]:
        return {"kind": "whole", "media": self.names, **changes}


def fragment(phone: FlaskClient, *, text: str = TEXT, caption: str = CAPTION) -> Fragment:
    """Catch all of it, send it and save the entry."""
    sound = Caught(WEBM + CANARY * 40_000)
    photo = Caught(PHOTO, entry=sound.entry, kind="photo", type="image/jpeg")
    for one in (sound, photo):
        upload(phone, one)
    row = {"media": sound.id, "type": sound.type, "seconds": 7, "caption": caption}
    answer: dict[str, Any] = {
        "recordings": [row],
        "drawing": DRAWING | {"caption": "the door"},
        "photos": [{"media": photo.id, "type": photo.type, "width": 4, "height": 3}],
    }
    if text:
        answer["text"] = text
    body = words(guide="capture", edition=2, answers={"capture-01": answer})
    assert save(phone, sound.entry, body).status_code == 201
    written = Written(sound.entry, body["revision"])
    return Fragment(written, sound, photo, [sound.id, photo.id, SKETCH])


def hand(
    phone: FlaskClient, grant: str, one: Fragment, what: dict[str, Any] | None = None, **more: Any
) -> TestResponse:
    sent = handing(grant, one.written, one.what() if what is None else what) | more
    return phone.post("/api/handovers", json=sent)


def media_of(excerpts: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Everything to play in these excerpts, by kind."""
    return {
        one["kind"]: one
        for excerpt in excerpts
        for item in excerpt["content"]["items"]
        for one in item.get("media", [])
    }


def shared(phone: FlaskClient, therapist: Therapist) -> str:
    return give(phone, therapist, categories=BOTH)
