"""Words made alike for finding: without case, without accents, without what stands between them.

The phone's search folds the same way (`frontend/src/domain/fold.ts`): what a patient finds in their
own words is found here too, once it is handed over.
"""

import re
import sys
import unicodedata
from functools import cache

LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | dict.fromkeys("'’ʼ")
)
"""Letters that no decomposition takes apart; an apostrophe stands between nothing."""

ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]")
"""Accents, and the vowel points of Hebrew and Arabic, which are often left out."""

UNSPACED = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
"""Scripts that write no spaces: a word of theirs is found anywhere."""


def fold(text: str) -> str:
    """Words in lower case with one space between them."""
    if text.isascii():
        return _between().sub(" ", text.lower().replace("'", ""))
    plain = ACCENTS.sub("", unicodedata.normalize("NFKD", text.lower()))
    return _between().sub(" ", plain.translate(LETTERS))


def needles(typed: str) -> list[str]:
    """What to look for, of what was typed.

    Each word with a space before it, which stands for the beginning of a word, or without one where
    the script has no spaces. None where no letter and no number was typed.
    """
    words = dict.fromkeys(fold(typed).split())
    return [word if UNSPACED.search(word) else f" {word}" for word in words]


def hay(text: str) -> str:
    """Text in which `needles` can be looked for."""
    return f" {fold(text)}"


def around(line: str, wanted: list[str], widest: int) -> str:
    """As much of a long line as shows what was found in it: whole words, no more than `widest`."""
    text = " ".join(line.split())
    if len(text) <= widest:
        return text
    folded, origin = _traced(text)
    places = [at for needle in wanted if (at := folded.find(needle)) >= 0]
    hit = origin[min(places, default=0) + 1] if places else 0
    room = widest - 2  # an ellipsis on either side
    start = max(0, min(hit - room // 3, len(text) - room))
    if start:
        space = text.find(" ", start, hit)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + room)
    if end < len(text):
        space = text.rfind(" ", hit, end)
        end = space if space > hit else end
    return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")


def _traced(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its letters where it came from."""
    folded, origin = [" "], [0]
    for at, letter in enumerate(text):
        for made in fold(letter):
            if made != " " or folded[-1] != " ":
                folded.append(made)
                origin.append(at)
    return "".join(folded), [*origin, len(text)]


@cache
def _between() -> re.Pattern[str]:
    """What is no letter, no number and no mark on one. A mark belongs to its word."""
    ranges: list[list[int]] = []
    for code in range(sys.maxunicode + 1):
        if code < 0x20000 or code >= 0xE0000:
            _grow(ranges, code)
    marks = "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)
    return re.compile(f"(?:[^\\w{marks}]|_)+")


def _grow(ranges: list[list[int]], code: int) -> None:
    if not unicodedata.category(chr(code)).startswith("M"):
        return
    if ranges and ranges[-1][1] == code - 1:
        ranges[-1][1] = code
    else:
        ranges.append([code, code])
