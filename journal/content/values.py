"""One check for each kind of part: what does not fit is said in words, what fits is None."""

from collections.abc import Callable
from typing import Any

from journal.content import caught, rows
from journal.content.guides import Kind, Part
from journal.content.library import load
from journal.content.rows import MAX_WORD, Check, among, text_up_to


def check_of(part: Part) -> Check:
    """The check for the values of one part."""
    return CHECKS[part.kind](part)


def _choice(part: Part) -> Check:
    ids = _ids(part)
    return lambda value: None if among(value, ids) else "This is not one of the options."


def _choices(part: Part) -> Check:
    ids = _ids(part)
    return _several(lambda one: among(one, ids), "options", part.most)


def _words(part: Part) -> Check:
    word = text_up_to(MAX_WORD)
    return _several(lambda one: word(one) is None and one.strip(), "words", part.most)


def _effects(part: Part) -> Check:
    offered = [effect.code for effect in load().effects if effect.window in part.windows]
    return rows.several(rows.effect(offered), once="code")


def _list(part: Part) -> Check:
    return rows.several(text_up_to(rows.MAX_LINE), most=part.most or rows.MAX_LIST)


def _ids(part: Part) -> frozenset[str]:
    return frozenset(option.id for option in part.options)


def _several(fits: Callable[[Any], Any], what: str, most: int | None) -> Check:
    def check(value: Any) -> str | None:
        if not isinstance(value, list):
            return "This is not a list."
        if most is not None and len(value) > most:
            return f"Pick up to {most}."
        if not all(fits(one) for one in value):
            return f"Something here is not one of the {what}."
        return "Something is picked twice." if len(set(value)) < len(value) else None

    return check


CHECKS: dict[Kind, Callable[[Part], Check]] = {
    Kind.TEXT: lambda part: text_up_to(part.most or 0),
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.SCALE: lambda _: rows.scale,
    Kind.WORDS: _words,
    Kind.PLACES: lambda _: rows.several(rows.place(load().words.body_map)),
    Kind.CONTACTS: lambda _: rows.several(rows.CONTACT),
    Kind.STEP: lambda _: rows.STEP,
    Kind.EFFECTS: _effects,
    Kind.ENTRIES: lambda _: _several(rows.is_id, "entries", rows.MAX_ROWS),
    Kind.SKILLS: lambda part: rows.several(rows.SKILL, most=part.most, once="skill"),
    Kind.LIST: _list,
    Kind.DATE: lambda _: rows.day,
    Kind.PICTURE: lambda _: rows.PICTURE,
    Kind.RECORDINGS: lambda _: caught.RECORDINGS,
    Kind.DRAWING: lambda _: caught.DRAWING,
    Kind.PHOTOS: lambda _: caught.PHOTOS,
}
