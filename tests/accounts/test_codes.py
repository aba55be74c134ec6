"""Six digits: the vectors of RFC 6238, each taken once, half a minute to both sides."""

from base64 import b32encode
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from sqlalchemy import text

from journal.accounts import codes
from journal.accounts.site import INFO, Site
from journal.errors import Invalid
from tests.factories import NOW

# RFC 6238, appendix B, SHA-1; apps show the last six of the eight digits.
SEED = b32encode(b"12345678901234567890").decode()
VECTORS = {
    59: "94287082",
    1111111109: "07081804",
    1111111111: "14050471",
    1234567890: "89005924",
    2000000000: "69279037",
    20000000000: "65353130",
}
STEP = timedelta(seconds=30)


def code_of(secret, at):
    return pyotp.TOTP(secret).at(at)


@pytest.fixture
def maya(session, world):
    secret, _ = codes.offer(session, world.patient.id, at=NOW)
    codes.confirm(session, world.patient.id, code_of(secret, NOW), at=NOW)
    return world.patient.id, secret


@pytest.mark.parametrize("second", VECTORS)
def test_the_vectors_of_the_standard(second):
    at = datetime.fromtimestamp(second, UTC)
    code = VECTORS[second][-6:]
    assert codes.step_of(SEED, code, at=at) == second // 30
    assert codes.step_of(SEED, f"{code[:3]} {code[3:]}", at=at) == second // 30
    assert codes.step_of(SEED, VECTORS[second], at=at) is None  # eight digits are another code


@pytest.mark.parametrize("wrong", ["", " ", "000000", "12345", "abcdef", "１２３４５６", "\u0000"])
def test_what_is_no_code(wrong):
    assert codes.step_of(SEED, wrong, at=datetime.fromtimestamp(59, UTC)) is None


@pytest.mark.parametrize(
    ("steps", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_clock_may_be_half_a_minute_off(session, maya, steps, right):
    id, secret = maya
    at = NOW + timedelta(hours=1)
    assert codes.proves(session, id, code_of(secret, at + steps * STEP), at=at) is right


def test_a_code_is_taken_once_and_none_before_it(session, maya):
    id, secret = maya
    at = NOW + timedelta(hours=1)
    assert codes.proves(session, id, code_of(secret, at), at=at)
    assert not codes.proves(session, id, code_of(secret, at), at=at)
    assert not codes.proves(session, id, code_of(secret, at - STEP), at=at)
    assert codes.proves(session, id, code_of(secret, at + STEP), at=at)


def test_the_code_that_confirmed_it_is_used_up(session, maya):
    id, secret = maya
    assert not codes.proves(session, id, code_of(secret, NOW), at=NOW)


def test_anothers_code_is_none(session, world, maya):
    _, secret = maya
    other, _ = codes.offer(session, world.other_patient.id, at=NOW)
    codes.confirm(session, world.other_patient.id, code_of(other, NOW), at=NOW)
    at = NOW + timedelta(hours=1)
    assert not codes.proves(session, world.other_patient.id, code_of(secret, at), at=at)
    assert not codes.proves(session, world.therapist.id, code_of(secret, at), at=at)


def test_the_old_code_works_until_the_new_one_is_confirmed(session, maya):
    id, old = maya
    at = NOW + timedelta(hours=1)
    new, _ = codes.offer(session, id, at=at)
    assert not codes.proves(session, id, code_of(new, at), at=at)
    assert codes.proves(session, id, code_of(old, at), at=at)
    with pytest.raises(Invalid):
        codes.confirm(session, id, "000000", at=at)
    codes.confirm(session, id, code_of(new, at), at=at)
    later = at + timedelta(hours=1)
    assert not codes.proves(session, id, code_of(old, later), at=later)
    assert codes.proves(session, id, code_of(new, later), at=later)


def test_an_offer_waits_a_quarter_of_an_hour(session, world):
    id = world.patient.id
    secret, _ = codes.offer(session, id, at=NOW)
    at = NOW + timedelta(minutes=15)
    with pytest.raises(Invalid):
        codes.confirm(session, id, code_of(secret, at), at=at)
    assert not codes.has(session, id)
    codes.confirm(session, id, code_of(secret, at), at=at - timedelta(seconds=1))
    assert codes.has(session, id)


def test_nothing_was_offered(session, world):
    with pytest.raises(Invalid):
        codes.confirm(session, world.patient.id, "000000", at=NOW)


def test_the_address_for_apps(session, world):
    secret, uri = codes.offer(session, world.patient.id, at=NOW)
    parts = urlsplit(uri)
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    asked = parse_qs(parts.query)
    assert asked["secret"] == [secret]
    assert asked["issuer"] == ["Integration Journal"]
    assert len(secret) == 32  # 160 bits


def test_the_secret_lies_sealed(session, maya):
    _, secret = maya
    for row in session.execute(text("SELECT secret, pending FROM one_time_code")):
        assert secret.encode() not in b"".join(bytes(one) for one in row if one)


def test_a_demo_code_is_taken_as_often_as_you_like_and_on_localhost_alone(session, world):
    id = world.patient.id
    codes.give_demo(session, id, "246810")
    assert all(codes.proves(session, id, "246 810", at=NOW) for _ in range(3))
    assert not codes.proves(session, id, "246811", at=NOW)
    assert not codes.proves(session, world.therapist.id, "246810", at=NOW)
    assert codes.demo(session) == "246810"
    session.info[INFO] = Site("https://journal.example.org", "s" * 40)
    assert not codes.proves(session, id, "246810", at=NOW)
    assert codes.demo(session) is None
    assert codes.has_demo(session)


def test_a_code_of_ones_own_takes_the_place_of_the_demos(session, world):
    id = world.patient.id
    codes.give_demo(session, id, "246810")
    secret, _ = codes.offer(session, id, at=NOW)
    codes.confirm(session, id, code_of(secret, NOW), at=NOW)
    assert not codes.proves(session, id, "246810", at=NOW)
    codes.remove(session, id)
    assert not codes.has(session, id)
    assert not codes.proves(session, id, "246810", at=NOW)
