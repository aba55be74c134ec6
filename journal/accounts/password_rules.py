"""What a password must be: long, and not one that everybody tries first. Nothing else."""

import re
import unicodedata
from collections.abc import Iterable

import zxcvbn

from journal.errors import Invalid

LEAST = 15  # characters
MOST = 1024

ENOUGH = 10
"""A password that needs fewer than 10^10 guesses is refused."""

_OF_ITS_OWN = 8
"""Characters that have to be left when names are taken out."""

_PARTS = re.compile(r"[\W_]+")
_LOOKED_AT = 24  # characters
"""Estimating is slow where letters and signs stand for each other, and it holds up every thread: at
72 characters for seconds. Who needs 10^10 guesses for the first 24 needs no fewer for them all."""


def normal(password: str) -> str:
    """The one form of those that look alike (NFKC): keyboards differ in what they send."""
    return unicodedata.normalize("NFKC", password)


def check(password: str, *, about: Iterable[str] = ()) -> str:
    """The password as it is to be hashed. It takes long: `passwords.checked` waits for its turn.

    :param about: names of the person and their clinic: what is made of them is guessed first.
    :raises Invalid: too short, too long, or among the first that are tried.
    """
    told = normal(password)
    if len(told) < LEAST:
        raise Invalid.at("/password", f"Use {LEAST} characters or more.")
    if len(told) > MOST:
        raise Invalid.at("/password", f"Use {MOST} characters or fewer.")
    known = [part for name in about for part in (name, *_PARTS.split(name)) if len(part) > 1]
    guesses = zxcvbn.zxcvbn(told[:_LOOKED_AT], user_inputs=known)["guesses_log10"]
    if guesses < ENOUGH or _mostly(told, known):
        raise Invalid.at("/password", "That is easy to guess. Try four or five words.")
    return told


def _mostly(password: str, names: Iterable[str]) -> bool:
    left = password.casefold()
    for name in sorted(names, key=len, reverse=True):
        left = left.replace(name.casefold(), "")
    return left != password.casefold() and len(_PARTS.sub("", left)) < _OF_ITS_OWN
