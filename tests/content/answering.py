"""Any valid answer to any part, and any invalid one, drawn by Hypothesis."""

import base64
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from journal.content.caught import AUDIO, IMAGES
from journal.content.guides import Guide, Item, Kind, Part
from journal.content.library import load
from journal.content.rows import PICTURES, STATUSES, TOLD

LETTERS = st.characters(exclude_characters="\x00", exclude_categories=["Cs"])
LINE = st.text(LETTERS, max_size=60)
WORD = st.text(LETTERS, min_size=1, max_size=40).filter(str.strip)
SCALE = st.integers(0, 10)
IDS = st.uuids().map(str)


def _ids(part: Part) -> list[str]:
    return [option.id for option in part.options]


def _rows(row: SearchStrategy[Any], once: str | None = None, most: int = 4) -> SearchStrategy[Any]:
    return st.lists(row, max_size=most, unique_by=(lambda each: each[once]) if once else None)


def _place(_: Part) -> SearchStrategy[Any]:
    body = load().words.body_map
    return _rows(
        st.fixed_dictionaries(
            {"place": st.sampled_from(body.places), "kind": st.sampled_from(body.kinds)},
            optional={"quality": st.sampled_from(body.qualities), "strength": SCALE},
        )
    )


def _effects(part: Part) -> SearchStrategy[Any]:
    codes = [effect.code for effect in load().effects if effect.window in part.windows]
    row = st.fixed_dictionaries(
        {"code": st.sampled_from(codes)},
        optional={
            "strength": st.integers(1, 3),
            "still": st.booleans(),
            "told": st.sampled_from(TOLD),
            "note": LINE,
            "since": LINE,
            "helped": LINE,
            "systolic": st.integers(30, 350),
            "diastolic": st.integers(10, 250),
            "pulse": st.integers(10, 350),
        },
    )
    return _rows(row, once="code")


STEP = st.fixed_dictionaries(
    {"what": LINE},
    optional={"when": LINE, "where": LINE, "tiny": LINE, "status": st.sampled_from(STATUSES)},
)
PICTURE = st.fixed_dictionaries(
    {
        "type": st.sampled_from(PICTURES),
        "data": st.binary(max_size=200).map(lambda data: base64.b64encode(data).decode()),
    },
    optional={"name": LINE},
)
CAPTION = st.text(LETTERS, max_size=60)
SIDE = st.integers(1, 10_000)
RECORDING = st.fixed_dictionaries(
    {"media": IDS, "type": st.sampled_from(AUDIO), "seconds": st.integers(0, 86_400)},
    optional={"caption": CAPTION},
)
PHOTO = st.fixed_dictionaries(
    {"media": IDS, "type": st.sampled_from(IMAGES), "width": SIDE, "height": SIDE},
    optional={"caption": CAPTION},
)
STROKE = st.fixed_dictionaries(
    {
        "color": st.integers(0, 4),
        "size": st.integers(1, 3),
        "points": st.lists(
            st.tuples(st.integers(-32_767, 32_767), SIDE), min_size=1, max_size=8
        ).map(lambda pairs: [number for pair in pairs for number in pair]),
    }
)
DRAWING = st.fixed_dictionaries(
    {"width": SIDE, "height": SIDE, "strokes": st.lists(STROKE, max_size=4)},
    optional={"caption": CAPTION},
)

VALID: dict[Kind, Callable[[Part], SearchStrategy[Any]]] = {
    Kind.TEXT: lambda _: st.text(LETTERS, max_size=400),
    Kind.CHOICE: lambda part: st.sampled_from(_ids(part)),
    Kind.CHOICES: lambda part: st.lists(
        st.sampled_from(_ids(part)), max_size=part.max or len(part.options), unique=True
    ),
    Kind.SCALE: lambda _: SCALE,
    Kind.WORDS: lambda part: st.lists(
        st.sampled_from(sorted(load().emotion_words)) | WORD, max_size=part.max, unique=True
    ),
    Kind.PLACES: _place,
    Kind.CONTACTS: lambda _: _rows(
        st.fixed_dictionaries({"name": LINE, "phone": st.text(LETTERS, max_size=60)})
    ),
    Kind.STEP: lambda _: STEP,
    Kind.EFFECTS: _effects,
    Kind.ENTRIES: lambda _: st.lists(IDS, max_size=4, unique=True),
    Kind.SKILLS: lambda part: _rows(
        st.fixed_dictionaries(
            {"skill": st.sampled_from([s.id for s in load().skills]) | IDS, "title": LINE}
        ),
        once="skill",
        most=part.max or 4,
    ),
    Kind.LIST: lambda part: st.lists(LINE, max_size=part.max or 5),
    Kind.DATE: lambda _: st.dates().map(str),
    Kind.PICTURE: lambda _: PICTURE,
    Kind.RECORDINGS: lambda _: _rows(RECORDING, once="media"),
    Kind.DRAWING: lambda _: DRAWING,
    Kind.PHOTOS: lambda _: _rows(PHOTO, once="media"),
}

