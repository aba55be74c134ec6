"""What the policy kept off is in our own log: in a shape of ours, and only so much of it."""

import logging

import pytest

from journal.web import reports

WORDS = "the river again"
OLD = "application/csp-report"
NEW = "application/reports+json"


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(reports, "allowance", reports.Allowance(reports.MOST_A_MINUTE))


@pytest.fixture
def told(client_of, caplog):
    """Send a report; return the status, and what was written of it."""
    caplog.set_level(logging.INFO)
    client = client_of("anyone")
    del client.environ_base["HTTP_ORIGIN"]

    def tell(sent, kind=OLD, **headers):
        caplog.clear()
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = client.post("/api/csp", json=sent, content_type=kind, headers=headers)
        mine = [record.fields for record in caplog.records if record.name == "journal.csp"]
        return answer.status_code, mine

    return tell


SEEN = {
    "directive": "script-src-elem",
    "blocked": "https://evil.example:8443",
    "page": "journal",
    "script": "index-1a2b.js",
    "line": 7,
}


def test_a_report_of_the_older_kind_is_written_without_paths_and_queries(told):
    sent = {
        "document-uri": f"https://journal.example/journal/0190-abc?find={WORDS}#x",
        "referrer": WORDS,
        "effective-directive": "script-src-elem",
        "original-policy": WORDS,
        "blocked-uri": f"https://evil.example:8443/{WORDS}?x={WORDS}",
        "source-file": f"https://journal.example/assets/index-1a2b.js?{WORDS}",
        "line-number": 7,
        "script-sample": WORDS,
    }
    assert told({"csp-report": sent}) == (204, [SEEN])


def test_a_report_of_the_newer_kind_is_the_same(told):
    body = {
        "documentURL": f"https://journal.example/journal/0190-abc?find={WORDS}#x",
        "effectiveDirective": "script-src-elem",
        "blockedURL": f"https://evil.example:8443/{WORDS}",
        "sourceFile": "https://journal.example/assets/index-1a2b.js",
        "lineNumber": 7,
        "sample": WORDS,
    }
    sent = [{"type": "csp-violation", "age": 1, "url": WORDS, "body": body}]
    assert told(sent, NEW) == (204, [SEEN])
    assert told([{"type": "deprecation", "body": body}], NEW) == (204, [])


def test_the_name_of_a_page_that_stands_where_a_script_does_is_not_repeated(told):
    """Of a script within a page the source is the page's own address: its end may be an id."""
    id = "01a225d6-b15b-7689-8c12-0b45d67ca91d"
    for end in (f"desk/patients/{id}", f"{id}.js/{id}", "join", id):
        sent = {"source-file": f"https://journal.example/{end}", "document-uri": "/join"}
        [written] = told({"csp-report": sent})[1]
        assert (written["script"], written["page"]) == ("?", "join")


HOSTILE = [WORDS, "\n{}", "\x1b[31m", "a" * 2_000, 1, None, [], {}, "https://[", "//", "\u2028"]


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: repr(value)[:20])
def test_what_has_no_shape_of_ours_is_not_repeated(told, value):
    names = ("document-uri", "effective-directive", "blocked-uri", "source-file", "line-number")
    status, written = told({"csp-report": dict.fromkeys(names, value)})
    assert status == 204
    line = value if value == 1 else 0
    page = {"page": ""} if value in (1, None, [], {}, "https://[", "//") else {"page": "?"}
    expected = {"directive": "?", "blocked": "?", "script": "?", "line": line} | page
    if value == "a" * 2_000:
        expected["page"] = "?"
    assert written == [expected]


def test_what_is_no_report_is_refused(told):
    for sent in (1, "x", None, {}, {"csp-report": 1}):
        assert told(sent) == (400, [])
    assert told([1, {}, {"type": "csp-violation"}], NEW) == (204, [])
    assert told({"csp-report": {}}, "application/json")[0] == 415
    assert told({"csp-report": {"x": "y" * 20_000}})[0] == 413


def test_it_may_come_from_the_browser_itself_but_from_no_other_site(told):
    sent = {"csp-report": {}}
    assert told(sent, Origin="null")[0] == 204
    assert told(sent, Origin="null", Sec_Fetch_Site="same-origin")[0] == 204
    for near in ("cross-site", "same-site", "none"):
        assert told(sent, Sec_Fetch_Site=near) == (403, [])


def test_a_flood_is_answered_and_not_written(told):
    sent = [{"type": "csp-violation", "body": {}}] * 40
    written = [told(sent, NEW) for _ in range(10)]
    assert {status for status, _ in written} == {204}
    counts = [len(found) for _, found in written]
    assert max(counts) == reports.MOST_AT_ONCE
    assert sum(counts) <= 2 * reports.MOST_A_MINUTE  # the minute may turn meanwhile
    assert sum(counts) >= reports.MOST_A_MINUTE


def test_the_next_minute_has_room_again():
    allowed = reports.Allowance(2)
    assert [allowed.take(minute) for minute in (5, 5, 5, 6, 6, 6)] == [
        True,
        True,
        False,
        True,
        True,
        False,
    ]
