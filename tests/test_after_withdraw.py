"""Once taking away has been answered, no read that starts later returns the words."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from journal.db import Database
from journal.sharing import gate, leaving
from tests.acts import give, hand_over, signed_in, write
from tests.along.carried import fragment, hand, media_of
from tests.factories import NOW
from tests.media.sending import WEBM
from tests.worlds import MovableTime, World

THREADS = 8
WORDS = "the river knew my name"
Read = Callable[[], TestResponse]


@dataclass
class Watch:
    """What 8 readers saw, and when each of their reads began."""

    world: World
    out: str
    seen: list[tuple[float, bool]] = field(default_factory=list)
    answered: float | None = None
    later: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def shows(self, answer: TestResponse) -> bool:
        """Whether an answer holds the words, the excerpt's id or a count of it."""
        assert answer.status_code in {200, 401, 404}, answer.data
        if answer.status_code != 200:
            return False
        if answer.mimetype == "application/pdf":
            return True  # there is none of a page with nothing on it
        if answer.mimetype == "text/event-stream":
            return WORDS in answer.text or self.out in answer.text
        rows = answer.json.get("patients", [])
        mine = [row for row in rows if row["patient"]["id"] == str(self.world.patient.id)]
        counted = any(row["handed_over"] or row["new"] for row in mine)
        return counted or WORDS.encode() in answer.data or self.out.encode() in answer.data

    def read(self, reads: list[Read], wanted: int) -> None:
        """Read on and on until enough reads have begun after the answer."""
        turn = 0
        while self.later < wanted:
            started = time.monotonic()
            shown = self.shows(reads[turn % len(reads)]())
            turn += 1
            with self.lock:
                self.seen.append((started, shown))
                self.later += self.answered is not None and started > self.answered

    def violations(self) -> int:
        """Reads that began after the answer and still showed something."""
        assert self.answered is not None
        return sum(shown for started, shown in self.seen if started > self.answered)


def reads_of(app: Flask, world: World, at: datetime = NOW) -> list[Read]:
    desk, phone = (signed_in(app, who, at=at) for who in (world.therapist, world.patient))
    patient, therapist = world.patient.id, world.therapist.id
    return [
        partial(desk.get, f"/api/patients/{patient}/page"),
        partial(desk.get, "/api/today"),
        partial(desk.get, f"/api/patients/{patient}/new"),
        partial(phone.get, f"/api/therapists/{therapist}/page"),
    ]


def more_of(app: Flask, world: World, at: datetime = NOW) -> list[Read]:
    """The other ways to the words: found, kept as a file, heard of."""
    desk, patient = signed_in(app, world.therapist, at=at), world.patient.id
    return [
        partial(desk.post, "/api/search", json={"text": "river"}),
        partial(desk.post, f"/api/patients/{patient}/pdf"),
        partial(desk.get, "/api/events"),
    ]


def take_away(how: str, phone: FlaskClient, grant: str, out: str) -> TestResponse:
    if how == "pause":
        return phone.post(f"/api/grants/{grant}/pause")
    if how == "narrow":
        return phone.post(f"/api/grants/{grant}/narrow", json={"categories": ["skills"]})
    if how == "take back":
        return phone.delete(f"/api/excerpts/{out}")
    if how == "delete":
        [mine] = [one for one in phone.get("/api/excerpts").json if one["id"] == out]
        return phone.delete(f"/api/entries/{mine['entry_id']}")
    return phone.post(f"/api/grants/{grant}/withdraw")


def watched(app: Flask, world: World, how: str, wanted: int, readers: list[list[Read]]) -> Watch:
    """Let threads read before, while and after something is taken away."""
    phone = signed_in(app, world.patient)
    grant = give(phone, world.therapist, categories=["reflections", "skills"])
    watch = Watch(world, hand_over(phone, grant, write(phone, WORDS)))
    watched_by(watch, partial(take_away, how, phone, grant, watch.out), wanted, readers)
    return watch


def watched_by(watch: Watch, take: Read, wanted: int, readers: list[list[Read]]) -> None:
    """Let threads read on and on, and take away what they read."""
    with ThreadPoolExecutor(len(readers)) as pool:
        running = [pool.submit(watch.read, reads, wanted) for reads in readers]
        while not any(shown for _, shown in watch.seen):
            time.sleep(0.01)
        answer = take()
        watch.answered = time.monotonic()
        assert answer.status_code in {200, 204}
        for one in running:
            one.result(90)
    assert any(shown for _, shown in watch.seen)


