"""Who is let in: the whole truth table over HTTP, and nothing used up for nothing."""

import ast
import itertools
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from journal.accounts import codes, passwords
from journal.accounts.entering import Proof, whole
from journal.accounts.models import Account, Kind
from journal.accounts.principals import Role
from journal.app import create_app
from tests.accounts.proving import Person, browser, use
from tests.acts import told
from tests.authenticator import Authenticator
from tests.factories import NOW, PASSWORD

ROLES = ("patient", "therapist", "admin")
HOUR = timedelta(hours=1)


@pytest.fixture
def person(app, database, lived_in):
    def of(who: str) -> Person:
        return Person(app, database, getattr(lived_in, who).id, f"{who}@example.org")

    return of


# password right | code right | recovery code right | device known → let in: patient, staff
TABLE = {
    (True, True, True, True): (True, True),
    (True, True, True, False): (True, True),
    (True, True, False, True): (True, True),
    (True, True, False, False): (True, True),
    (True, False, True, True): (True, False),
    (True, False, True, False): (True, False),
    (True, False, False, True): (True, False),
    (True, False, False, False): (False, False),
    (False, True, True, True): (False, False),
    (False, True, True, False): (False, False),
    (False, True, False, True): (False, False),
    (False, True, False, False): (False, False),
    (False, False, True, True): (False, False),
    (False, False, True, False): (False, False),
    (False, False, False, True): (False, False),
    (False, False, False, False): (False, False),
}


def test_the_table_is_whole():
    assert set(TABLE) == set(itertools.product((True, False), repeat=4))


@pytest.mark.parametrize("wrong_or_missing", ["wrong", "missing"])
@pytest.mark.parametrize("who", ROLES)
def test_every_line_of_the_table_over_http(person, time, who, wrong_or_missing):
    one = person(who)
    known = one.knows()
    for line, (patient, staff) in TABLE.items():
        password, code, paper, device = line
        time.move(HOUR)  # another code, and no wait for the tries before
        one.__post_init__()
        wrong = wrong_or_missing == "wrong"
        sent = {
            "password": PASSWORD if password else "another password",
            **({"code": one.code(time.at)} if code else {"code": "000000"} if wrong else {}),
            **({"recovery_code": one.recovery_code} if paper else {}),
            **({"recovery_code": "0" * 26} if wrong and not paper else {}),
        }
        client = known if device else browser(one.app)
        answer = one.password(client, **sent)
        assert (answer.status_code == 200) is (patient if who == "patient" else staff), line
        inside = client.get("/api/session").status_code == 200
        assert inside is (answer.status_code == 200), line
        if inside:
            client.delete("/api/session")


@pytest.mark.parametrize("who", ROLES)
def test_a_passkey_is_whole_by_itself(person, who):
    one = person(who)
    assert one.passkey().json["role"] == who


@pytest.mark.parametrize("role", list(Role))
def test_the_rule_for_every_set_of_proofs(role):
    second = {Proof.CODE, Proof.RECOVERY_CODE, Proof.KNOWN_DEVICE}
    for size in range(6):
        for shown in map(frozenset, itertools.combinations(Proof, size)):
            counts = second if role is Role.PATIENT else {Proof.CODE}
            right = Proof.PASSKEY in shown or (Proof.PASSWORD in shown and bool(counts & shown))
            assert whole(role, shown) is right, shown


@pytest.mark.parametrize(
    ("who", "needs"),
    [("patient", ["code", "recovery_code"]), ("therapist", ["code"]), ("admin", ["code"])],
)
def test_a_right_password_hears_what_it_waits_for(person, who, needs):
    one = person(who)
    answer = one.password()
    assert (answer.status_code, answer.json["needs"]) == (401, needs)
    assert "Set-Cookie" not in answer.headers
    if who != "patient":  # whether the code on paper was right is not said
        assert told(one.password(recovery_code=one.recovery_code)) == told(answer)
        assert told(one.password(recovery_code="0" * 26)) == told(answer)


def test_what_is_wrong_sounds_like_nobody(person, time):
    one = person("patient")
    answers = []
    for changed in (
        {"password": "another password", "code": "000000"},
        {"code": "000000"},
        {"recovery_code": "0" * 26},
        {"email": "nobody@example.org"},
        {"email": "nobody@example.org", "code": "000000"},
        {"email": "nobody@example.org", "recovery_code": one.recovery_code},
    ):
        time.move(HOUR)
        answers.append(told(one.password(browser(one.app), **changed)))
    assert answers == [answers[0]] * len(answers)


def test_a_person_without_a_password_sounds_like_nobody(person, database):
    one = person("patient")
    wrong = told(one.password(code="000000", password="another password"))
    with database.session(writing=True) as session:
        session.get_one(Account, one.id).password_hash = ""
    assert told(one.password(code=one.code(NOW + HOUR))) == wrong


def test_a_code_on_paper_is_not_used_up_where_another_proof_does(person, time):
    one = person("patient")
    time.move(HOUR)
    known = one.knows()
    assert one.password(known, recovery_code=one.recovery_code).status_code == 200
    known.delete("/api/session")
    both = {"code": one.code(time.at), "recovery_code": one.recovery_code}
    assert one.password(browser(one.app), **both).status_code == 200
    assert one.password(browser(one.app), recovery_code=one.recovery_code).status_code == 200
    assert one.password(browser(one.app), recovery_code=one.recovery_code).status_code == 401
    assert one.told().count(Kind.RECOVERY_CODE_USED) == 1


def test_a_code_on_paper_is_read_however_it_is_copied(person):
    one = person("patient")
    copied = one.recovery_code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert one.password(recovery_code=copied).status_code == 200


