"""Two voices, what each can show, and lines broken to a width.

Words of a person stand in the serif voice, everything else in the other. A letter that one of them
lacks is taken from the other; what neither has becomes a box, so that it is seen that something is
missing. Writing from right to left becomes boxes too: its letters in the wrong order would be
another text.
"""

import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from itertools import groupby
from threading import Lock

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

BOX = "□"
SPACES = {"Zs", "Zl", "Zp", "Cc"}
UNSEEN = {"Cf", "Cs"}
RIGHT_TO_LEFT = {"R", "AL", "AN"}
SKIN = range(0x1F3FB, 0x1F400)
SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


class Voice(StrEnum):
    """A font. Each is one file of a package that holds nothing else."""

    SERIF = "serif"
    SANS = "sans"


FILES = {
    Voice.SERIF: ("fontpkg_noto_serif", "NotoSerif[wdth,wght].ttf"),
    Voice.SANS: ("fontpkg_arimo", "Arimo[wght].ttf"),
}
Run = tuple[Voice, str]

_fonts: dict[Voice, TTFont] = {}
_opening = Lock()


def fonts() -> dict[Voice, TTFont]:
    """The fonts by voice, read once for each process."""
    with _opening:
        for voice, (package, name) in FILES.items():
            if voice not in _fonts:
                with resources.as_file(resources.files(package) / "files" / name) as path:
                    _fonts[voice] = TTFont(voice.value, str(path))
                pdfmetrics.registerFont(_fonts[voice])
    return _fonts


def plain(text: str) -> str:
    """One line of text as it will be seen: composed, with a box for what cannot be shown."""
    return "".join(map(_seen, unicodedata.normalize("NFC", text)))


def runs(text: str, voice: Voice) -> Iterator[Run]:
    """What `plain` made, in pieces of one font each."""
    for used, letters in groupby(text, lambda letter: _voice_of(letter, voice)):
        yield used, "".join(letters)


def width(text: str, voice: Voice, size: float) -> float:
    """How wide a piece of text is, in points."""
    return size * sum(_wide(letter, voice) for letter in text)


def broken(text: str, voice: Voice, size: float, room: float) -> list[str]:
    """Lines no wider than `room`, broken between words or, where one is too long, in it."""
    lines: list[str] = []
    line: list[str] = []
    used, space = 0.0, width(" ", voice, size)
    for word in text.split():
        wide = width(word, voice, size)
        if line and used + space + wide > room:
            lines.append(" ".join(line))
            line, used = [], 0.0
        if wide > room:
            *full, word = _cut(word, voice, size, room)
            lines += full
            wide = width(word, voice, size)
        used += (space if line else 0.0) + wide
        line.append(word)
    return [*lines, " ".join(line)] if line else lines


def _cut(word: str, voice: Voice, size: float, room: float) -> list[str]:
    pieces, start, used = [], 0, 0.0
    for at, letter in enumerate(word):
        wide = width(letter, voice, size)
        if used + wide > room and at > start:
            pieces.append(word[start:at])
            start, used = at, 0.0
        used += wide
    return [*pieces, word[start:]]


@lru_cache(maxsize=4096)
def _seen(letter: str) -> str:
    code = ord(letter)
    category = unicodedata.category(letter)
    if category in SPACES:
        return " "
    if category in UNSEEN or code in SKIN or any(code in one for one in SELECTORS):
        return ""
    known = any(code in font.face.charToGlyph for font in fonts().values())
    if not known or unicodedata.bidirectional(letter) in RIGHT_TO_LEFT:
        return BOX
    return letter


@lru_cache(maxsize=4096)
def _wide(letter: str, voice: Voice) -> float:
    return fonts()[_voice_of(letter, voice)].stringWidth(letter, 1)


@lru_cache(maxsize=4096)
def _voice_of(letter: str, voice: Voice) -> Voice:
    if ord(letter) in fonts()[voice].face.charToGlyph:
        return voice
    return next(one for one in Voice if one is not voice)
