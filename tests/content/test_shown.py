import pytest

from journal.content.guides import UnknownItem
from journal.content.library import load
from journal.content.shown import shown

LINES = [
    ("prep", "prep-01", {"text": "a\nb"}, [(None, "a\nb", True)]),
    ("prep", "prep-03", {"text": " "}, []),
    ("prep", "prep-04", {"choice": "nothing-right-now"}, [(None, "nothing right now", False)]),
    (
        "prep",
        "prep-04",
        {"text": "the needle", "choice": "yes-and-i-want-to-write-it"},
        [(None, "yes, and I want to write it", False), (None, "the needle", True)],
    ),
    (
        "prep",
        "prep-02",
        {"choices": ["calm", "ease-in-my-body"], "choices_other": "air"},
        [(None, "calm; ease in my body", False), (None, "air", True)],
    ),
    ("prep", "prep-02", {"choices": []}, []),
    (
        "prep",
        "prep-05",
        {"scale": 0},
        [(None, "0 of 10 (0 is not ready, 10 is as ready as I need to be)", False)],
    ),
    (
        "prep",
        "prep-08",
        {"contacts": [{"name": "Mum", "phone": "555"}, {"name": "Jo", "phone": ""}]},
        [(None, "Mum 555", True), (None, "Jo", True)],
    ),
    (
        "prep",
        "prep-09",
        {
            "places": [
                {"place": "chest", "kind": "both", "quality": "tight", "strength": 6},
                {"place": "neck", "kind": "pain"},
            ]
        },
        [(None, "chest: both, tight, 6 of 10", False), (None, "neck: pain", False)],
    ),
    (
        "refl",
        "refl-03",
        {"then": ["afraid", "like glass", "sad"], "now": []},
        [("Then", "afraid, sad", False), ("Then", "like glass", True)],
    ),
    ("refl", "refl-04", {"state": "nothing"}, []),
    ("refl", "refl-04", {"state": "skipped"}, []),
    ("refl", "refl-04", {}, []),
]


@pytest.mark.parametrize(("guide", "item", "answer", "lines"), LINES)
def test_an_answer_is_ready_to_read(guide, item, answer, lines):
    chosen = load().guide(guide)
    found = shown(chosen, {item: answer}, [item])
    wanted = [{"label": label, "value": value, "own": own} for label, value, own in lines]
    question = chosen.item(item).text
    assert found == ([{"question": question, "answer": {"lines": wanted}}] if wanted else [])


def test_what_was_not_chosen_is_not_shown_and_the_order_is_the_guides():
    answers = {id: {"text": id} for id in ("refl-01", "refl-02", "refl-07")}
    found = shown(load().guide("refl"), answers, ["refl-07", "refl-01", "refl-04"])
    assert [one["answer"]["lines"][0]["value"] for one in found] == ["refl-01", "refl-07"]


def test_an_item_of_another_guide_is_refused():
    with pytest.raises(UnknownItem):
        shown(load().guide("refl"), {}, ["day-01"])
