"""The page as a file: every line that is on it, in its order, and nothing else."""

from datetime import UTC, datetime
from typing import Any

import pytest

from journal.paper import page as paper
from tests.paper.reading import pages

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)
HERE = "Europe/London"
FOOT = f"Maya, for Dr Ana Reyes. Made 10 March 2026, 12:00 ({HERE}). {paper.NOTE}"
WRITTEN = "Written 9 March 2026, 8:12. Handed over 10 March 2026."


def line(value: str, *, own: bool = True, label: str | None = None) -> dict[str, Any]:
    return {"label": label, "value": value, "own": own}


def item(question: str, *lines: dict[str, Any]) -> dict[str, Any]:
    return {"question": question, "answer": {"lines": list(lines)}}


def excerpt(id: str, *items: dict[str, Any], kind: str = "whole") -> dict[str, Any]:
    return {
        "id": id,
        "category": "reflections",
        "kind": kind,
        "handed_at": "2026-03-10T11:00:00+00:00",
        "written_at": "2026-03-09T08:12:00+00:00",
        "zone": HERE,
        "content": {"title": f"Title of {id}", "items": list(items)},
    }


def a_page(*excerpts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "patient": {"id": "p", "name": "Maya"},
        "therapist": {"id": "t", "name": "Dr Ana Reyes"},
        "until": None,
        "next_appointment": None,
        "last_dosing": None,
        "excerpts": list(excerpts),
        **more,
    }


def text_of(page: dict[str, Any], zone: str = HERE) -> str:
    """The whole text without its feet."""
    read = pages(paper.render(page, zone=zone, at=AT))
    for n, one in enumerate(read, start=1):
        assert one.endswith(f" {FOOT} {n} of {len(read)}")
    return " ".join(
        one.removesuffix(f" {FOOT} {n} of {len(read)}") for n, one in enumerate(read, 1)
    )


HEAD = f"Maya For Dr Ana Reyes. Made 10 March 2026, 12:00 ({HERE}). {paper.NOTE}"


def test_it_is_the_head_the_words_and_nothing_else() -> None:
    page = a_page(
        excerpt(
            "one",
            item("What came?", line("A river.\n\nIt spoke."), line("quietly", label="How")),
            item("Where?", line("chest", own=False, label="Place"), line("7 of 10", own=False)),
        ),
        excerpt("two", item("And then?", line("Nothing more.")), kind="passage"),
        until="2026-06-09T00:00:00+01:00",
        next_appointment="2026-03-12T10:30:00+00:00",
        last_dosing={"number": 3, "started_at": "2026-03-08T10:00:00+00:00", "route": "nasal"},
    )
    assert text_of(page) == (
        f"{HEAD} Next appointment: 12 March 2026, 10:30 "
        "Last dosing session: number 3, 8 March 2026, nasal spray "
        "Handed over until: 8 June 2026 "
        "Title of one What came? A river. It spoke. How quietly Where? Place: chest 7 of 10 "
        f"{WRITTEN} Title of two And then? “Nothing more.” {WRITTEN}"
    )


def test_the_parts_come_in_their_order_and_each_excerpt_once() -> None:
    ids = ["rest", "intention", "plan", "steps", "effects", "bring", "first", "agenda", "carried"]
    ids += ["visit", "safety"]
    page = a_page(
        *[excerpt(id, item("", line(f"words of {id}"))) for id in ids],
        safety=["safety"],
        agenda="agenda",
        visit=["visit", "agenda"],
        carried=["carried", "first"],
        first=["first", "safety", "gone"],
        bring=["first", "bring"],
        effects=["effects"],
        steps=["steps"],
        intention="intention",
        plan="plan",
    )
    said = text_of(page)
    order = [*paper.BLOCKS, "rest"]
    places = [said.index(f"words of {id}") for id in order]
    assert places == sorted(places)
    assert all(said.count(f"words of {id}") == 1 for id in ids)
    headings = [heading.format(name="Maya") for heading in paper.BLOCKS.values()]
    assert [said.count(f" {one} ") for one in headings] == [1, 1, 1, 1, 0, 1, 1, 1, 1, 1]
    assert said.count(" Handed over Title") == 1


