import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from journal.content.answers import check
from journal.content.guides import Kind
from journal.content.library import load

PLACE = {"place": "chest", "kind": "feeling"}
MUM = {"name": "Mum", "phone": "555 0100"}

RIGHT = [
    ("prep", "prep-01", {"text": "a\nb\t🙂"}),
    ("prep", "prep-01", {"text": "x" * 200_000}),
    ("prep", "prep-01", {"text": ""}),
    ("prep", "prep-01", {}),
    ("prep", "prep-03", {"text": "🙂" * 2_000}),
    ("prep", "prep-02", {"choices": ["calm", "rest", "hope"], "choices_other": "air" * 60}),
    ("prep", "prep-02", {"choices": []}),
    ("prep", "prep-04", {"choice": "nothing-right-now"}),
    ("prep", "prep-04", {"text": "the needle"}),
    ("prep", "prep-05", {"scale": 0}),
    ("prep", "prep-05", {"scale": 10}),
    ("prep", "prep-08", {"contacts": [MUM], "choices": ["i-have-a-ride"]}),
    ("prep", "prep-09", {"places": [PLACE, PLACE | {"quality": "tight", "strength": 0}]}),
    ("day", "day-02", {"words": ["calm", "like glass", "sad"]}),
    ("day", "day-04", {"state": "nothing"}),
    ("day", "day-07", {"effects": [{"code": "nausea", "strength": 1, "still": True}]}),
    ("refl", "refl-03", {"then": ["afraid"], "now": ["warm"]}),
    ("refl", "refl-10", {"state": "skipped"}),
    ("free", "free-01", {"state": "unsure"}),
]


@pytest.mark.parametrize(("guide", "item", "answer"), RIGHT)
def test_an_answer_that_fits_comes_back_as_it_was(guide, item, answer):
    assert check(load().guide(guide), {item: answer}) == {item: answer}


WRONG = [
    ("prep", "prep-01", {"text": 1}, "text"),
    ("prep", "prep-01", {"text": None}, "text"),
    ("prep", "prep-01", {"text": ["a"]}, "text"),
    ("prep", "prep-01", {"text": "x" * 200_001}, "text"),
    ("prep", "prep-03", {"text": "🙂" * 2_001}, "text"),
    ("prep", "prep-01", {"text": "a\x00b"}, "text"),
    ("prep", "prep-01", {"text": "é\x00"}, "text"),
    ("prep", "prep-01", {"text": "\ud800"}, "text"),
    ("prep", "prep-01", {"text": "a\udfffb"}, "text"),
    ("prep", "prep-01", {"words": "a"}, "words"),
    ("prep", "prep-01", {"text_other": "a"}, "text_other"),
    ("prep", "prep-04", {"choice": "calm"}, "choice"),
    ("prep", "prep-04", {"choice": ["nothing-right-now"]}, "choice"),
    ("prep", "prep-04", {"choice": {}}, "choice"),
    ("prep", "prep-04", {"choice_other": "a"}, "choice_other"),
    ("prep", "prep-02", {"choices": "calm"}, "choices"),
    ("prep", "prep-02", {"choices": ["calm", "sun"]}, "choices"),
    ("prep", "prep-02", {"choices": ["calm", ["rest"]]}, "choices"),
    ("prep", "prep-02", {"choices": ["calm", "calm"]}, "choices"),
    ("prep", "prep-02", {"choices": ["calm", "rest", "hope", "play"]}, "choices"),
    ("prep", "prep-02", {"choices_other": "x" * 201}, "choices_other"),
    ("prep", "prep-02", {"choices_other": "\x00"}, "choices_other"),
    ("prep", "prep-05", {"scale": 11}, "scale"),
    ("prep", "prep-05", {"scale": -1}, "scale"),
    ("prep", "prep-05", {"scale": 5.0}, "scale"),
    ("prep", "prep-05", {"scale": "5"}, "scale"),
    ("prep", "prep-05", {"scale": True}, "scale"),
    ("prep", "prep-08", {"contacts": MUM}, "contacts"),
    ("prep", "prep-08", {"contacts": ["Mum"]}, "contacts"),
    ("prep", "prep-08", {"contacts": [{"name": "Mum"}]}, "contacts"),
    ("prep", "prep-08", {"contacts": [MUM | {"e-mail": "m@x"}]}, "contacts"),
    ("prep", "prep-08", {"contacts": [MUM | {"phone": 5550100}]}, "contacts"),
    ("prep", "prep-08", {"contacts": [MUM | {"phone": "5" * 61}]}, "contacts"),
    ("prep", "prep-08", {"contacts": [MUM | {"name": "x" * 201}]}, "contacts"),
    ("prep", "prep-08", {"contacts": [MUM] * 51}, "contacts"),
    ("prep", "prep-09", {"places": PLACE}, "places"),
    ("prep", "prep-09", {"places": ["chest"]}, "places"),
    ("prep", "prep-09", {"places": [{"place": "chest"}]}, "places"),
    ("prep", "prep-09", {"places": [PLACE | {"place": "moon"}]}, "places"),
    ("prep", "prep-09", {"places": [PLACE | {"place": ["chest"]}]}, "places"),
    ("prep", "prep-09", {"places": [PLACE | {"kind": "joy"}]}, "places"),
    ("prep", "prep-09", {"places": [PLACE | {"quality": "blue"}]}, "places"),
    ("prep", "prep-09", {"places": [PLACE | {"strength": 11}]}, "places"),
    ("prep", "prep-09", {"places": [PLACE | {"colour": "blue"}]}, "places"),
    ("prep", "prep-09", {"places": [PLACE] * 51}, "places"),
    ("day", "day-07", {"effects": [{"code": "pee_pain"}]}, "effects"),
    ("day", "day-07", {"effects": [{"code": "anx"}, {"code": "anx"}]}, "effects"),
    ("plan", "plan-08", {"picture": {"type": "image/png", "data": "A" * 2_000_001}}, "picture"),
    ("capture", "capture-01", {"drawing": {"width": 9, "height": 9}}, "drawing"),
    ("capture", "capture-01", {"recordings": [{}]}, "recordings"),
    ("capture", "capture-01", {"photos": {}}, "photos"),
    ("end", "end-05", {"list": ["a"] * 21}, "list"),
    ("day", "day-02", {"words": "calm"}, "words"),
    ("day", "day-02", {"words": [1]}, "words"),
    ("day", "day-02", {"words": [" "]}, "words"),
    ("day", "day-02", {"words": ["x" * 41]}, "words"),
    ("day", "day-02", {"words": ["\ud800"]}, "words"),
    ("day", "day-02", {"words": ["calm", "calm"]}, "words"),
    ("day", "day-02", {"words": list("abcdefg")}, "words"),
    ("day", "day-04", {"state": "nothing", "text": "a"}, "state"),
    ("day", "day-04", {"state": "skipped", "text": ""}, "state"),
    ("day", "day-01", {"state": "nothing"}, "state"),
    ("day", "day-01", {"state": "later"}, "state"),
    ("day", "day-01", {"state": None}, "state"),
    ("day", "day-01", {"state": ["skipped"]}, "state"),
]


