"""What is copied across: the whole, some answers or a passage, and nothing around it."""

from flask import Flask
from flask.testing import FlaskClient

from tests.acts import Written, give, handing, read_page, said, save, signed_in, words, write
from tests.worlds import World

TEXT = "Before. The 👩🏽‍🚀 stood at the rívèr 🌊 and waved. After."
ANSWERS = {
    "refl-01": {"text": TEXT},
    "refl-02": {"text": "the second answer"},
    "refl-04": {"state": "nothing"},
    "refl-07": {"text": "   "},
    "refl-09": {"scale": 3, "text": "why three"},
    "refl-10": {"text": "never handed over"},
}


AROUND = {"id", "category", "kind", "guide", "handed_at", "written_at", "zone", "marks"}


def sent(phone: FlaskClient, grant: str, written: Written, what: dict) -> tuple[int, list | dict]:  # type: ignore[type-arg]
    answer = phone.post("/api/handovers", json=handing(grant, written, what))
    return answer.status_code, answer.json.get("excerpts", answer.json)


def passage(quote: str, *, start: int | None = None, **changes: object) -> dict[str, object]:
    begins = TEXT.index(quote) if start is None else start
    return {
        "kind": "passage",
        "item": "refl-01",
        "part": "text",
        "start": begins,
        "end": begins + len(quote),
        "quote": quote,
        **changes,
    }


def test_the_whole_is_every_answer_that_may_leave(app: Flask, lived_in: World) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    written = write(phone, answers=ANSWERS)
    status, made = sent(phone, grant, written, {"kind": "whole"})
    assert (status, len(made)) == (201, 1)
    page = read_page(desk, lived_in.patient)
    lines = said(page)
    assert lines[:2] == [TEXT, "the second answer"]
    assert lines[2].startswith("3 of 10")
    assert lines[3:] == ["why three"]
    assert made[0]["content"] == page.json["excerpts"][0]["content"]
    assert b"never handed over" not in page.data


def test_some_answers_are_those_and_no_others(app: Flask, lived_in: World) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    written = write(phone, answers=ANSWERS)
    status, made = sent(phone, grant, written, {"kind": "answers", "items": ["refl-02"]})
    assert (status, made[0]["kind"]) == (201, "answers")
    page = read_page(desk, lived_in.patient)
    assert said(page) == ["the second answer"]
    assert len(page.json["excerpts"][0]["content"]["items"]) == 1


def test_a_passage_is_the_quote_and_nothing_around_it(app: Flask, lived_in: World) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    written = write(phone, answers=ANSWERS)
    question = phone.get("/api/guides/refl/1").json["items"][0]["text"]
    for quote in ("👩🏽‍🚀", "🌊 and", "rívèr", "Before.", "After.", TEXT, "🚀 s"):
        status, made = sent(phone, grant, written, passage(quote))
        assert status == 201
        page = read_page(desk, lived_in.patient)
        [excerpt] = page.json["excerpts"]
        assert excerpt.keys() == {*AROUND, "content"}
        line = {"label": None, "value": quote, "own": True}
        item = {"question": question, "answer": {"lines": [line]}}
        assert excerpt["content"]["items"] == [item]
        assert excerpt["content"].keys() == {"title", "items", "facts"}
        assert excerpt["content"]["facts"] == []
        for hint in (written.id, written.revision, "second answer"):
            assert hint.encode() not in page.data
        phone.delete(f"/api/excerpts/{made[0]['id']}")


def test_what_does_not_fit_is_refused_and_nothing_is_copied(app: Flask, lived_in: World) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    picked = {"refl-05": {"choice": option_of(phone, "refl-05"), "text": "because"}}
    written = write(phone, answers=ANSWERS | picked)
    choice = picked["refl-05"]["choice"]
    misfits = [
        (passage("the river"[:3], start=0), "/what/quote"),
        (passage("Before.", start=1), "/what/quote"),
        (passage("Before.") | {"end": 8}, "/what/quote"),
        (passage("After.") | {"end": 9_999_999}, "/what/quote"),
        (passage("After.", start=len(TEXT) - 5), "/what/quote"),
        (passage("Before.", start=-7, end=7), "/what/start"),
        (passage("Before.", start=True), "/what/start"),
        (passage("Before.", end="7"), "/what/end"),
        (passage("") | {"start": 0, "end": 0}, "/what/"),
        (passage(" ") | {"start": 7, "end": 8}, "/what/quote"),
        (passage("Before.", part="scale"), "/what/part"),
        (passage("3", start=0, item="refl-09", part="scale"), "/what/part"),
        (passage(choice, start=0, item="refl-05", part="choice"), "/what/part"),
        (passage("Before.", item="refl-99"), "/what"),
        (passage("never handed over", start=0, item="refl-10"), "/what"),
        (passage("x", start=0, item="refl-04"), "/what"),
        ({"kind": "answers", "items": ["refl-10"]}, "/what"),
        ({"kind": "answers", "items": ["refl-02", "refl-10"]}, "/what"),
        ({"kind": "answers", "items": ["refl-99"]}, "/what"),
        ({"kind": "answers", "items": ["refl-04", "refl-07"]}, "/what"),
        ({"kind": "answers", "items": []}, "/what/items"),
        ({"kind": "answers"}, "/what/items"),
        ({"kind": "whole", "items": ["refl-01"]}, "/what/items"),
        ({"kind": "everything"}, "/what/kind"),
        ({}, "/what/kind"),
    ]
    for what, pointer in misfits:
        status, problem = sent(phone, grant, written, what)
        assert status == 422, what
        named = [error["pointer"] for error in problem["errors"]]
        assert named, what
        assert all(one.startswith(pointer) for one in named), (what, named)
        assert TEXT not in str(problem)
    assert said(read_page(desk, lived_in.patient)) == []


def option_of(phone: FlaskClient, item: str) -> str:
    items = phone.get("/api/guides/refl/1").json["items"]
    return str(next(one for one in items if one["id"] == item)["parts"][0]["options"][0]["id"])


def test_an_entry_without_anything_to_hand_over_is_refused(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist)
    for answers in ({}, {"refl-04": {"state": "nothing"}}, {"refl-10": {"text": "never"}}):
        written = write(phone, answers=answers)
        assert sent(phone, grant, written, {"kind": "whole"})[0] == 422


def test_later_edits_do_not_change_the_copy(app: Flask, lived_in: World) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    written = write(phone, "as it was")
    sent(phone, grant, written, {"kind": "whole"})
    edit = words("as it is now")
    save(phone, written.id, edit, parent=written.revision)
    assert said(read_page(desk, lived_in.patient)) == ["as it was"]
    newer = Written(written.id, edit["revision"])
    sent(phone, grant, newer, {"kind": "whole"})
    assert sorted(said(read_page(desk, lived_in.patient))) == ["as it is now", "as it was"]
