"""What a JPEG is made of, read marker by marker: no more of a photo is taken than the picture.

Cameras write where and with what a photo was taken into segments beside the picture. The app draws
the picture anew, which leaves them out; a photo that still has them is refused.
"""

from collections.abc import Iterator

from journal.media import exif

MAX_PIXELS = 40_000_000

START, END, SCAN = 0xD8, 0xD9, 0xDA
RESTARTS = range(0xD0, 0xD8)
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
PICTURE = FRAMES | {0xC4, 0xCC, 0xDB, 0xDD, SCAN}
"""Frames, tables and scans: what a picture is drawn from."""
JFIF, COLORS = 0xE0, 0xE2
HARMLESS = ((JFIF, b"JFIF\x00"), (COLORS, b"ICC_PROFILE\x00"), (0xEE, b"Adobe"))
"""Segments that say how to show it."""
EXIF, PHOTOSHOP = 0xE1, 0xED
EMPTY = bytes.fromhex(
    "50686f746f73686f7020332e3000"  # "Photoshop 3.0"
    "3842494d040400000000"
    "00003842494d042500000000"
    "0010d41d8cd98f00b204e9800998ecf8427e"
)
"""What Apple's encoder writes where there is nothing to say: the MD5 of no text at all."""

NOT_ONE = "This is not a JPEG photo."


class Broken(Exception):
    """Not a JPEG, or cut off."""


def fault(whole: bytes) -> str | None:
    """What is wrong with a photo, in words; None when nothing is."""
    try:
        found = list(segments(whole))
    except (Broken, IndexError):
        return NOT_ONE
    frames = [body for marker, body in found if marker in FRAMES]
    if len(frames) != 1 or not any(marker == SCAN for marker, _ in found):
        return NOT_ONE
    if any(not _belongs(marker, body) for marker, body in found):
        return "This photo still says more than its picture."
    height, width = (int.from_bytes(frames[0][at : at + 2]) for at in (1, 3))
    return None if 0 < height * width <= MAX_PIXELS else "This photo is too large."


def segments(whole: bytes) -> Iterator[tuple[int, bytes]]:
    """Every marker with what belongs to it; the picture's own bits are passed over.

    :raises Broken: it does not begin, go on or end as a JPEG does.
    """
    if whole[:2] != bytes((0xFF, START)):
        raise Broken
    at = 2
    while (marker := _marker(whole, at)) != END:
        size = int.from_bytes(whole[at + 2 : at + 4])
        body = whole[at + 4 : at + 2 + size]
        if size < 2 or len(body) != size - 2:
            raise Broken
        yield marker, body
        at += 2 + size
        if marker == SCAN:
            at = _after_scan(whole, at)
    if at + 2 != len(whole):
        raise Broken  # something hides behind the picture


def _marker(whole: bytes, at: int) -> int:
    if whole[at] != 0xFF:
        raise Broken
    return whole[at + 1]


def _after_scan(whole: bytes, at: int) -> int:
    """Where the bits of a scan end: at the next marker that is none of theirs."""
    while True:
        at = whole.find(b"\xff", at)
        if at < 0:
            raise Broken
        if whole[at + 1] != 0 and whole[at + 1] not in RESTARTS:
            return at
        at += 2


def _belongs(marker: int, body: bytes) -> bool:
    if marker in PICTURE or (marker, body) == (PHOTOSHOP, EMPTY):
        return True
    if marker == EXIF:
        return exif.harmless(body)
    return any(marker == one and body.startswith(name) for one, name in HARMLESS)