@pytest.mark.parametrize("how", ["withdraw", "narrow", "pause", "take back", "delete"])
def test_on_every_path_no_read_that_starts_later_returns_anything(
    app: Flask, lived_in: World, how: str
) -> None:
    readers = [[*more_of(app, lived_in), *reads_of(app, lived_in)] for _ in range(THREADS)]
    watch = watched(app, lived_in, how, 100, readers)
    assert watch.violations() == 0


@pytest.mark.parametrize("how", ["expire", "suspend", "part"])
def test_nor_after_an_end_that_nobody_asked_for_here(
    app: Flask, lived_in: World, time: MovableTime, database: Database, how: str
) -> None:
    """Time runs out, the therapist's account is closed, or the two no longer belong together."""
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist, ends_on="2026-03-11")
    out = hand_over(phone, grant, write(phone, WORDS))
    [mine] = [one for one in phone.get("/api/grants").json if one["id"] == grant]
    time.at = datetime.fromisoformat(mine["ends_at"]) - timedelta(seconds=1)
    every = (more_of, reads_of)
    readers = [[one for of in every for one in of(app, lived_in, time.at)] for _ in range(THREADS)]

    def end() -> TestResponse:
        with database.session(writing=True) as opened:
            if how == "suspend":
                leaving.deactivate(opened, lived_in.therapist.id, at=time.at)
            elif how == "part":
                leaving.reassign(opened, lived_in.patient.id, lived_in.therapist.id, at=time.at)
        if how == "expire":
            time.move(timedelta(seconds=1))
        return signed_in(app, lived_in.patient, at=time.at).get("/api/session")

    watch = Watch(lived_in, out)
    watched_by(watch, end, 100, readers)
    assert watch.violations() == 0


class Listening(Watch):
    """Readers who play one recording."""

    def shows(self, answer: TestResponse) -> bool:
        """Whether it was played: not a byte of it comes with a refusal."""
        assert answer.status_code in {200, 404}, answer.data
        assert answer.status_code == 404 or answer.data.startswith(WEBM)
        return answer.status_code == 200


@pytest.mark.parametrize("how", ["withdraw", "narrow", "take back", "delete"])
def test_no_play_that_starts_later_returns_a_byte(app: Flask, lived_in: World, how: str) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist, categories=["drawings-voice", "skills"])
    one = fragment(phone)
    what = one.what(media=[one.sound.id], words=False)
    made = hand(phone, grant, one, what).json["excerpts"]
    id = media_of(made)["recording"]["id"]
    reads: list[Read] = [
        partial(desk.get, f"/api/patients/{lived_in.patient.id}/media/{id}"),
        partial(phone.get, f"/api/therapists/{lived_in.therapist.id}/media/{id}"),
    ]
    watch = Listening(lived_in, made[0]["id"])
    take = partial(take_away, how, phone, grant, watch.out)
    watched_by(watch, take, 60, [reads for _ in range(THREADS)])
    assert watch.violations() == 0


@pytest.mark.parametrize(
    ("how", "wanted"), [("withdraw", 1000), ("narrow", 100), ("take back", 100), ("delete", 100)]
)
def test_no_read_that_starts_later_returns_anything(
    app: Flask, lived_in: World, how: str, wanted: int
) -> None:
    readers = [reads_of(app, lived_in) for _ in range(THREADS)]
    watch = watched(app, lived_in, how, wanted, readers)
    assert watch.later >= wanted
    assert watch.violations() == 0


def test_the_watch_catches_a_quarter_second_of_cache(
    app: Flask, lived_in: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: what this file would say of a gate that remembers."""
    kept: dict[Any, tuple[float, Any]] = {}
    fetch = gate._fetch

    def cached(session: Any, patient_id: Any, therapist_id: Any, at: Any) -> Any:
        key = (patient_id, therapist_id)
        if key not in kept or time.monotonic() - kept[key][0] > 0.25:
            kept[key] = time.monotonic(), fetch(session, patient_id, therapist_id, at)
        return kept[key][1]

    monkeypatch.setattr(gate, "_fetch", cached)
    previews = [reads_of(app, lived_in)[3:] for _ in range(2)]
    # What was kept may run out before the answer is sent, so there is more than one try.
    caught = (watched(app, lived_in, "withdraw", 20, previews).violations() for _ in range(12))
    assert any(caught)
