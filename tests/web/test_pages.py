"""The build is served compressed ahead of time, hashed files for good, and nothing beside it."""

import gzip
from dataclasses import replace

import pytest

from journal.web.pages import IMMUTABLE

PAGE, DESK, SCRIPT = b"<!doctype html>patient", b"<!doctype html>desk", b"let a = 1\n" * 50
CAPTURE = b"<!doctype html>capture"


@pytest.fixture
def build(tmp_path):
    """A small build of the web app, and a secret beside it."""
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("outside")
    (folder / "index.html").write_bytes(PAGE)
    (folder / "desk.html").write_bytes(DESK)
    (folder / "capture.html").write_bytes(CAPTURE)
    (folder / "sw.js").write_bytes(b"worker")
    (folder / "app.webmanifest").write_bytes(b"{}")
    (folder / "assets" / "app-1a2b.js").write_bytes(SCRIPT)
    (folder / "assets" / "app-1a2b.js.gz").write_bytes(gzip.compress(SCRIPT))
    (folder / "assets" / "app-1a2b.js.br").write_bytes(b"brotli bytes")
    (folder / "assets" / "out.txt").symlink_to(tmp_path / "secret.txt")
    return folder


@pytest.fixture
def settings(settings, build):
    return replace(settings, static_folder=build)


@pytest.fixture
def get(client_of):
    """Fetch, read to the end and close."""
    client = client_of("anyone")

    def fetch(path, *, host="http://localhost:8000", method="GET", **headers):
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        with client.open(path, method=method, base_url=host, headers=sent) as answer:
            answer.get_data()
            return answer

    return fetch


def test_every_address_of_the_app_is_its_page(get):
    for path in ("/", "/help", "/journal/some/where", "/robots.txt", "/apiary", "/index.html"):
        answer = get(path)
        assert (answer.status_code, answer.get_data()) == (200, PAGE), path
        assert answer.mimetype == "text/html"
        assert answer.headers["Cache-Control"] == "no-cache"
    for path in ("/desk", "/desk/", "/desk/patients/1"):
        assert get(path).get_data() == DESK
    for path in ("/capture", "/capture/", "/capture?to=1"):
        assert get(path).get_data() == CAPTURE


def test_files_come_with_their_type(get):
    types = {
        "/sw.js": "text/javascript",
        "/app.webmanifest": "application/manifest+json",
        "/assets/app-1a2b.js": "text/javascript",
    }
    assert {path: get(path).mimetype for path in types} == types


def test_the_worker_is_asked_for_anew_and_hashed_files_never(get):
    assert get("/sw.js").headers["Cache-Control"] == "no-cache"
    assert get("/assets/app-1a2b.js").headers["Cache-Control"] == IMMUTABLE
    assert "immutable" in IMMUTABLE


@pytest.mark.parametrize("path", ["/assets/absent.js", "/assets/", "/api/", "/api/x", "/assets"])
def test_what_is_missing_among_files_is_a_problem_and_not_the_page(get, path):
    answer = get(path)
    if path == "/assets":  # an address like any other
        assert answer.get_data() == PAGE
    else:
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_the_smallest_form_the_browser_takes_is_sent(get):
    path = "/assets/app-1a2b.js"
    for accepted, encoding in (
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("identity", None),
        ("", None),
    ):
        answer = get(path, Accept_Encoding=accepted)
        assert answer.headers.get("Content-Encoding") == encoding, accepted
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert answer.mimetype == "text/javascript"
    assert gzip.decompress(get(path, Accept_Encoding="gzip").get_data()) == SCRIPT
    assert get(path, Accept_Encoding="br").get_data() == b"brotli bytes"
    assert get(path).get_data() == SCRIPT


def test_a_file_without_a_compressed_form_is_sent_as_it_is(get):
    assert get("/sw.js", Accept_Encoding="br, gzip").get_data() == b"worker"


def test_a_copy_that_is_still_right_is_not_sent_again(get):
    tag = get("/").headers["ETag"]
    assert get("/", If_None_Match=tag).status_code == 304
    plain, small = (
        get("/assets/app-1a2b.js", Accept_Encoding=kind).headers["ETag"] for kind in ("", "br")
    )
    assert plain != small


OUTSIDE = [
    "/../secret.txt",
    "/assets/../../secret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/assets/%2e%2e/%2e%2e/secret.txt",
    "/..%5csecret.txt",
    "//secret.txt",
    "/assets/out.txt",
    "/desk/../../secret.txt",
    "/api/../../secret.txt",
]


def test_nothing_outside_the_build_is_served(get, build):
    absolute = f"/{build.parent / 'secret.txt'}"
    for path in [*OUTSIDE, absolute, f"/assets/{absolute}"]:
        answer = get(path)
        assert b"outside" not in answer.get_data(), path
        assert answer.status_code in {200, 308, 404}, path


def test_compressed_forms_are_not_files_of_their_own(get):
    for path in ("/assets/app-1a2b.js.br", "/assets/app-1a2b.js.gz"):
        assert get(path).status_code == 404


def test_a_path_no_file_system_takes_is_not_there(get):
    for name in ("a" * 300, "%00", "a%00b", "%ff", "a/" * 3000):
        assert get(f"/assets/{name}").status_code == 404, name
        assert get(f"/{name}").get_data() == PAGE, name


@pytest.mark.parametrize("host", ["http://127.0.0.1:8000", "http://[::1]:8000"])
def test_an_ip_address_leads_to_the_name(get, host):
    for path in ("/", "/desk", "/help?x=1"):
        answer = get(path, host=host)
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"http://localhost:8000{path}"
    assert get("/assets/app-1a2b.js", host=host).get_data() == SCRIPT


def test_before_the_build_there_is_no_page(get, build):
    (build / "index.html").unlink()
    answer = get("/")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
