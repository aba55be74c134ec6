"""What stands first: what was put there, what is still readable, what is carried."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from journal.brief.order import ordered
from journal.sharing.margin import Marks, Put
from journal.sharing.reading_time import minutes, words_in
from tests.factories import NOW

A, B, C, D, GRANT, OTHER = (UUID(int=n) for n in range(1, 7))
PUT = Put(grant_id=GRANT, released_at=NOW, agenda=A, bring=(B, C, D), first=2)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("readable", "agenda", "bring", "first"),
    [
        ([A, B, C, D], A, [B, C, D], [B, C]),
        ([D, C, B, A], A, [B, C, D], [B, C]),
        ([B, C, D], None, [B, C, D], [B, C]),
        ([A, C, D], A, [C, D], [C]),
        ([A, D], A, [D], []),
        ([A], A, [], []),
    ],
)
def test_what_was_taken_back_falls_out_without_a_trace(readable, agenda, bring, first) -> None:
    order = ordered(PUT, dict.fromkeys(readable, GRANT), {})
    assert (order.released_at, order.agenda) == (NOW, agenda)
    assert (order.bring, order.first) == (bring, first)


@pytest.mark.parametrize("readable", [{}, {A: OTHER, B: OTHER}])
def test_a_release_says_nothing_where_nothing_of_its_grant_is_readable(readable) -> None:
    assert ordered(PUT, readable, {}) == ordered(None, readable, {})
    assert ordered(None, readable, {}).released_at is None


@pytest.mark.parametrize(
    ("marks", "carried"),
    [
        ({}, []),
        ({A: Marks(read=NOW)}, []),
        ({A: Marks(carry=NOW)}, [A]),
        ({A: Marks(carry=NOW, talked=NOW - HOUR)}, [A]),
        ({A: Marks(carry=NOW, talked=NOW)}, []),
        ({A: Marks(carry=NOW, talked=NOW + HOUR)}, []),
        ({A: Marks(carry=NOW), B: Marks(carry=NOW - HOUR)}, [B, A]),
        ({D: Marks(carry=NOW)}, []),
    ],
)
def test_what_is_carried_is_what_was_not_talked_about_since(marks, carried) -> None:
    assert ordered(None, dict.fromkeys([A, B], GRANT), marks).carried == carried


@pytest.mark.parametrize(
    ("put", "marks", "read"),
    [
        (None, {}, 4),  # everything: 150 + 100 + 300 + 250 words
        (PUT, {}, 3),  # the agenda, and two of what is brought
        (replace(PUT, first=0), {}, 1),
        (replace(PUT, first=0), {D: Marks(carry=NOW)}, 2),
        (replace(PUT, agenda=None, first=0), {}, 0),
        (replace(PUT, bring=(A,), first=1), {A: Marks(carry=NOW)}, 1),  # nothing is read twice
    ],
)
def test_the_time_to_read_is_that_of_the_first_screen(put, marks, read) -> None:
    words = {A: 150, B: 100, C: 300, D: 250}
    assert ordered(put, dict.fromkeys(words, GRANT), marks).minutes(words) == read


@pytest.mark.parametrize(("count", "whole"), [(0, 0), (1, 1), (200, 1), (201, 2), (400, 2)])
def test_minutes_are_rounded_up(count, whole) -> None:
    assert minutes([count]) == whole


def test_questions_labels_and_lines_are_read() -> None:
    lines = [{"label": "What helped", "value": "the long\nwalk", "own": True}]
    lines.append({"label": None, "value": "yes", "own": False})
    content = {"items": [{"question": "What helped? What did not?", "answer": {"lines": lines}}]}
    assert words_in(content) == 5 + 2 + 3 + 1
