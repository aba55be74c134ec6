"""Somebody new: whole from the first day, with a name that tells nothing."""

import itertools
import re

import pytest
from sqlalchemy import select

from journal.accounts import enrolling, entering, recovery_codes, service, sign_names
from journal.accounts.asks import AskOver
from journal.accounts.ceremonies import BadPasskey
from journal.accounts.models import Notice
from journal.accounts.principals import Role
from journal.errors import Conflict, Invalid
from tests.accounts.test_codes import code_of
from tests.authenticator import Authenticator, unb64
from tests.factories import NOW, ZONE

SECRET = "s" * 40
PASSWORD = "quilt seven lamp river"
CODE = {"code_secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"}
CODE |= {"code": code_of(CODE["code_secret"], NOW)}


def passkey(session, device=None):
    asked = enrolling.ask(session, name="Nour", at=NOW)
    device = device or Authenticator()
    return {"id": asked["id"], "credential": device.create(asked["publicKey"])}


def join(session, sent, role=Role.PATIENT, name="Nour"):
    ready = enrolling.prepare(session, sent, role=role, about=[name], at=NOW)
    return enrolling.enrol(session, SECRET, role=role, name=name, zone=ZONE, ready=ready, at=NOW)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(
    ("what", "whole"),
    [
        ("passkey", {Role.PATIENT, Role.THERAPIST, Role.ADMIN}),
        ("password and code", {Role.PATIENT, Role.THERAPIST, Role.ADMIN}),
        ("password", {Role.PATIENT}),
        ("code", set()),
        ("nothing", set()),
    ],
)
def test_who_joins_can_sign_in(session, role, what, whole):
    sent = {
        "passkey": lambda: passkey(session),
        "password and code": lambda: {"password": PASSWORD, **CODE},
        "password": lambda: {"password": PASSWORD},
        "code": lambda: CODE,
        "nothing": dict,
    }[what]()
    if role not in whole:
        with pytest.raises(Invalid):
            join(session, sent, role)
        return
    new = join(session, sent, role)
    assert entering.whole(role, entering.has(session, new.account))
    assert service.names(session, [new.account.id]) == {new.account.id: "Nour"}
    assert service.sign_in_name(session, new.account.id) == new.sign_in_name
    assert service.password_of(session, SECRET, new.sign_in_name.upper())[0] == new.account.id
    assert recovery_codes.fits(session, new.account.id, new.recovery_code)
    # Nothing happened to them that they could not know of.
    assert session.scalars(select(Notice).where(Notice.account_id == new.account.id)).all() == []


def test_the_passkey_says_whose_it_is(session):
    device = Authenticator()
    new = join(session, passkey(session, device))
    assert device.user == new.account.id.bytes


def test_a_passkey_joins_once(session):
    sent = passkey(session)
    ready = enrolling.prepare(session, sent, role=Role.PATIENT, about=[], at=NOW)
    join(session, sent)
    with pytest.raises(AskOver):
        enrolling.enrol(
            session, SECRET, role=Role.PATIENT, name="X", zone=ZONE, ready=ready, at=NOW
        )


def test_a_passkey_somebody_has_is_not_taken(session):
    device = Authenticator()
    join(session, passkey(session, device))
    with pytest.raises(BadPasskey):
        join(session, passkey(session, device))


@pytest.mark.parametrize("password", ["short", "NourNourNourNour", "passwordpassword"])
def test_the_rules_for_passwords_hold_here_too(session, password):
    with pytest.raises(Invalid):
        join(session, {"password": password})


def test_the_name_of_a_person_is_shown_by_their_device_alone(session):
    asked = enrolling.ask(session, name="Nour", at=NOW)
    assert asked["publicKey"]["user"]["name"] == "Nour"
    assert len(unb64(asked["publicKey"]["user"]["id"])) == 16
    assert "Nour" not in asked["id"]


def test_a_name_to_sign_in_with_is_two_words_and_a_number(session):
    made = {join(session, {"password": PASSWORD}).sign_in_name for _ in range(3)}
    assert len(made) == 3
    assert all(re.fullmatch(r"[a-z]+-[a-z]+-\d{3}", name) for name in made)
    words = len(set(sign_names.FIRST)) * len(set(sign_names.SECOND)) * len(sign_names.NUMBERS)
    assert words > 10_000_000


def test_a_name_somebody_has_is_made_anew(session, monkeypatch):
    numbers = itertools.chain([0, 0, 0], [0, 0, 0], [1, 1, 1], itertools.repeat(0))
    monkeypatch.setattr(enrolling.secrets, "randbelow", lambda _: next(numbers))
    first = join(session, {"password": PASSWORD})
    second = join(session, {"password": PASSWORD})
    assert first.sign_in_name == "-".join((sign_names.FIRST[0], sign_names.SECOND[0], "100"))
    assert second.sign_in_name != first.sign_in_name
    with pytest.raises(Conflict):
        join(session, {"password": PASSWORD})
