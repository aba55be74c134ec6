"""Words made alike: whoever typed what was written finds it, and what they did not type is not."""

import pytest

from journal.search.folding import around, fold, hay, needles


def found(typed: str, text: str) -> bool:
    wanted = needles(typed)
    return bool(wanted) and all(needle in hay(text) for needle in wanted)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("river", "The River again."),
        ("RIVER", "the river"),
        ("riv", "the river"),
        ("again the", "The river, again."),
        ("creme brulee", "Crème brûlée"),
        ("Crème", "creme"),
        ("cre\u0300me", "crème"),
        ("dont", "I don’t"),
        ("don't", "I dont"),
        ("self made", "self-made"),
        ("STRASSE", "die Straße"),
        ("đêm", "dem"),
        ("duong", "Đường phố"),
        ("лес", "ЛЕС"),
        ("еще", "ещё"),
        ("νυχτα", "Νύχτα"),
        ("שלום", "שָׁלוֹם"),
        ("سلام", "سَلَام"),
        ("किताब", "एक किताब"),
        ("夢", "昨夜の夢を見た"),
        ("ฝัน", "เมื่อคืนฝันถึง"),
        ("7", "mood 7 of 10"),
    ],
)
def test_it_is_found(typed: str, text: str) -> None:
    assert found(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("iver", "the river"),  # a word is found from its beginning
        ("river lake", "the river"),  # every word has to be there
        ("की", "कि"),  # a vowel sign is no accent
        ("__", "__"),
        ("...", "wait..."),
        ("  ", "a  b"),
        ("", "anything"),
    ],
)
def test_it_is_not_found(typed: str, text: str) -> None:
    assert not found(typed, text)


def test_a_short_line_is_shown_whole() -> None:
    assert around("  The  river\tagain. ", [" river"], 300) == "The river again."


@pytest.mark.parametrize("at", [0, 1, 40, 60, 99])
def test_a_long_line_is_cut_around_what_was_found(at: int) -> None:
    words = ["wörd"] * 100
    words[at] = "Fluß"
    shown = around(" ".join(words), needles("fluss"), 60)
    assert "Fluß" in shown.split(" ")
    assert len(shown) <= 60
    assert set(shown.strip("…").split(" ")) == {"wörd", "Fluß"}  # whole words alone
    assert shown.startswith("…") is (at > 5)
    assert shown.endswith("…") is (at < 94)


def test_a_line_without_spaces_is_cut_too() -> None:
    shown = around("雨" * 500 + "夢" + "雨" * 500, needles("夢"), 60)
    assert "夢" in shown
    assert len(shown) <= 60


def test_a_question_found_by_several_lines_is_cut_at_its_beginning() -> None:
    assert around("a" * 500, [" b"], 60).startswith("aaa")


def test_folding_leaves_words_and_single_spaces() -> None:
    assert fold("It's — “Tuesday”\n\n(7.5)") == "its tuesday 7 5 "
