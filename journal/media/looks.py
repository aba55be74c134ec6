"""Whether bytes are what they are said to be, and a photo without the place it was taken at."""

from collections.abc import Callable

from journal.media import jpeg

EBML = b"\x1a\x45\xdf\xa3"
DOCTYPE = b"webm"
HEAD = 64  # bytes in which a WebM says so


def fault(type: str, whole: bytes) -> str | None:
    """What is wrong with a whole medium, in words; None when nothing is."""
    return LOOKS[type](whole)


def _webm(whole: bytes) -> str | None:
    if whole.startswith(EBML) and DOCTYPE in whole[:HEAD]:
        return None
    return "This is not a WebM recording."


def _mp4(whole: bytes) -> str | None:
    return None if whole[4:8] == b"ftyp" else "This is not an MP4 recording."


LOOKS: dict[str, Callable[[bytes], str | None]] = {
    "audio/webm": _webm,
    "audio/mp4": _mp4,
    "image/jpeg": jpeg.fault,
}