@pytest.mark.parametrize(("guide", "item", "answer", "part"), WRONG)
def test_an_answer_that_does_not_fit_is_named(guide, item, answer, part):
    with pytest.raises(ValidationError) as refused:
        check(load().guide(guide), {item: answer})
    ((found, faults),) = refused.value.messages.items()
    assert (found, list(faults)) == (item, [part])
    assert all(isinstance(fault, str) for fault in faults[part])


@pytest.mark.parametrize(
    ("item", "answer"),
    [("refl-01", {"text": "a"}), ("", {}), ("day-01", None), ("day-01", "okay"), ("day-01", [])],
)
def test_a_foreign_item_or_a_bare_value_is_refused(item, answer):
    with pytest.raises(ValidationError) as refused:
        check(load().guide("day"), {item: answer})
    assert list(refused.value.messages) == [item]


def test_every_fault_is_said_at_once_and_no_words_are_repeated():
    with pytest.raises(ValidationError) as refused:
        check(
            load().guide("day"),
            {
                "day-01": {"choice": "canary"},
                "day-02": {"words": ["canary" * 9], "more": 1},
                "day-03": {"text": "fine"},
                "x-01": {},
            },
        )
    assert {item: set(faults) for item, faults in refused.value.messages.items()} == {
        "day-01": {"choice"},
        "day-02": {"words", "more"},
        "x-01": {"This question is not part of the guide."},
    }
    assert "canary" not in str(refused.value)


@given(st.text(max_size=300))
def test_any_text_comes_back_as_it_was_or_is_refused(text):
    answers = {"free-01": {"text": text}}
    keepable = "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)
    if keepable:
        assert check(load().guide("free"), answers) == answers
    else:
        with pytest.raises(ValidationError):
            check(load().guide("free"), answers)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
NAMES = [*Kind, "choices_other", "state", "then"]


@given(st.dictionaries(st.sampled_from(NAMES), JSON, max_size=3))
def test_whatever_is_sent_is_kept_or_refused_and_never_fails(answer):
    for guide in load().guides:
        answers = {item.id: answer for item in guide.items}
        try:
            assert check(guide, answers) == answers
        except ValidationError as refused:
            assert refused.messages  # noqa: PT017


def test_checking_is_fast():
    answers = {
        "refl-01": {"text": "The water was not cold. " * 20},
        "refl-02": {"text": "The door."},
        "refl-03": {"then": ["afraid"], "now": ["warm"]},
        "refl-04": {"state": "nothing"},
        "refl-05": {"choice": "no"},
        "refl-08": {"choice": "less", "places": [PLACE]},
        "refl-09": {"scale": 7, "text": "A long corridor."},
        "refl-10": {"state": "skipped"},
    }
    guide = load().guide("refl")
    rounds = []
    for _ in range(50):
        start = time.perf_counter()
        check(guide, answers)
        rounds.append(time.perf_counter() - start)
    assert min(rounds) < 150e-6


def test_checking_the_largest_drawing_is_fast():
    stroke = {"color": 4, "size": 3, "points": [32_767, -32_767] * 15}
    drawing = {"width": 10_000, "height": 10_000, "strokes": [stroke] * 2_000}
    guide, answers = load().guide("capture"), {"capture-01": {"drawing": drawing}}
    rounds = []
    for _ in range(5):
        start = time.perf_counter()
        assert check(guide, answers) == answers
        rounds.append(time.perf_counter() - start)
    assert min(rounds) < 0.1
