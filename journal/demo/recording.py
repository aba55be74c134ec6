"""What the people of the demo hummed: one short sound, made with oscillators."""

import hashlib
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from journal.accounts.principals import Patient
from journal.entries.rows import Draft
from journal.media import service as media
from journal.media.models import MediumKind
from journal.media.opened import Told

HUM = Path(__file__).with_name("data") / "hum.webm"


def send_all(session: Session, author: Patient, draft: Draft, *, at: datetime) -> None:
    """Send the recordings that an entry names, as a phone would."""
    for answer in draft.answers.values():
        for row in answer.get("recordings", ()):
            _send(session, author, draft, UUID(row["media"]), row["seconds"], at)


def _send(
    session: Session, author: Patient, draft: Draft, id: UUID, seconds: int, at: datetime
) -> None:
    sound = HUM.read_bytes()
    told = Told(
        entry_id=draft.id,
        kind=MediumKind.RECORDING,
        type="audio/webm",
        size=len(sound),
        sha256=hashlib.sha256(sound).hexdigest(),
        seconds=seconds,
    )
    medium, _ = media.announce(session, author, id, told, at=at)
    media.receive(medium, 0, sound)
    media.confirm(medium)
    media.finish(session, medium, at=at)
