"""A fuzzer drives every route as the document describes it, signed in as each kind of person.

Whatever is sent, no answer is a 5xx, and every answer is one the document names, in the shape the
document gives. The seed is fixed: a run finds today what it found yesterday. A failure prints the
request as a line of curl; `JOURNAL_SEED=…` before the command tries other requests.
"""

import os
import shutil
from collections import Counter
from contextlib import suppress
from unittest import SkipTest

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.acts import signed_in
from tests.worlds import ORIGIN

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
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


def drive(operation, mode, cookies):
    """Make some calls of one operation; return the statuses they were answered with."""
    seen = Counter()

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
        case.cookies = cookies  # the fuzzer would make a cookie up
        seen[case.call_and_validate(headers=ORIGIN, checks=CHECKS).status_code] += 1

    # Where a route takes nothing, there is nothing wrong to send.
    with suppress(Unsatisfiable, SkipTest):
        call()
    return seen


@pytest.mark.parametrize("who", ["anyone", "patient", "therapist", "admin"])
def test_whatever_is_sent_the_answer_is_one_the_document_names(app, schema, lived_in, who):
    cookies, seen = {}, Counter()
    if who != "anyone":
        cookies["journal"] = signed_in(app, getattr(lived_in, who)).get_cookie("journal").value
    for result in schema.get_all_operations():
        operation = result.ok()
        if (operation.path, operation.method) not in ENDS_THE_RUN:
            for mode in GenerationMode:
                seen += drive(operation, mode, cookies)
    # It was turned away where it has to be, and got further where it may.
    assert {200, 404, 422, 401 if who == "anyone" else 403} <= set(seen)
