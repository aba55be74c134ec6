"""Whatever people type comes back to the byte, or is refused at once."""

import json

from flask import Flask
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.acts import save, signed_in, words
from tests.factories import new_id
from tests.worlds import World

ANY = st.text(st.characters(), max_size=60) | st.text(
    st.sampled_from(
        "a \n\r\t\x00\x7f\u0085\u00a0\u0301\u200b\u200d\u200f\u202e\u2028\ud83d\ude00\ufeff\uffff"
        '\U0001f469\U0001f3fd\U0010ffff"\\</é'
    ),
    max_size=20,
)


def is_whole(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def test_texts_come_back_to_the_byte_or_are_refused(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)

    @settings(max_examples=100, deadline=None, database=None)
    @given(ANY)
    @example("e\u0301 is not \u00e9")
    @example("\ufeffa mark at the start")
    @example("👩🏽‍🚀" * 500)
    @example("Z" + "\u0335" * 2_000)
    @example("line\r\nline\rline\n\n")
    @example("x" * 200_000)
    @example("\U0010ffff" * 200_000)
    @example("a\x00b")
    @example("a\ud83db")
    def comes_back(text: str) -> None:
        # In JSON two halves of a pair beside each other are one whole character.
        text = json.loads(json.dumps(text))
        id, body = str(new_id()), words(text)
        answer = save(phone, id, body)
        if not is_whole(text):
            assert answer.status_code == 400  # that is no JSON
            return
        if "\x00" in text:
            assert answer.status_code == 422
            assert answer.json["errors"][0]["pointer"] == "/answers/refl-01/text"
            return
        assert answer.status_code == 201
        kept = phone.get(f"/api/entries/{id}").json["answers"]["refl-01"]["text"]
        assert kept.encode() == text.encode()

    comes_back()
