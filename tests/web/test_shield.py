"""Headers on every answer; writes come from our own pages, as JSON, in a bounded size."""

from dataclasses import replace

import pytest

from journal.app import create_app
from journal.web.shield import HEADERS, MAX_BODY, SHORT_BODY
from tests.worlds import ORIGIN

SIGN_IN = {"email": "patient@example.org", "password": "x"}
OURS = ORIGIN["Origin"]


@pytest.fixture
def https(settings, lived_in, time):
    app = create_app(replace(settings, public_url="https://journal.example.org"), now=time)
    yield app
    app.extensions["journal.database"].dispose()


def test_the_headers_are_on_every_answer(client_of):
    client = client_of("patient")
    tag = client.get("/api/library").headers["ETag"]
    answers = {
        200: client.get("/api/care"),
        304: client.get("/api/library", headers={"If-None-Match": tag}),
        401: client_of("anyone").get("/api/care"),
        403: client.get("/api/today"),
        404: client.get("/api/nowhere"),
        405: client.put("/api/session"),
        413: client.post("/api/sync", data=b"x" * (MAX_BODY + 1), content_type="application/json"),
        415: client.post("/api/sync", data="x"),
        422: client.post("/api/sync", json={}),
        204: client.delete("/api/session"),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        assert HEADERS.items() <= dict(answer.headers).items()
        assert answer.headers["X-Request-ID"]
        assert "Strict-Transport-Security" not in answer.headers


def test_nothing_from_elsewhere_may_load_or_frame():
    policy = dict(
        part.strip().partition(" ")[::2] for part in HEADERS["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert not {"http:", "https:", "*", "'unsafe-inline'", "'unsafe-eval'", "data:"} & set(
        HEADERS["Content-Security-Policy"].replace(";", " ").split()
    )


def test_over_https_the_browser_is_told_to_stay_there(https):
    answer = https.test_client().get("/healthz")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")


def test_api_answers_are_kept_by_nobody_but_the_library(client_of):
    client = client_of("patient")
    for path in ("/api/care", "/api/session", "/api/nowhere", "/api/help", "/api/openapi.json"):
        assert client.get(path).headers["Cache-Control"] == "no-store"
    assert "no-store" not in client.get("/api/library").headers["Cache-Control"]


def test_a_request_keeps_the_id_it_came_with(client_of):
    client = client_of("anyone")
    for sent in ("12345678", "0190-abc-DEF-0190", "a" * 64):
        answer = client.get("/healthz", headers={"X-Request-ID": sent})
        assert answer.headers["X-Request-ID"] == sent


def test_an_id_of_another_shape_is_replaced(client_of):
    client = client_of("anyone")
    for sent in ("", "short", "a" * 65, "words with spaces", "<script>alert"):
        answer = client.get("/healthz", headers={"X-Request-ID": sent})
        assert answer.headers["X-Request-ID"] not in {"", sent}


ELSEWHERE = [
    None,
    "",
    "null",
    "http://localhost",
    "http://localhost:8001",
    "https://localhost:8000",
    "http://LOCALHOST:8000",
    "http://localhost:8000/",
    "http://localhost:8000.evil.example",
    "http://evil.example",
    f"{OURS}, {OURS}",
]


def test_a_write_from_elsewhere_is_refused_before_anything_is_read(client_of):
    client = client_of("patient")
    del client.environ_base["HTTP_ORIGIN"]
    for origin in ELSEWHERE:
        headers = {} if origin is None else {"Origin": origin}
        writes = [
            client.post("/api/session", json=SIGN_IN, headers=headers),
            client.post("/api/withdraw-everything", headers=headers),
            client.delete("/api/sessions", headers=headers),
            client.put("/api/entries/x", data="{", headers=headers),
            client.post("/api/nowhere", headers=headers),
        ]
        assert {answer.status_code for answer in writes} == {403}, origin
        assert {answer.get_json()["title"] for answer in writes} == {"Not from here"}
        assert client.get("/api/session", headers=headers).status_code == 200


def test_over_https_our_own_origin_is_the_public_one(https):
    client = https.test_client()
    for origin, status in (("https://journal.example.org", 422), (OURS, 403)):
        answer = client.post("/api/session", json={}, headers={"Origin": origin})
        assert answer.status_code == status


def test_a_body_of_another_type_is_refused(client_of):
    client = client_of("anyone")
    for kind in (
        None,
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/problem+json",
        "application/jsonx",
        "text/plain; application/json",
    ):
        answer = client.post("/api/session", data=b"{}", content_type=kind)
        assert answer.status_code == 415, kind


def test_json_may_name_its_charset(client_of):
    kind = "application/json; charset=utf-8"
    answer = client_of("anyone").post("/api/session", data=b"{}", content_type=kind)
    assert answer.status_code == 422


TAKES = [
    ("POST", "/api/session"),
    ("POST", "/api/sync"),
    ("POST", "/api/withdraw-everything"),  # no body at all
    ("DELETE", "/api/sessions"),
]


def test_a_body_that_is_too_large_is_refused(client_of):
    client = client_of("patient")
    for size in (MAX_BODY + 1, 10_000_000):
        body = b'{"email":"' + b"a" * (size - 12) + b'"}'
        assert len(body) == size
        for method, path in TAKES:
            answer = client.open(path, method=method, data=body, content_type="application/json")
            assert (answer.status_code, answer.mimetype) == (413, "application/problem+json")
        assert client.get("/api/session").status_code == 200


@pytest.mark.parametrize(
    ("path", "limit"),
    [("/api/session", SHORT_BODY), ("/api/grants", SHORT_BODY), ("/api/sync", MAX_BODY)],
)
def test_a_body_up_to_its_limit_is_read_and_not_a_byte_more(client_of, path, limit):
    client = client_of("patient")
    for size, status in ((limit, 422), (limit + 1, 413)):
        body = b'{"email":"' + b"a" * (size - 12) + b'"}'
        assert len(body) == size
        answer = client.post(path, data=body, content_type="application/json")
        assert answer.status_code == status
