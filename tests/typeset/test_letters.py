"""What a font can show, what becomes a box, and where lines break."""

from itertools import pairwise

import pytest

from journal.typeset.letters import BOX, Voice, broken, plain, runs, width

ANY = list(Voice)


@pytest.mark.parametrize("voice", ANY)
@pytest.mark.parametrize(
    "text",
    [
        "Crème brûlée, naïve façade, Łódź, İstanbul, ñandú, smørrebrød, ţară, Žižek",
        "Đêm qua tôi mơ thấy dòng sông: ờ ỡ ợ ẵ ặ ỹ",
        "Η νύχτα ήταν ήσυχη, ΐ ώ Ώ",
        "Ночь была тихой, ещё їжак, ўсё",
        "“It’s” – 7 → 4, 20 % · 3½ € … •",
    ],
)
def test_what_is_shown_as_it_was_written(text: str, voice: Voice) -> None:
    assert plain(text) == text
    assert "".join(piece for _, piece in runs(text, voice)) == text
    assert width(text, voice, 10) > 0


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\u0301o\u031b\u0300", "áờ"),  # accents that came apart are put together
        ("夢", BOX),
        ("שלום", BOX * 4),
        ("مرحبا", BOX * 5),
        ("👩🏽‍🚀", BOX * 2),  # a person and a rocket; the joint and the colour are unseen
        ("☺\ufe0f", "☺"),
        ("a\u00adb\u200b\u202ec", "abc"),
        ("a\tb\x07c\u00a0d", "a b c d"),
        ("\ud800", ""),
        ("\U0010ffff", BOX),
    ],
)
def test_what_is_shown_otherwise(text: str, seen: str) -> None:
    assert plain(text) == seen


def test_a_letter_one_voice_lacks_is_taken_from_the_other() -> None:
    assert list(runs("7 → 4", Voice.SERIF)) == [
        (Voice.SERIF, "7 "),
        (Voice.SANS, "→"),
        (Voice.SERIF, " 4"),
    ]


@pytest.mark.parametrize("voice", ANY)
def test_lines_break_between_words_and_no_word_is_lost(voice: Voice) -> None:
    text = "The water was not cold. Somebody had left the door open behind me. " * 9
    lines = broken(text, voice, 11, 200)
    assert " ".join(lines).split() == text.split()
    assert all(width(line, voice, 11) <= 200 for line in lines)
    # Each line is as full as it can be.
    for line, after in pairwise(lines):
        assert width(f"{line} {after.split()[0]}", voice, 11) > 200


def test_a_word_that_is_too_long_is_broken_in_it() -> None:
    lines = broken("so " + "w" * 100 + " it goes", Voice.SERIF, 11, 120)
    assert "".join(lines).replace(" ", "") == "so" + "w" * 100 + "itgoes"
    assert all(width(line, Voice.SERIF, 11) <= 120 for line in lines)
    assert len(lines) > 3


def test_a_room_smaller_than_a_letter_still_ends() -> None:
    assert broken("abc", Voice.SERIF, 11, 1) == ["a", "b", "c"]


def test_nothing_makes_no_line() -> None:
    assert broken("  ", Voice.SANS, 11, 100) == []
