"""Checking answers against a guide edition. Plain functions: every save runs through here."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from marshmallow import ValidationError

from journal.content.guides import Guide, Item, State
from journal.content.rows import MAX_OTHER, Check, text_up_to
from journal.content.values import check_of


def check(guide: Guide, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Check what was sent against the items of one guide edition.

    :return: the answers, unchanged.
    :raises ValidationError: something does not fit; `messages` is `{item: {part: [fault]}}`.
    """
    checks = _checks(guide)
    faults: dict[str, Any] = {}
    for id, answer in answers.items():
        if id not in checks:
            faults[id] = ["This question is not part of the guide."]
        elif not isinstance(answer, dict):
            faults[id] = ["An answer is an object."]
        elif found := _faults(*checks[id], answer):
            faults[id] = found
    if faults:
        raise ValidationError(faults)
    return dict(answers)


def _faults(
    item: Item, checks: Mapping[str, Check], answer: Mapping[str, Any]
) -> dict[str, list[str]]:
    if "state" in answer:
        fault = _state_fault(item, answer)
        return {"state": [fault]} if fault else {}
    faults = {}
    for name, value in answer.items():
        check_value = checks.get(name)
        fault = check_value(value) if check_value else "This is not part of the question."
        if fault:
            faults[name] = [fault]
    return faults


def _state_fault(item: Item, answer: Mapping[str, Any]) -> str | None:
    state = answer["state"]
    if len(answer) > 1:
        return "An answer has either a state or a value."
    if state not in list(State):
        return "There is no such state."
    if state == State.NOTHING and item.nothing is None:
        return "This question does not have it."
    return None


@lru_cache(maxsize=512)  # editions that clinics make are without number
def _checks(guide: Guide) -> dict[str, tuple[Item, dict[str, Check]]]:
    return {item.id: (item, dict(_named(item))) for item in guide.items}


def _named(item: Item) -> list[tuple[str, Check]]:
    own = [(part.name, check_of(part)) for part in item.parts]
    return own + [(part.other_name, text_up_to(MAX_OTHER)) for part in item.parts if part.other]