@pytest.mark.parametrize("part", [*paper.BLOCKS, "measures", "scales", "skills"])
@pytest.mark.parametrize("empty", [None, []])
def test_a_part_that_is_empty_leaves_no_trace(part: str, empty: object) -> None:
    one = excerpt("one", item("What came?", line("A river.")))
    assert text_of(a_page(one, **{part: empty})) == text_of(a_page(one))


def test_numbers_stand_as_the_page_has_them() -> None:
    at = "2026-03-05T10:00:00+00:00"
    page = a_page(
        excerpt("one"),
        measures=[
            {
                "id": "phq8",
                "label": "PHQ-8",
                "most": 24,
                "difference": -5.0,
                "points": [
                    {
                        "at": "2026-02-20T10:00:00+00:00",
                        "total": 14,
                        "missing": 0,
                        "excerpt": "one",
                    },
                    {"at": at, "total": 9.0, "missing": 1, "excerpt": "one"},
                    {"at": at, "total": None, "missing": 6, "excerpt": "one"},
                ],
            }
        ],
        scales=[
            {
                "id": "mood",
                "label": "Mood",
                "low": "low",
                "high": "high",
                "points": [{"at": at, "value": 0, "excerpt": "one"}],
            }
        ],
        skills=[
            {
                "id": "x",
                "label": "Room roll call",
                "times": 3,
                "pairs": [
                    {"before": 7, "after": 4, "at": at, "excerpt": "one"},
                    {"before": 0, "after": None, "at": at, "helped": "A little"},
                    {"before": None, "after": None, "at": at, "helped": "It made it worse"},
                    {"before": None, "after": None, "at": at, "helped": None},
                ],
            },
            {"id": "y", "label": "Longer out-breath", "times": 1, "pairs": []},
        ],
    )
    assert text_of(page).partition(f"{WRITTEN} ")[2] == (
        "Questionnaires PHQ-8 20 February 2026: 14 of 24 5 March 2026: 9 of 24, 1 not answered "
        "5 March 2026: no total, 6 not answered Difference from the one before: −5 "
        "Numbers Mood (0 is low, 10 is high) 5 March 2026: 0 "
        "Skills Room roll call, 3 times 5 March 2026: 7 → 4 5 March 2026: 0 → –, A little "
        "5 March 2026: It made it worse Longer out-breath, once"
    )


def test_a_recording_or_drawing_is_named_and_left_on_the_page() -> None:
    media = [{"id": "m", "kind": kind, "type": "x"} for kind in ("drawing", "recording", "photo")]
    said = text_of(a_page(excerpt("one", {"question": "Draw it", "media": media})))
    for kind in ("A drawing", "A recording", "A photo"):
        assert f"{kind}: it is on the page, not in this file." in said


def test_days_are_the_readers_but_for_what_was_written() -> None:
    page = a_page(excerpt("one"), next_appointment="2026-03-12T20:00:00+00:00")
    read = pages(paper.render(page, zone="Asia/Tokyo", at=AT))[0]
    assert "Next appointment: 13 March 2026, 5:00" in read
    assert "Made 10 March 2026, 21:00 (Asia/Tokyo)" in read
    assert WRITTEN in read


def test_words_of_any_script_are_shown_or_stand_as_boxes() -> None:
    said = "Đêm qua – ночь – νύχτα – crème – 夢 – שלום – 👩🏽‍🚀 – \u202e \ud83d"
    text = text_of(a_page(excerpt("one", item("", line(said)))))
    assert "Đêm qua – ночь – νύχτα – crème – □ – □□□□ – □□ –" in text
    assert text.count("this file cannot show") == 1


def test_very_much_is_set_whole() -> None:
    words = [f"word{n}" for n in range(20_000)]
    many = [excerpt(str(n), item("", line(" ".join(words[n::10])))) for n in range(10)]
    said = text_of(a_page(*many)).split()
    assert [one for one in said if one.startswith("word")] == [
        word for n in range(10) for word in words[n::10]
    ]
