"""Back in with two proofs of three, after a day, told to the person; alone none of them does."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from journal.accounts import entering, recovering, recovery_links
from journal.accounts.entering import Proof
from journal.accounts.models import Account, Kind, KnownDevice
from journal.accounts.proof_models import Passkey, Recovery
from journal.errors import NotFound
from tests.accounts.proving import Person, browser, use
from tests.authenticator import Authenticator
from tests.factories import NOW, PASSWORD

DAY = timedelta(hours=24)
SECOND = timedelta(seconds=1)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NEW = "quilt seven lamp river"
ODD_SECRETS = [(2 * SECRET)[:length] for length in (16, 17, 26, 31, 33, 64)]
HALVES = ("recovery_code", "link", "known")


@pytest.fixture(params=["patient", "therapist"])
def lost(request, app, database, lived_in):
    """Somebody who lost what they sign in with."""
    id = getattr(lived_in, request.param).id
    return Person(app, database, id, f"{request.param}@example.org")


@pytest.fixture
def maya(app, database, lived_in):
    return Person(app, database, lived_in.patient.id, "patient@example.org")


def link_for(one, at=NOW):
    with one.database.session(writing=True) as session:
        return recovering.start_by_clinic(session, one.id, at=at)


def ask(one, *halves, client=None, at=NOW, **changes):
    """Ask with these halves; each other is left out."""
    client = client or (one.knows() if "known" in halves else browser(one.app))
    sent = {"email": one.email}
    sent |= {"recovery_code": one.recovery_code} if "recovery_code" in halves else {}
    sent |= {"link": link_for(one, at)} if "link" in halves else {}
    return client.post("/api/recovery", json={**sent, **changes})


def begun(one):
    with one.database.session(writing=False) as session:
        mine = select(func.count()).select_from(Recovery).where(Recovery.account_id == one.id)
        return session.scalars(mine).one()


def finish(one, token, *, device=None, client=None, again=None, **sent):
    """Come back after the wait; what is shown again is the code on paper, if nothing else is."""
    sent |= {"recovery_code": one.recovery_code} if again is None else again
    client = client or browser(one.app)
    if device:
        asked = client.post("/api/recovery/passkey", json={"token": token})
        if asked.status_code != 200:
            return asked
        made = device.create(asked.json["publicKey"])
        sent |= {"id": asked.json["id"], "credential": made}
    return client.post("/api/recovery/finish", json={"token": token, **sent})


def shape(answer):
    said = dict(answer.json)
    assert len(said.pop("token")) == 43
    headers = sorted(name for name, _ in answer.headers)
    return answer.status_code, said, headers


@pytest.mark.parametrize("size", range(4))
def test_two_halves_begin_it_and_everybody_hears_the_same(lost, time, size):
    nobody = shape(browser(lost.app).post("/api/recovery", json={"email": "nobody@example.org"}))
    assert nobody[0] == 202
    assert nobody[1] == {"opens_at": "2026-03-11T12:00:00+00:00"}
    for halves in itertools.combinations(HALVES, size):
        before = begun(lost)
        answer = ask(lost, *halves)
        assert shape(answer) == nobody
        assert begun(lost) == before + (size >= 2), halves
        time.move(DAY)
        worked = finish(lost, answer.json["token"], device=Authenticator())
        assert worked.status_code == (204 if size >= 2 else 401), halves
        time.move(-DAY)
        lost.__post_init__()  # another code on paper for the next turn


@pytest.mark.parametrize("wrong", ["recovery_code", "link"])
def test_a_half_that_is_wrong_is_none(maya, wrong):
    for value in ("x" * 43, "0" * 26):
        assert ask(maya, *HALVES[:2], **{wrong: value}).status_code == 202
    assert begun(maya) == 0


def test_anothers_halves_are_none(maya, app, database, lived_in, time):
    other = Person(app, database, lived_in.other_patient.id, "other_patient@example.org")
    link = link_for(other)
    for client in (browser(app), other.knows()):
        time.move(timedelta(hours=1))
        both = {"link": link, "recovery_code": other.recovery_code}
        assert ask(maya, client=client, link=link).status_code == 202
        assert ask(maya, client=client, **both).status_code == 202
    assert begun(maya) == begun(other) == 0
    assert ask(other, client=browser(app), **both).status_code == 202
    assert begun(other) == 1


def test_what_did_not_begin_used_nothing_up(maya):
    ask(maya, "recovery_code")
    link = link_for(maya)
    ask(maya, link=link)
    assert ask(maya, "recovery_code", link=link).status_code == 202
    assert begun(maya) == 1


def test_who_guesses_waits_and_keeps_nobody_from_coming_back(maya):
    for email in (maya.email, "nobody@example.org"):
        sent = {"email": email, "recovery_code": "0" * 26}
        guesser = browser(maya.app)
        tried = [guesser.post("/api/recovery", json=sent).status_code for _ in range(7)]
        assert tried == [202] * 5 + [429] * 2
    for n in range(105):
        there = {"REMOTE_ADDR": f"198.51.{n}.1"}
        last = guesser.post("/api/recovery", json=sent | {"email": maya.email}, environ_base=there)
    assert last.status_code == 202
    # From the very network that waits, with two halves: at once.
    assert ask(maya, "recovery_code", "link").status_code == 202
    assert begun(maya) == 1


OWN = "o" * 43
"""A token that a page made."""


def test_an_answer_that_is_lost_loses_nothing(lost, time):
    """The page kept the token before it asked, and asks the same again."""
    client, link = lost.knows(), link_for(lost)
    sent = {"client": client, "link": link, "token": OWN}
    assert ask(lost, "recovery_code", **sent).json["token"] == OWN
    time.move(timedelta(minutes=1))
    assert ask(lost, "recovery_code", **sent).json["token"] == OWN
    assert begun(lost) == 1
    assert lost.told().count(Kind.RECOVERY_ASKED) == 2  # the link, and this
    time.move(DAY - timedelta(minutes=1))
    assert finish(lost, OWN, device=Authenticator()).status_code == 204


def test_who_asks_again_hears_what_everybody_hears(maya, time):
    """Not when it opens, nor sooner or later that it is too often."""
    client, link = maya.knows(), link_for(maya)
    nobody = {"email": "nobody@example.org"}
    heard = []
    for who in ({}, nobody, {"recovery_code": "0" * 26, "link": "x" * 43}):
        time.move(timedelta(hours=2))
        sent = {"client": browser(maya.app) if who else client, "link": link, "token": OWN, **who}
        for _ in range(3):
            answer = ask(maya, "recovery_code", **sent)
            said = dict(answer.json)
            assert said.pop("opens_at") == (time.at + DAY).isoformat()
            heard.append((answer.status_code, said))
            time.move(SECOND)
    assert heard == [(202, {"token": OWN})] * 9
    assert begun(maya) == 1
    tried = [ask(maya, "recovery_code", client=client, token=OWN).status_code for _ in range(5)]
    assert tried == [202] * 3 + [429] * 2


def test_what_is_brought_beside_a_lost_answer_is_not_used_up(maya, time):
    client, link = maya.knows(), link_for(maya)
    ask(maya, "recovery_code", client=client, token=OWN)
    assert ask(maya, client=client, link=link, token=OWN).status_code == 202
    assert begun(maya) == 1
    with maya.database.session(writing=False) as session:
        assert recovery_links.is_out(session, maya.id, at=time.at)
    time.move(DAY)
    assert finish(maya, OWN, device=Authenticator()).status_code == 204


@pytest.mark.parametrize("over", ["called off", "ran out"])
def test_a_token_whose_recovery_is_over_begins_another(maya, time, over):
    ask(maya, "recovery_code", "link", token=OWN)
    if over == "called off":
        maya.passkey()
        assert maya.client.delete("/api/recovery").status_code == 204
    else:
        time.move(DAY + timedelta(days=7))
    maya.made_at = time.at + timedelta(minutes=1)
    maya.__post_init__()  # another code on paper
    assert ask(maya, "recovery_code", "link", at=time.at, token=OWN).status_code == 202
    time.move(DAY)
    assert finish(maya, OWN, device=Authenticator()).status_code == 204


def test_anothers_token_begins_nothing_and_ends_nothing(maya, app, database, lived_in, time):
    other = Person(app, database, lived_in.other_patient.id, "other_patient@example.org")
    ask(maya, "recovery_code", "link", token=OWN)
    link = link_for(other)
    assert ask(other, "recovery_code", link=link, token=OWN).json["token"] == OWN
    assert (begun(maya), begun(other)) == (1, 0)
    ask(other, "recovery_code", link=link)  # neither was used up
    assert begun(other) == 1
    time.move(DAY)
    assert finish(maya, OWN, device=Authenticator()).status_code == 204


@pytest.mark.parametrize("token", ["", "o" * 42, "o" * 44, "o" * 42 + "=", None])
def test_a_token_that_could_be_guessed_is_none(maya, token):
    refused = ask(maya, "recovery_code", "link", token=token)
    assert refused.status_code == 422
    assert [one["pointer"] for one in refused.json["errors"]] == ["/token"]
    assert begun(maya) == 0


def test_a_half_is_used_once(maya):
    link = link_for(maya)
    ask(maya, "recovery_code", link=link)
    known = maya.knows()
    ask(maya, "recovery_code", client=known)
    ask(maya, client=known, link=link)
    assert begun(maya) == 1
    assert maya.password(browser(maya.app), recovery_code=maya.recovery_code).status_code == 401


def test_two_at_once_with_the_same_halves_begin_one(maya):
    link = link_for(maya)
    with ThreadPoolExecutor(2) as pool:
        asked = [
            pool.submit(ask, maya, "recovery_code", client=browser(maya.app), link=link)
            for _ in range(2)
        ]
        assert [each.result().status_code for each in asked] == [202, 202]
    assert begun(maya) == 1


@pytest.mark.parametrize(("left", "count"), [(timedelta(0), 0), (SECOND, 1)])
def test_a_clinics_link_lasts_three_days_and_a_newer_one_ends_it(maya, time, left, count):
    first, second = link_for(maya), link_for(maya)
    assert ask(maya, "recovery_code", link=first).status_code == 202
    assert begun(maya) == 0
    time.move(timedelta(hours=72) - left)
    assert ask(maya, "recovery_code", link=second).status_code == 202
    assert begun(maya) == count


def test_it_opens_after_a_day_and_for_a_week(maya, time):
    token = ask(maya, "recovery_code", "link").json["token"]
    time.move(DAY - SECOND)
    too_early = finish(maya, token, password=NEW)
    assert too_early.status_code == 401
    assert finish(maya, token, device=Authenticator()).status_code == 401
    time.move(SECOND + timedelta(days=7))
    assert finish(maya, token, device=Authenticator()).status_code == 401
    time.move(-SECOND)
    assert finish(maya, token, device=Authenticator()).status_code == 204


def test_who_opens_it_in_the_same_browser_shows_a_half_again(lost, app, database, lived_in, time):
    """On a device in a family, a library or a clinic the token and the long cookie lie there."""
    client, first, link = lost.knows(), lost.recovery_code, link_for(lost)
    token = ask(lost, "recovery_code", client=client, link=link).json["token"]
    time.move(SECOND)
    replaced, called_off = link_for(lost, time.at), link_for(lost, time.at)
    with database.session(writing=True) as session:
        recovery_links.end_all(session, lost.id, time.at + SECOND)
    other = Person(app, database, lived_in.other_patient.id, "other_patient@example.org")
    time.move(DAY)
    for again in (
        {},
        {"recovery_code": "0" * 26},
        {"recovery_code": other.recovery_code},
        {"link": "x" * 43},
        {"link": link_for(other)},
        {"link": replaced},
        {"link": called_off},
    ):
        refused = finish(lost, token, device=Authenticator(), client=client, again=again)
        assert refused.status_code == 422, again
        assert [one["pointer"] for one in refused.json["errors"]] == ["/recovery_code"]
    for again in ({"recovery_code": first.lower()}, {"link": link}):
        short = finish(lost, token, password="x", again=again)
        assert [one["pointer"] for one in short.json["errors"]] == ["/password"]
    assert finish(lost, token, device=Authenticator(), again={"link": link}).status_code == 204


def test_a_code_that_was_used_for_something_else_is_no_half(maya, time):
    time.move(SECOND)
    token = ask(maya, "known", "link", at=time.at).json["token"]
    time.move(DAY)
    maya.without(paper=True)
    assert finish(maya, token, device=Authenticator()).status_code == 422


def test_whatever_does_not_open_sounds_alike(maya, time):
    early = ask(maya, "recovery_code", "link").json["token"]
    answers = [finish(maya, token).get_data() for token in (early, "x", "y" * 43)]
    with_data = finish(maya, early, password="x").get_data()
    time.move(DAY)
    maya.passkey()
    assert maya.client.delete("/api/recovery").status_code == 204
    answers += [with_data, finish(maya, early, password="x").get_data()]
    assert len(set(answers)) == 1


def test_new_proofs_let_in_and_all_that_was_open_ends(lost, time, database):
    old = lost.client
    lost.passkey(old)
    token = ask(lost, "recovery_code", "link").json["token"]
    time.move(DAY)
    device = Authenticator()
    assert finish(lost, token, device=device).status_code == 204
    assert old.get("/api/session").status_code == 401
    assert use(browser(lost.app), device).status_code == 200
    assert finish(lost, token, device=Authenticator()).status_code == 401  # once
    with database.session(writing=False) as session:
        known = select(KnownDevice).where(KnownDevice.account_id == lost.id)
        assert len(session.scalars(known).all()) == 1  # the one that came in just now
    told = lost.told()
    assert told.count(Kind.RECOVERY_DONE) == 1
    assert Kind.PASSKEY_ADDED in told


@pytest.mark.parametrize("remove", [False, True])
def test_lost_passkeys_go_when_it_is_asked(maya, time, database, remove):
    token = ask(maya, "recovery_code", "link").json["token"]
    time.move(DAY)
    sent = {"device": Authenticator(), "remove_passkeys": remove}
    assert finish(maya, token, **sent).status_code == 204
    with database.session(writing=False) as session:
        mine = select(func.count()).select_from(Passkey).where(Passkey.account_id == maya.id)
        assert session.scalars(mine).one() == (1 if remove else 2)
    assert maya.passkey(browser(maya.app)).status_code == (401 if remove else 200)


def test_what_a_stranger_set_up_does_not_outlive_it(maya, time, database):
    """Somebody in a session of hers made it all theirs: password, app and code on paper."""
    link = link_for(maya)
    token = ask(maya, "recovery_code", link=link).json["token"]
    maya.__post_init__()
    time.move(DAY)
    sent = {"device": Authenticator(), "remove_passkeys": True, "again": {"link": link}}
    assert finish(maya, token, **sent).status_code == 204
    with database.session(writing=False) as session:
        account = session.get_one(Account, maya.id)
        assert entering.has(session, account) == {Proof.PASSKEY}
    for second in ({"code": maya.code(time.at)}, {"recovery_code": maya.recovery_code}):
        assert maya.password(browser(maya.app), **second).json == {
            **maya.password(browser(maya.app), password="wrong").json
        }
    assert use(browser(maya.app), sent["device"]).status_code == 200


def test_what_is_new_in_the_same_call_stays(lost, time, database):
    token = ask(lost, "recovery_code", "link").json["token"]
    time.move(DAY)
    lost.secret = SECRET
    sent = {"password": NEW, "code_secret": lost.secret, "code": lost.code(time.at)}
    assert finish(lost, token, **sent, remove_passkeys=True).status_code == 204
    time.move(timedelta(minutes=5))
    again = {"password": NEW, "code": lost.code(time.at)}
    assert lost.password(browser(lost.app), **again).status_code == 200
    with database.session(writing=False) as session:
        shown = entering.has(session, session.get_one(Account, lost.id))
    assert shown == {Proof.PASSWORD, Proof.CODE}


def test_a_password_with_its_code_is_whole_and_less_is_not(lost, time):
    token = ask(lost, "recovery_code", "link").json["token"]
    time.move(DAY)
    lost.secret = secret = SECRET
    own = {"patient@example.org": "Maya", "therapist@example.org": "Dr Ana Reyes"}[lost.email]
    code = {"code_secret": secret, "code": lost.code(time.at)}
    for less in (
        {},
        {"password": NEW},
        code,
        {"password": NEW, "code_secret": secret},
        {"password": NEW, **code, "code": "000000"},
        {"password": "short", **code},
        {"password": NEW, "code": lost.code(time.at)},
        {"password": f"{own} {own} {own}", **code},  # their own name
        *({"password": NEW, **code, "code_secret": odd} for odd in ODD_SECRETS),
    ):
        assert finish(lost, token, **less).status_code == 422, less
    assert lost.password(browser(lost.app), password=NEW, code="000000").status_code == 401
    assert finish(lost, token, password=NEW, **code).status_code == 204
    time.move(timedelta(minutes=5))
    again = {"code": lost.code(time.at)}
    assert lost.password(browser(lost.app), **again, password=PASSWORD).status_code == 401
    assert lost.password(browser(lost.app), **again, password=NEW).status_code == 200


def test_a_passkey_asked_for_otherwise_does_not_do(maya, time):
    token = ask(maya, "recovery_code", "link").json["token"]
    time.move(DAY)
    maya.passkey()
    asked = maya.client.post("/api/passkeys/new", json={}).json
    made = Authenticator().create(asked["publicKey"])
    sent = {"id": asked["id"], "credential": made}
    assert finish(maya, token, **sent).status_code == 401


def test_the_person_is_told_and_stops_it_without_a_further_proof(maya, time):
    maya.passkey()
    assert maya.client.get("/api/recovery").json is None
    token = ask(maya, "recovery_code", "link").json["token"]
    opens = {"opens_at": "2026-03-11T12:00:00+00:00", "link": False}
    assert maya.client.get("/api/recovery").json == opens
    time.move(timedelta(minutes=10))  # what asks for a fresh proof would now
    assert maya.client.delete("/api/recovery").status_code == 204
    assert maya.client.get("/api/recovery").json is None
    time.move(DAY)
    assert finish(maya, token, device=Authenticator()).status_code == 401
    kinds = maya.told()
    assert Kind.RECOVERY_ASKED in kinds
    assert kinds.count(Kind.RECOVERY_CANCELLED) == 1


def test_stopping_it_ends_the_clinics_link_too(maya):
    link = link_for(maya)
    assert maya.told() == [Kind.RECOVERY_ASKED]
    maya.passkey()
    assert maya.client.get("/api/recovery").json == {"opens_at": None, "link": True}
    maya.client.delete("/api/recovery")
    assert maya.client.get("/api/recovery").json is None
    maya.client.delete("/api/recovery")
    ask(maya, "recovery_code", link=link)
    assert begun(maya) == 0
    assert maya.told().count(Kind.RECOVERY_CANCELLED) == 1


def test_a_newer_one_takes_the_place_of_the_one_before(maya, time):
    first = ask(maya, "recovery_code", "link").json["token"]
    time.move(timedelta(hours=1))
    again = {"link": link_for(maya, time.at)}
    second = ask(maya, "known", **again).json["token"]
    time.move(DAY)
    assert finish(maya, first, device=Authenticator(), again=again).status_code == 401
    assert finish(maya, second, device=Authenticator()).status_code == 422  # used for the first
    assert finish(maya, second, device=Authenticator(), again=again).status_code == 204


def test_anothers_recovery_is_neither_seen_nor_stopped(maya, app, database, lived_in):
    ask(maya, "recovery_code", "link")
    other = Person(app, database, lived_in.other_patient.id, "other_patient@example.org")
    other.passkey()
    assert other.client.get("/api/recovery").json is None
    assert other.client.delete("/api/recovery").status_code == 204
    maya.passkey()
    assert maya.client.get("/api/recovery").json is not None


def test_who_was_disabled_does_not_come_back(maya, time, database):
    token = ask(maya, "recovery_code", "link").json["token"]
    with database.session(writing=True) as session:
        session.get_one(Account, maya.id).disabled_at = NOW
        with pytest.raises(NotFound):
            recovering.start_by_clinic(session, maya.id, at=NOW)
    time.move(DAY)
    assert finish(maya, token, device=Authenticator()).status_code == 401


def test_nothing_that_opens_lies_in_the_database(maya, database):
    link = link_for(maya)
    token = ask(maya, "recovery_code", link=link).json["token"]
    with database.session(writing=False) as session:
        for table in ("recovery", "recovery_link", "recovery_code"):
            rows = session.connection().exec_driver_sql(f"SELECT * FROM {table}").all()  # noqa: S608
            held = str(rows)
            for secret in (link, token, maya.recovery_code, maya.recovery_code.replace("-", "")):
                assert secret not in held
