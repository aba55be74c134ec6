"""All phones of a person seal what is caught to one pair of keys."""

from concurrent.futures import ThreadPoolExecutor

from journal.vault import keys
from tests.acts import signed_in, told
from tests.factories import NOW
from tests.phones.making import kept, pair
from tests.test_no_words import dump

PATH = "/api/drop-key"


def test_the_first_pair_stays_and_every_later_phone_gets_it(phone, stranger):
    theirs = pair()
    assert stranger.put(PATH, json=theirs).status_code == 200
    assert phone.get(PATH).status_code == 404
    first, second = pair(), pair()
    answer = phone.put(PATH, json=first)
    assert (answer.status_code, answer.json) == (200, kept(first))
    assert phone.put(PATH, json=first).json == kept(first)
    assert phone.put(PATH, json=second).json == kept(first)
    assert phone.get(PATH).json == kept(first)
    assert stranger.get(PATH).json == kept(theirs)
    assert phone.get(PATH).headers["Cache-Control"] == "no-store"


def test_phones_that_race_agree(app, lived_in, phone):
    phones = [signed_in(app, lived_in.patient) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda each: each.put(PATH, json=pair()), phones))
    assert {answer.status_code for answer in answers} == {200}
    assert [answer.json for answer in answers] == [phone.get(PATH).json] * 8


def test_halves_that_do_not_belong_together_would_lock_words_in_and_are_refused(phone):
    one, two = pair(), pair()
    y = one["public"]["y"]
    wrong = [
        one | {"private": two["private"]},
        one | {"public": two["public"]},
        one | {"public": one["public"] | {"y": y[::-1]}},
        one | {"private": one["private"] | {"d": "A" * 43}},
        one | {"private": one["private"] | {"d": "_" * 43}},
        one | {"private": one["public"]},
        one | {"public": one["private"]},
        one | {"public": one["public"] | {"crv": "P-384"}},
        one | {"public": one["public"] | {"x": "A" * 44}},
        one | {"public": "x"},
        one | {"id": "x"},
        {},
    ]
    assert [phone.put(PATH, json=each).status_code for each in wrong] == [422] * len(wrong)
    assert phone.get(PATH).status_code == 404
    assert phone.put(PATH, json=one).status_code == 200


def test_it_is_sealed_under_the_patients_key(phone, database, lived_in):
    mine = pair()
    phone.put(PATH, json=mine)
    assert mine["private"]["d"].encode() not in dump(database)
    with database.session(writing=True) as session:
        keys.destroy(session, lived_in.patient.id, at=NOW)
    assert told(phone.get(PATH)) == told(phone.get("/api/nowhere"))
