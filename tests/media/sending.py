"""What a phone does with a medium, one call each."""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from journal.media.pieces import PIECE
from tests.factories import new_id

HUM = (Path(__file__).with_name("hum.webm")).read_bytes()
PHOTO = (Path(__file__).with_name("photo.jpg")).read_bytes()
WEBM = HUM[:64]
RAW = "application/octet-stream"


def sound(size: int = 2 * PIECE + 1000) -> bytes:
    """A recording of so many bytes: a true beginning, and noise."""
    return WEBM + os.urandom(size - len(WEBM))


@dataclass(frozen=True)
class Caught:
    """One medium on a phone."""

    bytes: bytes = field(default_factory=sound, repr=False)
    id: str = field(default_factory=lambda: str(new_id()))
    entry: str = field(default_factory=lambda: str(new_id()))
    kind: str = "recording"
    type: str = "audio/webm"

    @property
    def path(self) -> str:
        return f"/api/media/{self.id}"

    @property
    def pieces(self) -> list[bytes]:
        return [self.bytes[at : at + PIECE] for at in range(0, len(self.bytes), PIECE)]

    def told(self, **changes: Any) -> dict[str, Any]:
        """The body that announces it."""
        return {
            "entry": self.entry,
            "kind": self.kind,
            "type": self.type,
            "size": len(self.bytes),
            "sha256": hashlib.sha256(self.bytes).hexdigest(),
            **changes,
        }


def photo(body: bytes = PHOTO) -> Caught:
    return Caught(body, kind="photo", type="image/jpeg")


def announce(phone: FlaskClient, caught: Caught, **changes: Any) -> TestResponse:
    return phone.put(caught.path, json=caught.told(**changes))


def send(phone: FlaskClient, caught: Caught, n: int, body: bytes | None = None) -> TestResponse:
    """Send one piece."""
    sent = caught.pieces[n] if body is None else body
    return phone.put(f"{caught.path}/pieces/{n}", data=sent, content_type=RAW)


def complete(phone: FlaskClient, caught: Caught) -> TestResponse:
    return phone.post(f"{caught.path}/complete")


def upload(phone: FlaskClient, caught: Caught, numbers: Iterable[int] | None = None) -> Caught:
    """Announce it, send all of it and have it confirmed."""
    assert announce(phone, caught).status_code in (200, 201)
    for n in range(len(caught.pieces)) if numbers is None else numbers:
        assert send(phone, caught, n).status_code == 204
    answer = complete(phone, caught)
    assert (answer.status_code, answer.json["complete"]) == (200, True), answer.json
    return caught


def play(phone: FlaskClient, caught: Caught, range: str | None = None) -> TestResponse:
    return phone.get(f"{caught.path}/content", headers={"Range": range} if range else {})
