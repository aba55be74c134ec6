"""What is confirmed is a recording or a photo, and a photo says nothing beside its picture."""

import struct

import pytest

from journal.media import exif, looks
from journal.media.jpeg import EMPTY, PHOTOSHOP
from tests.media.sending import HUM, PHOTO, Caught, announce, complete, photo, play, send, upload

TOO_MUCH = "This photo still says more than its picture."


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def with_segment(marker: int, body: bytes) -> bytes:
    """The photo with one segment more, behind its first."""
    first = 4 + int.from_bytes(PHOTO[4:6]) - 2 + 2
    return PHOTO[:first] + segment(marker, body) + PHOTO[first:]


def tags(rows: list[tuple[int, int, int, bytes]], next: int = 0, order: str = "<") -> bytes:
    packed = [struct.pack(f"{order}HHI", *row[:3]) + row[3].ljust(4, b"\0") for row in rows]
    return struct.pack(f"{order}H", len(rows)) + b"".join(packed) + struct.pack(f"{order}I", next)


def exif_of(rows: list[tuple[int, int, int, bytes]], *more: bytes, next: int = 0) -> bytes:
    return b"Exif\0\0II*\0" + struct.pack("<I", 8) + tags(rows, next) + b"".join(more)


LONG, SHORT, TEXT = 4, 3, 2
ORIENTATION = (0x0112, SHORT, 1, b"\x01")
DETAILS = (0x8769, LONG, 1, struct.pack("<I", 8 + 2 + 2 * 12 + 4))
PLAIN = exif_of(
    [ORIENTATION, DETAILS],
    tags([(0xA001, SHORT, 1, b"\x01"), (0xA002, LONG, 1, b"\x60"), (0xA003, LONG, 1, b"\x40")]),
)
PLACE = exif_of([ORIENTATION, (0x8825, LONG, 1, struct.pack("<I", 38))], tags([]))
CAMERA = exif_of([(0x010F, TEXT, 4, b"Cam\0")])
WHEN = exif_of([ORIENTATION, DETAILS], tags([(0x9003, TEXT, 4, b"2026")]))
BIG_ENDIAN = b"Exif\0\0MM\0*\0\0\0\x08" + tags([(0x8825, LONG, 1, b"")], order=">")
THUMBNAIL = exif_of([ORIENTATION], next=30)

TELLING = {
    "a place": with_segment(0xE1, PLACE),
    "a camera": with_segment(0xE1, CAMERA),
    "a time": with_segment(0xE1, WHEN),
    "a second picture": with_segment(0xE1, THUMBNAIL),
    "a big-endian place": with_segment(0xE1, BIG_ENDIAN),
    "a list of tags outside": with_segment(0xE1, b"Exif\0\0II*\0\xff\xff\xff\xff"),
    "room for more": with_segment(0xE1, PLAIN + bytes(exif.LONGEST)),
    "XMP": with_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"),
    "IPTC": with_segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x08\x1c\x02\x5a\0\x03Rye"),
    "a comment": with_segment(0xFE, b"at my sister's"),
    "a maker's own": with_segment(0xE9, b"anything"),
}  # fmt: skip

NOT_PHOTOS = {
    "nothing": b"",
    "a beginning": PHOTO[:2],
    "half": PHOTO[: len(PHOTO) // 2],
    "no end": PHOTO[:-2],
    "something behind it": PHOTO + b"<script>",
    "two of them": PHOTO + PHOTO,
    "a PNG": b"\x89PNG\r\n\x1a\n" + bytes(60),
    "a page": b"<!doctype html>",
    "a recording": HUM,
    "no picture": b"\xff\xd8\xff\xd9",
    "a segment of no length": b"\xff\xd8\xff\xe0\0\0\xff\xd9",
}


def test_a_photo_drawn_anew_and_what_browsers_add_to_it_pass():
    for body in (
        PHOTO,
        with_segment(0xE1, PLAIN),
        with_segment(PHOTOSHOP, EMPTY),
        with_segment(0xEE, b"Adobe\0\x64\0\0\0\0\0"),
        with_segment(0xDD, b"\0\x08"),
    ):
        assert looks.fault("image/jpeg", body) is None


@pytest.mark.parametrize("name", TELLING)
def test_a_photo_that_says_more_than_its_picture_is_refused(name):
    assert looks.fault("image/jpeg", TELLING[name]) == TOO_MUCH


@pytest.mark.parametrize("name", NOT_PHOTOS)
def test_what_is_no_photo_is_refused(name):
    assert looks.fault("image/jpeg", NOT_PHOTOS[name]) == "This is not a JPEG photo."


def test_a_photo_cut_anywhere_or_changed_anywhere_is_answered_in_words():
    for at in range(len(PHOTO)):
        assert looks.fault("image/jpeg", PHOTO[:at]) is not None
        changed = bytearray(PHOTO)
        changed[at] ^= 0xFF
        looks.fault("image/jpeg", bytes(changed))


def test_a_flood_of_pixels_is_refused():
    at = PHOTO.index(b"\xff\xc0") + 5
    flood = PHOTO[:at] + struct.pack(">HH", 20_000, 20_000) + PHOTO[at + 4 :]
    assert looks.fault("image/jpeg", flood) == "This photo is too large."


def test_a_photo_full_of_markers_is_looked_at_at_once():
    scan = PHOTO.rindex(b"\xff\xd9")
    assert looks.fault("image/jpeg", PHOTO[:scan] + b"\xff\x00\xff\xd0" * 500_000) is not None


def test_recordings_are_known_by_their_first_bytes():
    mp4 = b"\0\0\0\x1cftypiso5" + bytes(60)
    assert looks.fault("audio/webm", HUM) is None
    assert looks.fault("audio/mp4", mp4) is None
    assert looks.fault("audio/webm", mp4)
    assert looks.fault("audio/mp4", HUM)
    assert looks.fault("audio/webm", HUM.replace(b"webm", b"mkv?"))
    assert looks.fault("audio/webm", PHOTO)


def test_a_photo_with_its_place_is_refused_and_none_of_it_stays(phone, folder):
    good = upload(phone, photo())
    assert play(phone, good).data == PHOTO
    before = sorted(folder.glob("??/*/*"))
    bad = photo(TELLING["a place"])
    announce(phone, bad)
    send(phone, bad, 0)
    answer = complete(phone, bad)
    assert answer.status_code == 422
    assert answer.json["errors"] == [{"pointer": "/type", "detail": TOO_MUCH}]
    assert sorted(folder.glob("??/*/*")) == before


def test_a_page_that_calls_itself_a_recording_is_refused(phone):
    page = Caught(b"<!doctype html><script>alert(1)</script>".ljust(200))
    announce(phone, page)
    send(phone, page, 0)
    assert complete(phone, page).status_code == 422
    assert play(phone, page).status_code == 404
