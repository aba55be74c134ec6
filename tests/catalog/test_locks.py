"""Words that stay as they are, one change each: what is about the clinic, what leads to help."""

from copy import deepcopy

import pytest

from journal.content.guides import Share
from journal.content.library import load
from tests.catalog.clinic import desk_of, guide, put
from tests.catalog.test_rules import as_sent, at, pointers

REFL_10, PRAC_06, PRE_07 = 9, 6, 7
CHOICE = ("parts", 0, "options")
NEW = {"id": "o-0123456789ab", "label": "often", "score": None}


def places(found):
    return [
        (one.id, place)
        for one in load().guides
        if one.kind in {"reflection", "extra", "plan", "log", "own", "check-in"}
        for place, item in enumerate(one.items)
        if found(item)
    ]


def card(item):
    return any(rule.note == "help-card" for rule in item.notes)


def test_these_are_the_questions_it_is_about():
    assert places(lambda item: item.share is Share.NEVER) == [("refl", REFL_10)]
    assert places(card) == [("prac", PRAC_06), ("pre", PRE_07)]


@pytest.mark.parametrize(
    ("path", "change", "refused"),
    [
        ((), {"text": "How was the tea?"}, "/text"),
        ((), {"help": "We read this."}, "/help"),
        ((), {"help": None}, "/help"),
        ((), {"nothing": "nothing"}, "/nothing"),
        ((), {"notes": []}, "/notes"),
        ((), {"share": "ask"}, "/share"),
        ((), {"share": "private"}, "/share"),
        (("notes", 0), {"to": "none"}, "/notes"),
        (("notes", 0), {"note": "hard_part"}, "/notes"),
        (("notes", 0), {"any": ["id-rather-not-say"]}, "/notes"),
        (("notes", 0), {"times": 3, "days": 3}, "/notes"),
        (("parts", 0), {"label": "Was the tea hot?"}, "/parts/0/label"),
        ((*CHOICE, 2), {"label": "mostly yes"}, "/parts/0/options/2/label"),
    ],
)
def test_what_is_about_the_clinic_keeps_its_words(path, change, refused):
    sent = as_sent("refl")
    at(sent, "items", REFL_10, *path).update(change)
    assert pointers(sent) == [f"/items/{REFL_10}{refused}"]


def test_it_may_still_be_asked_at_once_and_elsewhere_in_the_order():
    sent = as_sent("refl")
    item = sent["items"].pop(REFL_10)
    sent["items"].insert(0, item | {"tier": "core"})
    assert pointers(sent) == []


@pytest.mark.parametrize(("id", "place"), places(card))
def test_answers_that_bring_the_help_card_stay(id, place):
    """An option more, one with another label, two that changed places: all are refused."""
    here = f"/items/{place}/parts/0/options"
    more, other, swapped, around = (as_sent(id) for _ in range(4))
    at(more, "items", place, *CHOICE).append(NEW)
    assert set(pointers(more)) == {
        here,
        f"{here}/{len(at(more, 'items', place, *CHOICE)) - 1}/label",
    }
    at(other, "items", place, *CHOICE, 0)["label"] = "something else"
    assert pointers(other) == [f"{here}/0/label"]
    first, second = at(swapped, "items", place, *CHOICE)[:2]
    first["label"], second["label"] = second["label"], first["label"]
    assert pointers(swapped) == [f"{here}/0/label", f"{here}/1/label"]
    at(around, "items", place, *CHOICE).reverse()
    assert pointers(around) == [here]


@pytest.mark.parametrize(("id", "place"), places(card))
@pytest.mark.parametrize(
    "change", [{"any": ["x"]}, {"note": "misuse"}, {"to": "none"}, {"times": 2, "days": 9}]
)
def test_the_rule_of_the_help_card_is_not_narrowed(id, place, change):
    sent = as_sent(id)
    rule = at(sent, "items", place, "notes", 0)
    known = at(sent, "items", place, *CHOICE)
    rule.update(change | ({"any": [known[-1]["id"]]} if "any" in change else {}))
    assert pointers(sent) == [f"/items/{place}/notes"]


@pytest.mark.parametrize(("id", "place"), places(card))
def test_no_rule_comes_before_that_of_the_help_card(id, place):
    sent = as_sent(id)
    rules = at(sent, "items", place, "notes")
    rules.insert(0, deepcopy(rules[0]) | {"note": "hard_part", "to": "none"})
    assert pointers(sent) == [f"/items/{place}/notes"]


def test_the_words_around_them_may_change():
    sent = as_sent("pre")
    sent["items"][PRE_07] |= {"help": "Skip it if you like.", "tier": "core"}
    assert pointers(sent) == []


def test_the_refusal_names_the_field_and_makes_no_edition(app, lived_in):
    desk = desk_of(app, lived_in)
    found = guide(desk, "refl")
    found["items"][REFL_10]["text"] = "How was the tea?"
    answer = put(desk, "guides", found)
    assert (answer.status_code, answer.json["errors"]) == (
        422,
        [
            {
                "pointer": f"/items/{REFL_10}/text",
                "detail": "It asks about the clinic itself, so it stays as it is at every clinic.",
            }
        ],
    )
    assert guide(desk, "refl")["edition"] == 1
