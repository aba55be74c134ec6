"""Answers of private questions: a whole entry leaves without them, picked by name they go."""

import pytest
from flask import Flask

from journal.content import library
from journal.content.guides import Share
from tests.acts import WHOLE, give, handing, read_page, said, signed_in, write
from tests.worlds import World

KEPT = "My uncle, I think."
KEEP = {"choice": "yes-keep-it-just-for-me", "text": KEPT}
ANSWERS = {"refl-01": {"text": "The river."}, "refl-06": KEEP, "refl-10": {"text": "locked"}}
PASSAGE = {
    "kind": "passage", "item": "refl-06", "part": "text", "start": 0, "end": 8, "quote": "My uncle"
}  # fmt: skip


def test_the_whole_is_without_what_is_private(app: Flask, lived_in: World) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    answer = phone.post("/api/handovers", json=handing(grant, write(phone, answers=ANSWERS)))
    assert (answer.status_code, len(answer.json["excerpts"])) == (201, 1)
    page = read_page(desk, lived_in.patient)
    assert said(page) == ["The river."]
    assert len(page.json["excerpts"][0]["content"]["items"]) == 1
    assert b"uncle" not in page.data + answer.data


@pytest.mark.parametrize(
    ("what", "lines"),
    [
        ({"kind": "answers", "items": ["refl-06"]}, ["yes, keep it just for me", KEPT]),
        ({"kind": "answers", "items": ["refl-06", "refl-01"]},
         ["The river.", "yes, keep it just for me", KEPT]),
        (PASSAGE, ["My uncle"]),
    ],
)  # fmt: skip
def test_picked_by_name_it_goes(
    app: Flask, lived_in: World, what: dict[str, object], lines: list[str]
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    sent = handing(give(phone, lived_in.therapist), write(phone, answers=ANSWERS), what)
    assert phone.post("/api/handovers", json=sent).status_code == 201
    assert said(read_page(desk, lived_in.patient)) == lines


def test_an_entry_that_is_all_private_is_not_handed_over_whole(app: Flask, lived_in: World) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    only = {"refl-01": {"state": "skipped"}, "refl-06": KEEP, "refl-10": {"text": "locked"}}
    answer = phone.post("/api/handovers", json=handing(grant, write(phone, answers=only), WHOLE))
    assert (answer.status_code, answer.json["errors"]) == (
        422,
        [
            {
                "pointer": "/what/kind",
                "detail": "These answers are private. Pick those to hand over.",
            }
        ],
    )
    assert said(read_page(desk, lived_in.patient)) == []


def test_a_kind_that_is_not_shared_stops_nothing_that_stays(app: Flask, lived_in: World) -> None:
    """`prac-06` is about alcohol and other drugs, which this grant does not cover."""
    phone = signed_in(app, lived_in.patient)
    grant = give(phone, lived_in.therapist)
    answers = {"prac-01": {"scale": 5}, "prac-06": {"text": "None."}}
    written = write(phone, guide="prac", answers=answers)
    [made] = phone.post("/api/handovers", json=handing(grant, written)).json["excerpts"]
    assert made["category"] == "reflections"
    by_name = handing(grant, written, {"kind": "answers", "items": ["prac-06"]})
    assert phone.post("/api/handovers", json=by_name).status_code == 409


def test_free_writing_and_a_few_words_go_whole(app: Flask, lived_in: World) -> None:
    for id in ("free", "capture"):
        assert {item.share for item in library.load().guide(id).items} == {Share.ASK}
