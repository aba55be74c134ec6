"""Passkeys against an authenticator in software: what holds is taken, once, and nothing else."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from journal.accounts import asks, ceremonies
from journal.accounts.asks import AskOver, For
from journal.accounts.ceremonies import BadPasskey
from journal.accounts.proof_models import SpentAsk
from journal.accounts.site import Site
from tests.authenticator import (
    ATTESTED,
    GOOD,
    MAY_BE_SYNCED,
    PRESENT,
    SYNCED,
    VERIFIED,
    Authenticator,
    b64,
    unb64,
)
from tests.factories import NOW, new_id

SITE = Site("http://localhost:8000", "s" * 40)
ME = new_id()


def creating(device, **changes):
    ask = asks.make(SITE, For.ADD, subject=ME, at=NOW)
    options = ceremonies.creation(SITE, ask, name="maple-kettle-417", account_id=ME)
    return ceremonies.made(SITE, ask, device.create(options, **changes))


def using(device, made, *, count=None, **changes):
    ask = asks.make(SITE, For.SHOW, at=NOW)
    credential = device.get(ceremonies.request(SITE, ask), **changes)
    known = made.sign_count if count is None else count
    return ceremonies.used(SITE, ask, credential, public_key=made.public_key, sign_count=known)


def test_what_is_asked_of_a_browser():
    ask = asks.make(SITE, For.ADD, subject=ME, at=NOW)
    new = ceremonies.creation(SITE, ask, name="maple-kettle-417", account_id=ME, has=[b"one"])
    assert new["rp"]["id"] == ceremonies.request(SITE, ask)["rpId"] == "localhost"
    assert unb64(new["user"]["id"]) == ME.bytes
    assert new["authenticatorSelection"]["residentKey"] == "required"
    assert new["authenticatorSelection"]["userVerification"] == "required"
    assert new["attestation"] == "none"
    assert [unb64(one["id"]) for one in new["excludeCredentials"]] == [b"one"]
    used = ceremonies.request(SITE, ask)
    assert used["userVerification"] == "required"
    assert used.get("allowCredentials", []) == []  # whichever the person picks: nobody is named


def test_a_passkey_that_was_made_is_used():
    device = Authenticator()
    made = creating(device)
    assert (made.credential_id, made.synced) == (device.credential_id, False)
    assert using(device, made).sign_count == 0


def test_one_that_is_kept_elsewhere_too_says_so():
    device = Authenticator(flags=GOOD | MAY_BE_SYNCED | SYNCED)
    made = creating(device)
    assert made.synced
    assert using(device, made).synced


WRONG = {
    "another origin": ({}, {"origin": "http://localhost:8001"}),
    "an origin that only begins like ours": ({}, {"origin": "http://localhost:8000.example.org"}),
    "another host": ({"host": "example.org"}, {}),
    "nobody verified": ({"flags": PRESENT}, {}),
    "nobody present": ({"flags": VERIFIED}, {}),
    "another challenge": ({}, {"challenge": b64(b"x" * 32)}),
    "no challenge": ({}, {"challenge": ""}),
    "the other kind of answer": ({}, {"type": "webauthn.something"}),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_makes_no_passkey(wrong):
    device, said = WRONG[wrong]
    with pytest.raises(BadPasskey):
        creating(Authenticator(**device), **said)


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_lets_nobody_in(wrong):
    device = Authenticator()
    made = creating(device)
    behaves, said = WRONG[wrong]
    with pytest.raises(BadPasskey):
        using(replace(device, **behaves), made, **said)
    using(device, made)


def test_an_answer_that_makes_a_passkey_does_not_use_one_and_the_other_way_round():
    device = Authenticator()
    made = creating(device)
    with pytest.raises(BadPasskey):
        using(device, made, type="webauthn.create")
    with pytest.raises(BadPasskey):
        creating(device, type="webauthn.get")


def test_another_key_does_not_sign_for_this_one():
    device, other = Authenticator(), Authenticator()
    made = creating(device)
    with pytest.raises(BadPasskey):
        using(replace(other, credential_id=device.credential_id), made)


@pytest.mark.parametrize("bit", [0, 7, 100, -1])
@pytest.mark.parametrize("part", ["authenticatorData", "clientDataJSON", "signature"])
def test_a_changed_bit_is_found(part, bit):
    device = Authenticator()
    made = creating(device)
    ask = asks.make(SITE, For.SHOW, at=NOW)
    credential = device.get(ceremonies.request(SITE, ask))
    data = bytearray(unb64(credential["response"][part]))
    data[bit % len(data)] ^= 1
    credential["response"][part] = b64(bytes(data))
    with pytest.raises(BadPasskey):
        ceremonies.used(SITE, ask, credential, public_key=made.public_key, sign_count=0)


def test_a_count_that_does_not_go_on_is_a_copy():
    device = Authenticator(count=5)
    made = creating(device)
    assert using(device, made).sign_count == 6
    for known in (7, 8):  # the next says 7
        device.count = 6
        with pytest.raises(BadPasskey):
            using(device, made, count=known)
    device.count = 6
    assert using(device, made, count=6).sign_count == 7
    with pytest.raises(BadPasskey):
        using(replace(device, count=0), made, count=7)


@pytest.mark.parametrize(
    "rubbish", [b"", b"\xff", b"\xa0", b"x" * 5000, b"\x9f" * 5000, json.dumps([1]).encode()]
)
def test_rubbish_is_one_answer(rubbish):
    device = Authenticator()
    made = creating(device)
    ask = asks.make(SITE, For.SHOW, at=NOW)
    for part in ("attestationObject", "clientDataJSON"):
        credential = device.create(ceremonies.creation(SITE, ask, name="x", account_id=ME))
        credential["response"][part] = b64(rubbish)
        with pytest.raises(BadPasskey):
            ceremonies.made(SITE, ask, credential)
    for part in ("authenticatorData", "clientDataJSON", "signature"):
        credential = device.get(ceremonies.request(SITE, ask))
        credential["response"][part] = b64(rubbish)
        with pytest.raises(BadPasskey):
            ceremonies.used(SITE, ask, credential, public_key=made.public_key, sign_count=0)


def test_a_challenge_lasts_five_minutes_and_is_for_one_thing():
    ask = asks.make(SITE, For.SHOW, at=NOW)
    last = NOW + timedelta(minutes=5) - timedelta(seconds=1)
    assert asks.read(SITE, For.SHOW, ask.id, at=last) == ask
    with pytest.raises(AskOver):
        asks.read(SITE, For.SHOW, ask.id, at=NOW + timedelta(minutes=5))
    for other in (For.ADD, For.JOIN, For.RECOVER):
        with pytest.raises(AskOver):
            asks.read(SITE, other, ask.id, at=NOW)


def test_no_two_challenges_are_alike_and_the_id_does_not_say_the_challenge():
    many = [asks.make(SITE, For.SHOW, at=NOW) for _ in range(50)]
    assert len({one.challenge for one in many}) == 50
    assert all(one.challenge not in asks.base64.urlsafe_b64decode(one.id) for one in many)


def test_a_challenge_of_ones_own_is_none():
    ask = asks.make(SITE, For.SHOW, at=NOW)
    others = asks.make(Site(SITE.public_url, "t" * 40), For.SHOW, at=NOW)
    changed = ask.id[:20] + ("A" if ask.id[20] != "A" else "B") + ask.id[21:]
    for id in (others.id, changed, ask.id[:-4], ask.id + "AAAA", "", "x", "é", "A" * 100):
        with pytest.raises(AskOver):
            asks.read(SITE, For.SHOW, id, at=NOW)


def test_a_challenge_is_answered_once_and_forgotten_when_it_is_over(session):
    one, other = (asks.make(SITE, For.SHOW, at=NOW) for _ in range(2))
    asks.spend(session, one, at=NOW)
    with pytest.raises(AskOver):
        asks.spend(session, one, at=NOW)
    later = asks.make(SITE, For.SHOW, at=NOW + timedelta(minutes=6))
    asks.spend(session, other, at=NOW)
    asks.spend(session, later, at=NOW + timedelta(minutes=6))
    assert session.query(SpentAsk).count() == 1


def test_the_flag_of_attested_data_alone_does_not_verify():
    with pytest.raises(BadPasskey):
        creating(Authenticator(flags=ATTESTED))