@pytest.mark.parametrize("hashed", ["", "another"])
def test_a_sign_in_under_way_does_not_outlive_its_password(person, database, meanwhile, hashed):
    """Changed, or taken away by a recovery."""
    maya = person("patient")
    known = maya.knows()
    new = passwords.make_hash("quilt seven lamp river") if hashed else ""

    def change():
        with database.session(writing=True) as session:
            session.get_one(Account, maya.id).password_hash = new

    meanwhile(change)
    answer = maya.password(known)
    assert (answer.status_code, answer.json.get("needs")) == (401, None)
    assert known.get("/api/session").status_code == 401


def test_a_sign_in_under_way_does_not_outlive_signing_out_everywhere(person, meanwhile):
    maya = person("patient")
    known, other = maya.knows(), browser(maya.app)
    maya.passkey(other)
    meanwhile(lambda: other.delete("/api/sessions"))
    # This device was known when it began; now its password waits for more, as anywhere.
    assert maya.password(known).json["needs"] == ["code", "recovery_code"]


def test_two_at_once_with_one_code_on_paper_are_one(person):
    one = person("patient")
    with ThreadPoolExecutor(2) as pool:
        asked = [
            pool.submit(one.password, browser(one.app), recovery_code=one.recovery_code)
            for _ in range(2)
        ]
        assert sorted(each.result().status_code for each in asked) == [200, 401]


def test_two_at_once_with_one_code_are_one(person, time):
    one = person("therapist")
    time.move(HOUR)
    with ThreadPoolExecutor(2) as pool:
        asked = [
            pool.submit(one.password, browser(one.app), code=one.code(time.at)) for _ in range(2)
        ]
        assert sorted(each.result().status_code for each in asked) == [200, 401]


def test_an_answer_of_a_passkey_is_taken_once(person):
    one = person("patient")
    asked = one.client.post("/api/passkeys/ask", json={}).json
    body = {"id": asked["id"], "credential": Authenticator.of(one.id).get(asked["publicKey"])}
    assert one.client.post("/api/session/passkey", json=body).status_code == 200
    assert browser(one.app).post("/api/session/passkey", json=body).status_code == 401


def test_an_answer_of_a_passkey_is_taken_for_five_minutes(person, time):
    one = person("patient")
    asked = one.client.post("/api/passkeys/ask", json={}).json
    body = {"id": asked["id"], "credential": Authenticator.of(one.id).get(asked["publicKey"])}
    time.move(timedelta(minutes=5))
    assert one.client.post("/api/session/passkey", json=body).status_code == 401


def test_a_passkey_says_whose_it_is_or_it_is_nobodys(person, lived_in):
    one = person("patient")
    device = Authenticator.of(one.id)
    device.user = lived_in.other_patient.id.bytes
    assert use(one.client, device).status_code == 401
    device.user = b""
    assert use(one.client, device).status_code == 200


def test_a_passkey_nobody_has_sounds_like_one_that_is_wrong(person):
    one = person("patient")
    unknown, wrong = Authenticator(), Authenticator(credential_id=one.id.bytes)
    answers = [told(use(browser(one.app), device)) for device in (unknown, wrong)]
    assert answers[0] == answers[1]
    assert answers[0][0] == 401


def test_who_was_disabled_is_let_in_by_nothing(person, database, time):
    one = person("patient")
    known = one.knows()
    with database.session(writing=True) as session:
        session.get_one(Account, one.id).disabled_at = NOW
    assert one.passkey().status_code == 401
    assert one.password(known).status_code == 401


def test_asking_for_a_passkey_writes_nothing(app, database):
    client = browser(app)
    with database.session(writing=True):  # SQLite lets one write at a time: this would wait
        assert client.post("/api/passkeys/ask", json={}).status_code == 200


LETS_IN = {
    # decision 0030 lists them: whoever adds one says there by which proofs
    "journal/accounts/views.py": {"sign_in"},
    "journal/accounts/entering_views.py": {"sign_in"},
    "journal/invitations/views.py": {"accept"},
    "journal/canary/people.py": {"release"},  # people who are gone before the server answers
}
"""Where a session begins: function by function."""


def test_every_way_to_a_session_is_listed():
    house = Path(__file__).parents[2]
    found: dict[str, set[str]] = {}
    for source in sorted((house / "journal").rglob("*.py")):
        for function in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef):
                called = {
                    getattr(node.func, "attr", getattr(node.func, "id", ""))
                    for node in ast.walk(function)
                    if isinstance(node, ast.Call)
                }
                if called & {"let_in", "start_session", "login_user"}:
                    name = source.relative_to(house).as_posix()
                    found.setdefault(name, set()).add(function.name)
    doors = found.pop("journal/accounts/session_views.py")
    assert doors == {"let_in", "hold"}  # the one place where a session is put into a cookie
    assert found == LETS_IN


def test_the_demo_is_for_localhost_alone(settings, database, lived_in, app):
    assert browser(app).get("/api/door").json == {"demo_code": None}
    with database.session(writing=True) as session:
        codes.give_demo(session, lived_in.patient.id, "246810")
    client = browser(app)
    assert client.get("/api/door").json == {"demo_code": "246810"}
    sent = {"email": "patient@example.org", "password": PASSWORD, "code": "246810"}
    assert client.post("/api/session", json=sent).status_code == 200
    sent["email"] = "therapist@example.org"
    assert client.post("/api/session", json=sent).status_code == 401
    with pytest.raises(RuntimeError, match="localhost"):
        create_app(replace(settings, public_url="https://journal.example.org"))
