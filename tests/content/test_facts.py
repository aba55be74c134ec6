"""The numbers of what is handed over: of exactly the rows that go along."""

import pytest

from journal.content.facts import facts
from journal.content.library import load
from journal.content.shown import shown

MOOD = {
    "kind": "scale",
    "id": "check-01",
    "label": "How is your mood right now?",
    "of": [0],
    "value": 6,
    "low": "very low",
    "high": "very good",
}


@pytest.mark.parametrize(
    ("items", "found"),
    [
        (["check-01"], [MOOD]),
        (["check-05", "check-01"], [MOOD]),
        (["check-05"], []),
        (["check-02"], []),
        ([], []),
    ],
)
def test_only_what_goes_along_is_counted(items, found) -> None:
    answers = {
        "check-01": {"scale": 6},
        "check-02": {"state": "skipped"},
        "check-05": {"text": "Seminar."},
    }
    assert facts(load().guide("check-in"), answers, items) == found


def test_a_measure_says_its_total_what_is_missing_and_where_it_was_read() -> None:
    guide = load().guide("phq9")
    answers = {item.id: {"choice": item.parts[0].options[1].id} for item in guide.items[:9]}
    total, nine = facts(guide, answers, [item.id for item in guide.items])
    assert total == {
        "kind": "measure",
        "id": "phq9",
        "label": guide.title,
        "of": list(range(9)),
        "total": 9,
        "missing": 0,
        "asked": 9,
        "most": 27,
    }
    assert (nine["kind"], nine["id"], nine["of"]) == ("item", "phq9-09", [8])
    del answers["phq9-02"]
    total, nine = facts(guide, answers, [item.id for item in guide.items])
    assert (total["total"], total["missing"], total["of"]) == (None, 1, list(range(8)))
    assert nine["of"] == [7]


def test_rows_are_those_that_are_shown() -> None:
    guide = load().guide("pre")
    answers = {
        "pre-02": {"state": "skipped"},
        "pre-03": {"helped": "walking"},
        "pre-05": {
            "effects": [{"code": "nausea", "strength": 2, "still": True}, {"code": "taste"}]
        },
        "pre-10": {"text": "the door"},
    }
    items = [item.id for item in guide.items]
    rows = shown(guide, answers, items)
    nausea, taste, visit = facts(guide, answers, items)
    assert nausea == {
        "kind": "effect",
        "id": "nausea",
        "label": "Feeling sick to my stomach",
        "of": [1],
        "severity": "medium",
        "still": True,
    }
    assert (taste["id"], taste["severity"], taste["still"]) == ("taste", None, None)
    assert (visit["id"], visit["of"]) == ("pre-10", [2])
    assert rows[2]["question"] == guide.item("pre-10").text


@pytest.mark.parametrize(
    ("guide", "answers", "label"),
    [
        ("week", {"week-03": {"step": {"what": "walk", "status": "part"}}}, "did part of it"),
        ("week", {"week-03": {"step": {"what": "walk", "status": "open"}}}, None),
        ("week", {"week-03": {"step": {"what": "walk"}}}, None),
        ("prac", {"prac-04": {"choice": "dropping"}}, "dropping it"),
    ],
)
def test_a_small_step_says_how_it_went(guide, answers, label) -> None:
    found = facts(load().guide(guide), answers, list(answers))
    assert [one["label"] for one in found if one["kind"] == "step"] == ([label] if label else [])


def test_words_are_never_in_a_fact() -> None:
    words = "a very private sentence"
    guide = load().guide("practice")
    answers = {
        "practice-01": {"skill": [{"skill": "gr-room", "title": "Room"}], "need": words},
        "practice-02": {"scale": 7},
        "practice-05": {"text": words},
    }
    found = facts(guide, answers, [item.id for item in guide.items])
    assert words not in str(found)
    assert [(one["kind"], one["before"], one["after"]) for one in found] == [("practice", 7, None)]
