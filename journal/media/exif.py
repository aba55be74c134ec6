"""What stands in the Exif segment of a photo: how to show it, or where and with what it was taken.

A browser that draws a picture anew may still write an Exif segment of its own, with no more than
size and colours. Such a one passes; whatever else there is, the photo is refused.
"""

from collections.abc import Iterator

NAME = b"Exif\x00\x00"
LONGEST = 256  # bytes: there is no room in it for a place or a second picture
ORDERS = {b"II*\x00": "little", b"MM\x00*": "big"}
ROW = 12  # bytes of one tag

DETAILS = 0x8769
"""Points to the second list of tags."""
HOW_TO_SHOW = {0x0112, 0x011A, 0x011B, 0x0128, 0x0213, DETAILS}
"""Turned which way, dots to an inch, where colours lie."""
SIZE_AND_COLORS = {0x9000, 0x9101, 0xA000, 0xA001, 0xA002, 0xA003}


def harmless(body: bytes) -> bool:
    """Whether an Exif segment says how to show the picture and nothing else."""
    tiff = body.removeprefix(NAME)
    order = ORDERS.get(tiff[:4])
    if len(body) > LONGEST or len(tiff) == len(body) or order is None:
        return False
    try:
        first = dict(_tags(tiff, _number(tiff, 4, 4, order), order))
        second = dict(_tags(tiff, first[DETAILS], order)) if DETAILS in first else {}
    except IndexError:
        return False
    return first.keys() <= HOW_TO_SHOW and second.keys() <= SIZE_AND_COLORS


def _tags(tiff: bytes, at: int, order: str) -> Iterator[tuple[int, int]]:
    """Each tag of one list with its value.

    :raises IndexError: it points outside, or goes on to another list: a small second picture.
    """
    count = _number(tiff, at, 2, order)
    for row in range(at + 2, at + 2 + count * ROW, ROW):
        yield _number(tiff, row, 2, order), _number(tiff, row + 8, 4, order)
    if _number(tiff, at + 2 + count * ROW, 4, order):
        raise IndexError


def _number(tiff: bytes, at: int, size: int, order: str) -> int:
    if at + size > len(tiff):
        raise IndexError
    return int.from_bytes(tiff[at : at + size], "little" if order == "little" else "big")
