"""Ciphertext opens under its own key, at its own place, unchanged; and says nothing until then."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.vault.sealed import NONCE, Sealed, SealedBytes, Unopenable

KEY = bytes(range(32))
PLACE = "entry/a/b"
WORDS = b"The river again."


def test_words_come_back_as_they_were():
    assert Sealed.seal(WORDS, KEY, PLACE).open(KEY, PLACE) == WORDS


@given(
    words=st.binary(max_size=300),
    place=st.text(max_size=50),
    key=st.binary(min_size=32, max_size=32),
)
@settings(max_examples=50, deadline=None, derandomize=True)
def test_any_bytes_at_any_place_come_back(words, place, key):
    place = place.encode("utf-8", "replace").decode()
    assert Sealed.seal(words, key, place).open(key, place) == words


def test_the_token_holds_no_word():
    token = Sealed.seal(WORDS, KEY, PLACE).token
    assert b"river" not in token
    assert PLACE.encode() not in token


def test_sealing_twice_gives_two_tokens():
    """A nonce used twice under one key would give the words away."""
    tokens = {Sealed.seal(WORDS, KEY, PLACE).token for _ in range(200)}
    assert len({token[1 : 1 + NONCE] for token in tokens}) == 200


@pytest.mark.parametrize(
    "place", ["", "entry/a/c", "entry/a/b ", "ENTRY/A/B", "excerpt/a/b", "entry/a/b\x00"]
)
def test_another_place_does_not_open_it(place):
    with pytest.raises(Unopenable):
        Sealed.seal(WORDS, KEY, PLACE).open(KEY, place)


def test_another_key_does_not_open_it():
    with pytest.raises(Unopenable):
        Sealed.seal(WORDS, KEY, PLACE).open(os.urandom(32), PLACE)


def test_every_single_bit_that_changes_is_noticed():
    token = Sealed.seal(b"no", KEY, PLACE).token
    for bit in range(len(token) * 8):
        changed = bytearray(token)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Unopenable):
            Sealed(bytes(changed)).open(KEY, PLACE)


@given(data=st.data())
@settings(max_examples=100, deadline=None, derandomize=True)
def test_any_bit_of_a_long_token_that_changes_is_noticed(data):
    token = Sealed.seal(WORDS * 200, KEY, PLACE).token
    bit = data.draw(st.integers(0, len(token) * 8 - 1))
    changed = bytearray(token)
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Unopenable):
        Sealed(bytes(changed)).open(KEY, PLACE)


def test_a_token_cut_anywhere_or_grown_is_refused():
    token = Sealed.seal(b"no", KEY, PLACE).token
    for other in [*(token[:length] for length in range(len(token))), token + b"\x00"]:
        with pytest.raises(Unopenable):
            Sealed(other).open(KEY, PLACE)


def test_a_refusal_names_the_place_and_nothing_else():
    with pytest.raises(Unopenable) as caught:
        Sealed.seal(WORDS, KEY, PLACE).open(KEY, "elsewhere")
    assert caught.value.args == ("elsewhere",)
    assert caught.value.__cause__ is None


def test_a_sealed_value_does_not_show_itself():
    sealed = Sealed.seal(WORDS, KEY, PLACE)
    assert repr(sealed) == str(sealed) == f"{sealed}" == "Sealed()"


def test_the_column_takes_and_gives_tokens_and_nothing():
    column, sealed = SealedBytes(), Sealed.seal(WORDS, KEY, PLACE)
    assert column.process_bind_param(sealed, None) == sealed.token
    assert column.process_result_value(memoryview(sealed.token), None) == sealed
    assert column.process_bind_param(None, None) is None
    assert column.process_result_value(None, None) is None


def test_the_column_does_not_take_plain_words():
    with pytest.raises(AttributeError):
        SealedBytes().process_bind_param(WORDS, None)
