"""Checks for what is caught without words: recordings, a drawing, photos.

A recording or a photo is named here by the id of its medium; its bytes lie in the media store. A
drawing is vector strokes and lies in the answer itself.
"""

from typing import Any

from journal.content import rows
from journal.content.rows import Check, number, one_of, record, several, text_up_to, whole

AUDIO = ("audio/webm", "audio/mp4")
IMAGES = ("image/jpeg",)

MAX_CAPTION = 200  # characters
MAX_RECORDINGS, MAX_PHOTOS = 20, 10
MAX_SECONDS = 24 * 60 * 60
MAX_STROKES, MAX_NUMBERS = 2_000, 60_000
MAX_SIDE = 10_000
FARTHEST = 32_767  # a finger may slide off the canvas
COLORS, SIZES = 5, 3

_caption = text_up_to(MAX_CAPTION)
_side = number(1, MAX_SIDE)


def _medium(value: Any) -> str | None:
    return None if rows.is_id(value) else "This names no medium."


def _type(known: tuple[str, ...]) -> Check:
    return one_of(known, "This kind of file is not known.")


def _points(value: Any) -> str | None:
    if not isinstance(value, list) or not value or len(value) % 2:
        return "The points of a stroke come in pairs."
    if all(whole(one, -FARTHEST, FARTHEST) for one in value):
        return None
    return "A point of a stroke is not on the canvas."


_stroke = record(
    "A stroke",
    {"color": number(0, COLORS - 1), "size": number(1, SIZES), "points": _points},
    {},
)


def _strokes(value: Any) -> str | None:
    if fault := several(_stroke, most=MAX_STROKES)(value):
        return fault
    if sum(len(stroke["points"]) for stroke in value) > MAX_NUMBERS:
        return "This drawing has too many points."
    return None


RECORDINGS = several(
    record(
        "A recording",
        {"media": _medium, "type": _type(AUDIO), "seconds": number(0, MAX_SECONDS)},
        {"caption": _caption},
    ),
    most=MAX_RECORDINGS,
    once="media",
)
DRAWING = record(
    "A drawing",
    {"width": _side, "height": _side, "strokes": _strokes},
    {"caption": _caption},
)
PHOTOS = several(
    record(
        "A photo",
        {"media": _medium, "type": _type(IMAGES), "width": _side, "height": _side},
        {"caption": _caption},
    ),
    most=MAX_PHOTOS,
    once="media",
)
