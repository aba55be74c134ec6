"""A password is long and not one that is tried first; nothing else is asked of it."""

import pytest
import zxcvbn

from journal.accounts import passwords
from journal.accounts.password_rules import check, normal
from journal.errors import Invalid

NAMES = ("Maya Lindqvist", "Harbour Clinic", "maple-kettle-417")
GOOD = "river lamp seven quilt"

TAKEN = {
    "fifteen": "kz8 vw3 qp5 xn7",
    "words": GOOD,
    "one case, letters alone": "quiltlampriversevenbread",
    "sixty-four": "The heron stood in the low water until the ferry came at ten .. ",
    "128": " ".join(f"w{n * 7919 % 9973}" for n in range(30))[:128],
    "1024": "".join(f"{n * 7919 % 9973:04}" for n in range(256)),
    "spaces at the ends": "  river lamp seven quilt  ",
    "emoji": "🦦 pebble 🚲 window 🌾 eleven",
    "another script": "синяя лодка у моста зимой",
    "symbols": "p(7]w{4|q<9~z;2=",
}
REFUSED = {
    "empty": "",
    "fourteen": "kz8 vw3 qp5 xn",
    "1025": "".join(f"{n * 7919 % 9973:04}" for n in range(257))[:1025],
    "one letter": "aaaaaaaaaaaaaaaaaaaa",
    "one emoji": "🦦" * 20,
    "a common one twice": "passwordpassword",
    "a common one with digits": "Password123456789",
    "digits in a row": "123456789012345",
    "keys in a row": "qwertyuiopasdfgh",
    "letters in a row": "abcdefghijklmnop",
    "a short one again and again": "abcabcabcabcabcabc",
    "sign of the times": "letmeinletmeinletmein",
    "own name": "Maya Lindqvist 1",
    "own name again": "MayaMayaMayaMayaMaya",
    "clinic": "harbourclinic2026",
    "clinic and name": "Harbour-Clinic-Maya",
    "name to sign in with": "maple-kettle-417",
}


@pytest.mark.parametrize("kind", TAKEN)
def test_it_is_taken(kind):
    assert check(TAKEN[kind], about=NAMES) == normal(TAKEN[kind])


@pytest.mark.parametrize("kind", REFUSED)
def test_it_is_refused_and_the_answer_does_not_say_it(kind):
    with pytest.raises(Invalid) as refused:
        check(REFUSED[kind], about=NAMES)
    [error] = refused.value.errors
    assert error["pointer"] == "/password"
    assert not REFUSED[kind] or REFUSED[kind] not in error["detail"]


def test_the_lengths_are_what_they_say():
    lengths = {kind: len(text) for kind, text in {**TAKEN, **REFUSED}.items()}
    assert [
        lengths[kind] for kind in ("fourteen", "fifteen", "sixty-four", "128", "1024", "1025")
    ] == [14, 15, 64, 128, 1024, 1025]


def test_a_long_one_is_estimated_by_its_first_letters_and_its_names_are_found_in_all(monkeypatch):
    """Estimating every way to read `4@8(` takes seconds at 72, and all threads wait for it."""
    lengths = []
    estimate = zxcvbn.zxcvbn

    def heard(password, **more):
        lengths.append(len(password))
        return estimate(password, **more)

    monkeypatch.setattr(zxcvbn, "zxcvbn", heard)
    check("4@8({[<63190i1!|75$" * 50)
    assert max(lengths) <= 24
    long = ("Maya Lindqvist", "maple-kettle-417 of the Harbour", "Harbour Clinic in the old town")
    with pytest.raises(Invalid):
        check(" ".join(long), about=long)


def test_a_name_that_is_part_of_a_long_one_does_no_harm():
    assert check("Maya rows to the island at dawn", about=NAMES)


def test_letters_in_one_or_two_parts_are_the_same_password():
    whole, parts = "café tisch fünf ölbild", "cafe\u0301 tisch fu\u0308nf o\u0308lbild"
    assert whole != parts
    known = passwords.make_hash(check(parts))
    assert passwords.verify(known, whole)
    assert passwords.verify(known, parts)
    assert not passwords.verify(known, "cafe tisch funf olbild")


def test_wide_letters_are_the_same_password():
    known = passwords.make_hash(GOOD)
    assert passwords.verify(known, "ｒｉｖｅｒ ｌａｍｐ ｓｅｖｅｎ ｑｕｉｌｔ")


def test_length_is_counted_in_the_one_form():
    assert len(normal("ﷺ")) == 18
    with pytest.raises(Invalid):
        check("e\u0301" * 14)  # 28 as typed, 14 letters


def test_nothing_of_a_long_one_is_left_out():
    long = TAKEN["1024"]
    known = passwords.make_hash(check(long))
    assert passwords.verify(known, long)
    assert not passwords.verify(known, long[:-1])
    assert not passwords.verify(known, long[:-1] + "x")


def test_an_empty_hash_fits_nothing():
    assert not passwords.verify("", "")
    assert not passwords.verify("", GOOD)
