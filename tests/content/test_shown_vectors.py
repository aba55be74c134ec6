"""The lines of an answer, against the vectors the phone's preview is tested with too."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from journal.content.guides import Kind, Lines, Option, Part
from journal.content.library import load
from journal.content.shown import SAYS, shown

SHARED = json.loads((Path(__file__).parents[1] / "shown" / "vectors.json").read_text("utf-8"))
VECTORS = SHARED["vectors"]


def part(raw: dict) -> Part:
    options = tuple(Option(**option) for option in raw.get("options", []))
    lines = Lines(raw["lines"]) if "lines" in raw else None
    windows = tuple(raw.get("windows", ()))
    kind = Kind(raw["kind"])
    return Part(**raw | {"kind": kind, "options": options, "lines": lines, "windows": windows})


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_an_answer_is_said_as_the_phone_says_it(vector):
    guide = load().guide("refl")
    item = replace(guide.items[0], parts=tuple(part(raw) for raw in vector["parts"]))
    found = shown(replace(guide, items=(item,)), {item.id: vector["answer"]}, [item.id])
    lines = [line for answered in found for line in answered["answer"]["lines"]]
    assert [[line["label"], line["value"], line["own"]] for line in lines] == vector["lines"]


def test_every_kind_of_part_has_a_vector():
    assert {part["kind"] for vector in VECTORS for part in vector["parts"]} == set(SAYS)


def test_what_the_phone_is_told_is_what_the_content_has():
    library = load()
    assert set(SHARED["known"]["words"]) <= set(library.emotion_words)
    labels = {effect.code: effect.label for effect in library.effects}
    assert SHARED["known"]["effects"].items() <= labels.items()
