"""A fuzzer drives every route as the document describes it, signed in as each kind of person.

Whatever is sent, no answer is a 5xx, and every answer is one the document names, in the shape the
document gives; what the document does not allow is refused. The seed is fixed: a run finds today
what it found yesterday. A failure prints the request as a line of curl; `JOURNAL_SEED=…` before the
command tries other requests.
"""

import os
import re
import shutil
from collections import Counter
from contextlib import suppress
from unittest import SkipTest
from uuid import UUID

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.acts import signed_in
from tests.worlds import ORIGIN

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
NOTHING = UUID(int=0)
LONG = bool(os.environ.get("JOURNAL_LONG"))
EXAMPLES = 120 if LONG else 4  # of each operation, right and wrong: two minutes in all, or twenty
SEED = int(os.environ.get("JOURNAL_SEED", "20260310"))

pytestmark = pytest.mark.timeout(3600 if LONG else 600)


@pytest.fixture
def database_url(migrated_file, tmp_path):
    """What a route says does not depend on the database: one kind is enough here."""
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'journal.db')}"


@pytest.fixture
def app(app):
    app.config["TESTING"] = False  # an error is an answer, as it is for people
    return app


@pytest.fixture
def schema(app):
    return schemathesis.openapi.from_wsgi("/api/openapi.json", app)


ENDS_THE_RUN = {  # they sign it out, or change the cookie it holds
    ("/api/session", "delete"),
    ("/api/sessions", "delete"),
    ("/api/session/proof", "post"),
}


SAFE_OR_GONE = ("get", "delete")
KNOWS_MORE = {  # what the document allows, but for a rule that only the answer tells
    "/api/changes",  # a cursor of this journal
    "/api/clinic/appointments/{id}",  # the edition that is cancelled
    "/api/clinic/dosing-sessions/{id}",
    "/api/clinic/schedule",  # a year near ours
    "/api/media/{media_id}/content",  # a range that is in there
}


def checks_of(operation):
    """Where there is no body, all that fits the document is taken, and nothing else anywhere."""
    checks = list(CHECKS)
    if operation.path != "/api/sync":  # it answers for each thing by itself
        checks.append(negative_data_rejection)
    if operation.method in SAFE_OR_GONE and operation.path not in KNOWS_MORE:
        checks.append(positive_data_acceptance)
    return checks


def drive(operation, mode, people):
    """Make some calls of one operation as everybody; return the statuses each was answered with.

    To make a call up takes longer than to answer it: each is made up once.
    """
    seen = {who: Counter() for who in people}
    checks = checks_of(operation)

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def call(case):
        for who, cookies in people.items():
            case.cookies = cookies  # the fuzzer would make a cookie up
            answer = case.call_and_validate(headers=ORIGIN, checks=checks)
            seen[who][answer.status_code] += 1

    # Where a route takes nothing, there is nothing wrong to send.
    with suppress(Unsatisfiable, SkipTest):
        call()
    return seen


def cookies_of(app, world, who):
    if who == "anyone":
        return {}
    return {"journal": signed_in(app, getattr(world, who)).get_cookie("journal").value}


def test_whatever_is_sent_the_answer_is_one_the_document_names(app, schema, lived_in):
    everyone = ["anyone", "patient", "therapist", "admin"]
    people = {who: cookies_of(app, lived_in, who) for who in everyone}
    seen = {who: Counter() for who in everyone}
    for result in schema.get_all_operations():
        operation = result.ok()
        if (operation.path, operation.method) not in ENDS_THE_RUN:
            for mode in GenerationMode:
                for who, statuses in drive(operation, mode, people).items():
                    seen[who] += statuses
    # They were turned away where they have to be, and got further where they may.
    for who, statuses in seen.items():
        assert {200, 404, 422, 401 if who == "anyone" else 403} <= set(statuses), who


NAMES = re.compile(r"{(\w+)}")
OF_NUMBERS = {"n": "0", "edition": "1"}
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}


def test_an_address_names_the_methods_it_takes_and_takes_no_other(client_of):
    client, taken = client_of("anyone"), {}
    for path, operations in client.get("/api/openapi.json").json["paths"].items():
        # Two paths of the document may be one address: a name takes any of its kind.
        there = NAMES.sub(lambda name: OF_NUMBERS.get(name[1], str(NOTHING)), path)
        taken.setdefault(there, set()).update(map(str.upper, operations.keys() - {"parameters"}))
    for there, methods in taken.items():
        for method in METHODS - methods:
            answer = client.open(there, method=method)
            assert (answer.status_code, method, there) == (405, method, there)
            assert set(answer.allow) - {"HEAD", "OPTIONS"} == methods, there