_MEDIUM = "0190a8a0-0000-7000-8000-000000000001"
SOUND: dict[str, Any] = {"media": _MEDIUM, "type": "audio/webm", "seconds": 7}
SEEN: dict[str, Any] = {"media": _MEDIUM, "type": "image/jpeg", "width": 9, "height": 9}
LINE_DRAWN: dict[str, Any] = {"color": 0, "size": 1, "points": [1, 2, 3, 4]}
SHEET: dict[str, Any] = {"width": 9, "height": 9, "strokes": [LINE_DRAWN]}

INVALID: dict[Kind, list[Any]] = {
    Kind.TEXT: [3, None, ["a"], {"a": 1}, "\x00", "x" * 200_001],
    Kind.CHOICE: ["not one of them", 1, None, ["a"], {}],
    Kind.CHOICES: [["not one of them"], "a", [1], [[]], {"a": 1}],
    Kind.SCALE: [11, -1, 5.5, "5", True, None, [5]],
    Kind.WORDS: [["x" * 41], [" "], "calm", [["calm"]], ["calm", "calm"]],
    Kind.PLACES: [[{"place": "moon", "kind": "pain"}], [{"place": "head"}], "head", [1], {}],
    Kind.CONTACTS: [[{"name": "Mum"}], [{"name": 1, "phone": "1"}], "Mum", [[]], {}],
    Kind.STEP: [
        {"what": 1},
        {},
        "walk",
        [],
        {"what": "a", "status": "failed"},
        {"what": "a", "x": 1},
    ],
    Kind.EFFECTS: [
        [{"code": "joy"}],
        [{"strength": 1}],
        [{"code": "nausea", "strength": 4}],
        [{"code": "nausea", "strength": True}],
        [{"code": "nausea", "still": "yes"}],
        [{"code": "anx"}, {"code": "anx"}],
        "anx",
        [["anx"]],
    ],
    Kind.ENTRIES: [["x"], "x", [1], [{}], {"a": 1}, ["00000000-0000-7000-8000-00000000000A"]],
    Kind.SKILLS: [[{"skill": "gr-room"}], ["gr-room"], "gr-room", [{"skill": 1, "title": "a"}]],
    Kind.LIST: [["x" * 2_001], [1], "a", [[]], {"a": 1}, ["a"] * 21],
    Kind.DATE: ["2026-02-30", "yesterday", 20260101, None, "2026-1-1", "20260101", []],
    Kind.PICTURE: [
        {"type": "image/svg+xml", "data": ""},
        {"type": "image/png", "data": "not base64"},
        {"type": "image/png"},
        "a",
        [],
        {"type": "image/png", "data": "é"},
    ],
    Kind.RECORDINGS: [
        [SOUND, SOUND],
        [SOUND | {"media": "x"}],
        [SOUND | {"type": "audio/ogg"}],
        [SOUND | {"seconds": 1.5}],
        [SOUND | {"seconds": -1}],
        [SOUND | {"caption": "x" * 201}],
        [SOUND | {"data": "AAAA"}],
        [{"media": SOUND["media"]}],
        [SOUND | {"media": f"0190a8a0-0000-7000-8000-{n:012}"} for n in range(21)],
        SOUND,
        "a",
    ],
    Kind.DRAWING: [
        SHEET | {"width": 0},
        SHEET | {"height": 10_001},
        SHEET | {"strokes": [LINE_DRAWN | {"color": 5}]},
        SHEET | {"strokes": [LINE_DRAWN | {"size": 0}]},
        SHEET | {"strokes": [LINE_DRAWN | {"points": [1, 2, 3]}]},
        SHEET | {"strokes": [LINE_DRAWN | {"points": []}]},
        SHEET | {"strokes": [LINE_DRAWN | {"points": [1.5, 2]}]},
        SHEET | {"strokes": [LINE_DRAWN | {"points": [True, 2]}]},
        SHEET | {"strokes": [LINE_DRAWN | {"points": [40_000, 2]}]},
        SHEET | {"strokes": [LINE_DRAWN | {"points": [1, 2] * 30_001}]},
        SHEET | {"strokes": [LINE_DRAWN] * 2_001},
        SHEET | {"caption": 7},
        {"width": 9, "height": 9},
        [SHEET],
        "a",
    ],
    Kind.PHOTOS: [
        [SEEN, SEEN],
        [SEEN | {"type": "image/png"}],
        [SEEN | {"width": 0}],
        [SEEN | {"media": 7}],
        [SEEN | {"caption": "\ud800"}],
        [SEEN | {"media": f"0190a8a0-0000-7000-8000-{n:012}"} for n in range(11)],
        SEEN,
    ],
}


def answers_to(guide: Guide) -> SearchStrategy[dict[str, Any]]:
    """Any mixture of valid answers: some items, some of their parts, or a state."""
    return st.fixed_dictionaries({}, optional={item.id: _answer(item) for item in guide.items})


def _answer(item: Item) -> SearchStrategy[dict[str, Any]]:
    parts = {part.name: VALID[part.kind](part) for part in item.parts}
    own = {part.other_name: LINE for part in item.parts if part.other}
    states = ["skipped", "unsure", *(["nothing"] if item.nothing else [])]
    said = st.fixed_dictionaries({}, optional=parts | own)
    return said | st.sampled_from(states).map(lambda state: {"state": state})
