"""Headers on every answer; writes come from our own pages, as JSON, in a bounded size."""

import gzip
from dataclasses import replace
from itertools import product
from uuid import UUID

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


@pytest.fixture
def settings(settings, tmp_path):
    """A build with a page, a hashed file and a worker, each of which carries the headers too."""
    (tmp_path / "assets").mkdir()
    for name in ("index.html", "desk.html", "capture.html", "sw.js", "assets/a-1.js"):
        (tmp_path / name).write_text("<!doctype html>")
    return replace(settings, static_folder=tmp_path)


def require_headers(answer, *, https=False):
    assert HEADERS.items() <= dict(answer.headers).items()
    assert answer.headers["X-Request-ID"]
    assert ("Strict-Transport-Security" in answer.headers) is https
    assert answer.headers.get("Server", "").lower().find("python") < 0


def test_the_headers_are_on_every_answer(client_of):
    client = client_of("patient")
    tag = client.get("/api/library").headers["ETag"]
    answers = {
        200: client.get("/api/care"),
        304: client.get("/api/library", headers={"If-None-Match": tag}),
        400: client.get("/api/changes?limit=1&limit=2"),
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
        require_headers(answer)


@pytest.mark.parametrize("who", ["anyone", "patient", "therapist", "admin"])
def test_the_headers_are_on_every_route_by_every_method(app, client_of, who):
    client = client_of(who)
    seen = set()
    for rule in app.url_map.iter_rules():
        names = {name: 1 for name in rule.arguments}
        names |= {
            name: UUID(int=0) for name, kind in rule._converters.items() if "UUID" in repr(kind)
        }
        path = app.url_map.bind("").build(rule.endpoint, names)
        for method in ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE"):
            if (method, path) in {("DELETE", "/api/session"), ("DELETE", "/api/sessions")}:
                continue
            with client.open(path, method=method, json={} if method[0] == "P" else None) as answer:
                require_headers(answer)
                assert answer.status_code < 500
                if path.startswith("/api/"):
                    assert "Cookie" in answer.vary
                    assert "Cache-Control" in answer.headers
                seen.add(answer.status_code)
    for path in ("/", "/sw.js", "/capture", "/desk", "/assets/a-1.js", "/assets/none.js", "/%00"):
        with client.get(path) as answer:
            require_headers(answer)
    assert {200, 404, 405, 422} <= seen


def test_the_headers_are_on_an_answer_to_a_fault_of_our_own(client_of, monkeypatch):
    def broken(*_):
        raise ValueError

    client = client_of("patient")
    monkeypatch.setattr("journal.care.service.clinic_of", broken)
    answer = client.get("/api/care")
    assert answer.status_code == 500
    require_headers(answer)


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
    require_headers(answer, https=True)
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


NEAR = [None, "same-origin", "same-site", "cross-site", "none", "", "SAME-ORIGIN", "x"]


def test_how_near_the_asking_page_is_decides_for_every_method_and_origin(client_of):
    """The whole matrix: how near × which origin × which method × API or page."""
    client = client_of("patient")
    del client.environ_base["HTTP_ORIGIN"]
    for near, origin in product(NEAR, [None, OURS, "null", "http://evil.example"]):
        headers = {} if origin is None else {"Origin": origin}
        headers |= {} if near is None else {"Sec-Fetch-Site": near}
        ours = near in {None, "same-origin"}
        for method in ("GET", "HEAD", "OPTIONS"):
            asked = {
                "/api/care": ours or near == "none",
                "/api/nowhere": ours or near == "none",
                "/healthz": True,  # a page, or what is as open as one
                "/nowhere": True,
            }
            for path, fits in asked.items():
                with client.open(path, method=method, headers=headers) as answer:
                    assert (answer.status_code != 403) is fits, (near, origin, method, path)
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            for path in ("/api/grants/x", "/api/withdraw-everything", "/", "/api/nowhere"):
                answer = client.open(path, method=method, headers=headers)
                fits = ours and origin == OURS
                # Where it fits it gets as far as the routes: done, absent, or another method.
                assert (answer.status_code != 403) is fits, (near, origin, method, path)


def test_a_name_that_stands_twice_in_the_query_is_refused(client_of):
    client = client_of("patient")
    for query in ("limit=1&limit=1", "cursor=a&limit=1&cursor=b", "x=1&x=2", "x&x", "%78=1&x=2"):
        answer = client.get(f"/api/changes?{query}")
        assert (answer.status_code, answer.get_json()["title"]) == (
            400,
            "The request cannot be read",
        )
    assert client.get("/api/changes?limit=1").status_code == 200
    with client.get("/?utm=1&utm=2") as answer:  # a page takes no part in its query
        assert answer.status_code == 200


def test_a_method_that_is_none_of_ours_is_refused_everywhere(client_of):
    client = client_of("patient")
    for method in ("TRACE", "CONNECT", "PROPFIND", "GETT", "X-MAYA"):
        for path in ("/api/care", "/", "/healthz", "/api/nowhere"):
            answer = client.open(path, method=method)
            assert answer.status_code == 405
            assert method not in answer.get_data(as_text=True)


@pytest.mark.parametrize("packed", ["gzip", "br", "deflate", "gzip, gzip", "zstd", ""])
def test_a_packed_body_is_refused(client_of, packed):
    bomb = gzip.compress(b'{"email":"' + b"a" * 1_000_000 + b'"}')
    headers = {"Content-Encoding": packed}
    kind = "application/json"
    answer = client_of("anyone").post("/api/session", data=bomb, headers=headers, content_type=kind)
    assert answer.status_code == 415


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
