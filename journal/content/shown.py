"""Answers as lines that are ready to read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypedDict

from journal.content import caught_lines, scoring
from journal.content.guides import Guide, Item, Kind, Part
from journal.content.library import load
from journal.content.rows import is_own

Values = Iterator[tuple[str, bool]]


class Line(TypedDict):
    """One line. `own` is true for the person's own words, false for something picked."""

    label: str | None
    value: str
    own: bool


class Shown(TypedDict):
    """The lines of one answer."""

    lines: list[Line]


class Answered(TypedDict):
    """A question with its answer."""

    question: str
    answer: Shown


def shown(guide: Guide, answers: Mapping[str, Any], items: Sequence[str]) -> list[Answered]:
    """Render the answers to `items`, in the order of the guide.

    Skipped, not sure and nothing came are left out, and so are answers that hold nothing. What may
    be handed over is for the caller to decide. Under the answers of a measure stands its total, if
    every item that counts is among `items`, answered or not.

    :raises UnknownItem: an item is not part of the guide.
    """
    wanted = {guide.item(id).id for id in items}
    answered = []
    for item in guide.items:
        if item.id in wanted and (lines := _lines(item, answers.get(item.id, {}))):
            answered.append(Answered(question=item.text, answer=Shown(lines=lines)))
    return answered + _total(guide, answers, wanted)


def _total(guide: Guide, answers: Mapping[str, Any], wanted: set[str]) -> list[Answered]:
    """What the answers of a measure add up to; a part of them is handed over without."""
    if guide.measure is None or not wanted.issuperset(guide.measure.items):
        return []
    if not any(_lines(guide.item(id), answers.get(id, {})) for id in guide.measure.items):
        return []
    value = scoring.said(guide, scoring.score(guide, answers))
    line = Line(label=None, value=value, own=False)
    return [Answered(question="Total", answer=Shown(lines=[line]))]


def _lines(item: Item, answer: Mapping[str, Any]) -> list[Line]:
    if "state" in answer:
        return []
    return [
        Line(label=part.label, value=value, own=own)
        for part in item.parts
        for value, own in _values(part, answer)
        if value.strip()
    ]


def _values(part: Part, answer: Mapping[str, Any]) -> Values:
    """What a part says: each value, and whether the words are the person's own."""
    if part.name in answer:
        yield from SAYS[part.kind](part, answer[part.name])
    if part.other and part.other_name in answer:
        yield answer[part.other_name], True


def _text(_: Part, value: str) -> Values:
    yield value, True


def _choice(part: Part, value: str) -> Values:
    yield from _choices(part, [value])


def _choices(part: Part, value: list[str]) -> Values:
    # Some labels hold a comma.
    labels = {option.id: option.label for option in part.options}
    yield "; ".join(labels[one] for one in value), False


def _scale(part: Part, value: int) -> Values:
    yield f"{value} of 10 (0 is {part.low}, 10 is {part.high})", False


def _words(_: Part, value: list[str]) -> Values:
    known = load().emotion_words
    yield ", ".join(word for word in value if word in known), False
    yield ", ".join(word for word in value if word not in known), True


def _places(_: Part, value: list[dict[str, Any]]) -> Values:
    for row in value:
        said = [row["kind"], *([row["quality"]] if "quality" in row else [])]
        said += [f"{row['strength']} of 10"] if "strength" in row else []
        yield f"{row['place']}: {', '.join(said)}", False


def _contacts(_: Part, value: list[dict[str, str]]) -> Values:
    for row in value:
        yield f"{row['name']} {row['phone']}".strip(), True


def _step(_: Part, value: dict[str, str]) -> Values:
    for name in ("what", "when", "where", "tiny"):
        yield value.get(name, ""), True
    if (status := value.get("status", "open")) != "open":
        yield STATUS[status], False


def _effects(_: Part, value: list[dict[str, Any]]) -> Values:
    labels = {effect.code: effect.label for effect in load().effects}
    for row in value:
        said = [words[row[name]] for name, words in EFFECT_SAYS.items() if name in row]
        if {"systolic", "diastolic"} <= row.keys():
            said.append(f"{row['systolic']}/{row['diastolic']}")
        if "pulse" in row:
            said.append(f"pulse {row['pulse']}")
        yield labels[row["code"]] + (f": {', '.join(said)}" if said else ""), False
        for name in ("since", "helped", "note"):
            yield row.get(name, ""), True


def _skills(_: Part, value: list[dict[str, str]]) -> Values:
    """By the titles they had when they were picked; the title of one's own is one's own words."""
    yield "; ".join(row["title"] for row in value if not is_own(row["skill"])), False
    for row in value:
        if is_own(row["skill"]):
            yield row["title"], True


def _list(_: Part, value: list[str]) -> Values:
    for line in value:
        yield line, True


def _date(_: Part, value: str) -> Values:
    yield value, False


def _nothing(_: Part, __: Any) -> Values:
    """What stays with the person: which entries were picked, and pictures."""
    yield from ()


STATUS = {
    "did": "did it",
    "part": "did part of it",
    "changed": "changed it",
    "not-today": "not today",
    "dropped": "dropped it",
}
EFFECT_SAYS: dict[str, dict[Any, str]] = {
    "strength": {1: "mild", 2: "medium", 3: "strong"},
    "still": {True: "still there", False: "gone"},
    "told": {
        "yes": "told the clinic",
        "no": "not told the clinic",
        "not-yet": "not yet told the clinic",
    },
}

SAYS: dict[Kind, Callable[[Part, Any], Values]] = {
    Kind.TEXT: _text,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.SCALE: _scale,
    Kind.WORDS: _words,
    Kind.PLACES: _places,
    Kind.CONTACTS: _contacts,
    Kind.STEP: _step,
    Kind.EFFECTS: _effects,
    Kind.ENTRIES: _nothing,
    Kind.SKILLS: _skills,
    Kind.LIST: _list,
    Kind.DATE: _date,
    Kind.PICTURE: _nothing,
    Kind.RECORDINGS: caught_lines.recordings,
    Kind.DRAWING: caught_lines.drawing,
    Kind.PHOTOS: caught_lines.photos,
}
