"""What was sent is played back, whole or in part, and nothing is written by it."""

import shutil

from sqlalchemy import event

from journal.media.pieces import PIECE
from tests.media.sending import Caught, photo, play, upload


def test_the_bytes_are_not_kept_anywhere_and_not_guessed_at(phone):
    answer = play(phone, upload(phone, Caught()))
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == "attachment; filename=recording.webm"
    assert answer.mimetype == "audio/webm"
    answer = play(phone, upload(phone, photo()))
    assert answer.headers["Content-Disposition"] == "attachment; filename=photo.jpg"
    assert answer.mimetype == "image/jpeg"


LAST = 2 * PIECE + 1000 - 1


RANGES = [
    ("bytes=0-0", 0, 1),
    ("bytes=0-", 0, LAST + 1),
    (f"bytes={PIECE - 2}-{PIECE + 1}", PIECE - 2, PIECE + 2),
    (f"bytes={PIECE}-{2 * PIECE - 1}", PIECE, 2 * PIECE),
    ("bytes=-10", LAST - 9, LAST + 1),
    (f"bytes={LAST}-", LAST, LAST + 1),
    ("bytes=5-99999999", 5, LAST + 1),
]


def test_a_range_is_those_bytes_and_no_others(phone):
    caught = upload(phone, Caught())
    for asked, start, stop in RANGES:
        answer = play(phone, caught, asked)
        assert answer.status_code == 206
        assert answer.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{LAST + 1}"
        assert answer.data == caught.bytes[start:stop], asked


def test_a_range_beyond_the_end_is_refused(phone):
    caught = upload(phone, Caught())
    assert play(phone, caught, f"bytes={LAST + 1}-").status_code == 416
    assert play(phone, caught, "sheep=1-2").data == caught.bytes


def test_a_range_opens_no_more_than_it_takes(phone, folder):
    caught = upload(phone, Caught())
    for file in folder.glob("??/*/0000"):
        file.unlink()
    assert play(phone, caught, f"bytes={PIECE}-{PIECE + 9}").data == caught.bytes[PIECE:][:10]


def test_reading_writes_nothing(app, phone, folder):
    caught = upload(phone, Caught())
    seen = []
    engine = app.extensions["journal.database"].engine
    event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    before = sorted((file, file.stat().st_mtime_ns) for file in folder.rglob("*"))
    for answer in (phone.get(caught.path), play(phone, caught), play(phone, caught, "bytes=0-9")):
        assert answer.status_code in (200, 206)
    assert seen
    assert [one for one in seen if not one.startswith(("SELECT", "BEGIN", "PRAGMA"))] == []
    assert sorted((file, file.stat().st_mtime_ns) for file in folder.rglob("*")) == before


def test_bytes_that_went_meanwhile_are_not_found(phone, stranger, folder, bystander):
    theirs = set(folder.glob("??/*"))
    caught = upload(phone, Caught())
    for blob in set(folder.glob("??/*")) - theirs:
        shutil.rmtree(blob)
    gone = play(phone, caught)
    assert (gone.status_code, gone.content_type) == (404, "application/problem+json")
    assert play(stranger, bystander).data == bystander.bytes
