"""What a clinic may change, as a table: one change each, and where it is refused."""

from copy import deepcopy

import pytest

from journal.catalog import forms
from journal.catalog.rules import Around, guide_faults
from journal.content.guide_schemas import GuideSchema
from journal.content.library import load
from tests.catalog.clinic import new_guide, new_item, part


def as_sent(id):
    return GuideSchema(exclude=("edition",)).dump(load().guide(id))


def pointers(sent, *, old="same", others=(), before=None):
    standing = load().guide(sent["id"]) if old == "same" else old
    around = Around(load(), frozenset(others), before or {})
    made = forms.guide(deepcopy(sent), sent["id"])
    return [pointer for pointer, _ in guide_faults(standing, made, around)]


def at(sent, *path):
    for step in path:
        sent = sent[step]
    return sent


@pytest.mark.parametrize(
    ("guide", "path", "change"),
    [
        ("refl", (), {"title": "Telling", "intro": "Hello.", "about": "x", "closing": "Bye."}),
        ("refl", (), {"ask": 3}),
        ("refl", ("items", 0), {"text": "Tell it.", "help": "In any order.", "tier": "more"}),
        ("refl", ("items", 0), {"nothing": "nothing came"}),
        ("refl", ("items", 0, "parts", 0), {"label": "Here"}),
        ("day", ("items", 0, "parts", 0, "options", 0), {"label": "all right"}),
    ],
)
def test_words_tiers_and_labels_may_change(guide, path, change):
    sent = as_sent(guide)
    at(sent, *path).update(change)
    assert pointers(sent) == []


def test_the_order_may_change():
    sent = as_sent("refl")
    sent["items"].reverse()
    assert pointers(sent) == []


def test_options_may_be_added_and_not_taken_away():
    sent = as_sent("day")
    options = sent["items"][0]["parts"][0]["options"]
    options.append({"id": "o-0123456789ab", "label": "tired", "score": None})
    assert pointers(sent) == []
    del options[0]
    assert pointers(sent) == ["/items/0/parts/0/options"]


@pytest.mark.parametrize(
    ("guide", "path", "change", "refused"),
    [
        ("refl", (), {"kind": "extra"}, "/kind"),
        ("refl", (), {"stage": None}, "/stage"),
        ("refl", (), {"stage": "day"}, "/stage"),
        ("refl", (), {"category": "skills"}, "/category"),
        ("refl", (), {"category": "nowhere"}, "/category"),
        ("refl", (), {"licence": "Ours"}, "/licence"),
        ("refl", ("items", 0), {"id": "refl-99"}, "/items/0/id"),
        ("refl", ("items", 0), {"category": "skills"}, "/items/0/category"),
        ("refl", ("items", 0), {"category": "measures"}, "/items/0/category"),
        ("refl", ("items", 0), {"shows": "prep-01"}, "/items/0/shows"),
        ("refl", ("items", 0, "parts", 0), {"name": "other"}, "/items/0/parts"),
        ("refl", ("items", 0, "parts", 0), {"lines": "short"}, "/items/0/parts/0/lines"),
        ("check-in", ("items", 0, "parts", 0), {"low": "very high"}, "/items/0/parts/0/low"),
        ("refl", ("items", 0), {"share": "never"}, "/items/0/share"),
        ("day", ("items", 0), {"share": "ask"}, "/items/0/share"),
        ("day", ("items", 0), {"share": "never"}, "/items/0/share"),
        ("concern", ("items", 0), {"share": "ask"}, "/items/0/share"),
    ],
)
def test_what_an_answer_means_may_not_change(guide, path, change, refused):
    sent = as_sent(guide)
    at(sent, *path).update(change)
    assert refused in pointers(sent)


def test_another_kind_of_part_is_another_question():
    sent = as_sent("refl")
    sent["items"][0]["parts"] = [part("scale", name="text", low="none", high="much")]
    assert pointers(sent) == ["/items/0/parts"]


def test_no_question_of_the_product_goes_away():
    sent = as_sent("refl")
    del sent["items"][2]
    assert pointers(sent) == ["/items"]


def leading_to_help():
    return [
        (guide.id, place)
        for guide in load().guides
        if guide.measure is None
        for place, item in enumerate(guide.items)
        if any(rule.note == "help-card" or rule.to == "help" for rule in item.notes)
    ]


@pytest.mark.parametrize(("guide", "place"), leading_to_help())
def test_what_leads_to_help_stays(guide, place):
    sent = as_sent(guide)
    sent["items"][place]["notes"] = []
    assert pointers(sent) == [f"/items/{place}/notes"]


def test_some_questions_lead_to_help():
    assert {guide for guide, _ in leading_to_help()} >= {"pre", "prac", "day"}


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({}, []),
        ({"id": "mine"}, ["/id"]),
        ({"id": "x-12"}, ["/id"]),
        ({"id": "refl-01"}, ["/id"]),
        ({"category": "measures"}, ["/category"]),
        ({"category": "nowhere"}, ["/category"]),
        ({"shows": "prep-01"}, []),
        ({"shows": "nothing-01"}, ["/shows"]),
        ({"parts": [part("scale", low="none", high="much")]}, []),
        ({"parts": [part("picture")]}, ["/parts/0/kind"]),
        ({"parts": [part("effects", windows=["acute"])]}, ["/parts/0/kind"]),
        ({"parts": [part("choice", options=[{"id": "a", "label": "a", "score": 3}])]},
         ["/parts/0/options"]),
        ({"notes": [{"part": "text", "note": "nowhere", "to": "none", "any": [], "at_most": 3,
                     "at_least": None, "times": 1, "days": 1}]}, ["/notes"]),
    ],
)  # fmt: skip
def test_a_question_a_clinic_adds(change, refused):
    sent = as_sent("week")
    sent["items"].append(new_item(**change))
    place = len(sent["items"]) - 1
    others = {item.id for guide in load().guides if guide.id != "week" for item in guide.items}
    assert pointers(sent, others=others) == [f"/items/{place}{one}" for one in refused]


def test_a_question_cannot_move_to_another_guide():
    sent = as_sent("week")
    sent["items"].append(new_item())
    assert pointers(sent, others={"x-0123456789ab"}) == [f"/items/{len(sent['items']) - 1}/id"]


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({}, []),
        ({"kind": "reflection"}, []),
        ({"id": "rest"}, ["/id"]),
        ({"kind": "concern"}, ["/kind"]),
        ({"kind": "own"}, ["/kind"]),
        ({"stage": "week"}, ["/stage"]),
        ({"category": "measures"}, ["/category"]),
    ],
)
def test_a_guide_a_clinic_adds(change, refused):
    assert pointers(new_guide(**{"edition": 0, **change}), old=None) == refused


def test_the_day_of_a_dose_stays_light():
    sent = as_sent("day")
    sent["items"].append(new_item(text="What is the message of it?"))
    assert pointers(sent) == [f"/items/{len(sent['items']) - 1}/text"]
