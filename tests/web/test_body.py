"""Bodies are read strictly or refused: never a 500, never half understood."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.web.body import UnreadableBody, read_json
from journal.web.shield import MAX_BODY

DEEP = 100_000
UNREADABLE = {
    "nothing but space": b"  ",
    "broken": b'{"email"',
    "two values": b"{} {}",
    "single quotes": b"{'email': 1}",
    "a comma too many": b'{"email": 1,}',
    "a comment": b"{} // no",
    "a name twice": b'{"email": "a", "email": "b", "password": "x"}',
    "a name twice, deeper down": b'{"a": [{"b": 1, "b": 1}]}',
    "NaN": b'{"email": NaN}',
    "Infinity": b'{"email": Infinity}',
    "-Infinity": b"[-Infinity]",
    "not UTF-8": b'{"email": "\xff"}',
    "half a letter": b'{"email": "\xe2\x82"}',
    "a surrogate in UTF-8": b'"\xed\xa0\x80"',
    "UTF-16": '{"email": "a"}'.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf{}",
    "a bare control character": b'"a\x00b"',
    "nested without an end": b"[" * DEEP,
    "nested too deeply": b"[" * DEEP + b"]" * DEEP,
    "objects nested too deeply": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "a number of 10,000 digits": b"1" * 10_000,
    "a number beyond every number": b'{"email": 1e999}',
    "the same below": b"[-1e999]",
    "half of a pair": b'{"email": "\\ud800"}',
    "the other half": b'["x\\uDFFFy"]',
    "half of a pair as a name": b'{"\\udc00": 1}',
    "the halves the wrong way round": b'["\\udc00\\ud800"]',
    "65 lists": b"[" * 65 + b"]" * 65,
    "65 of either": b'[{"a":' * 32 + b"[]" + b"}]" * 32,
    "more objects than anybody has": b"[" + b"{}," * 100_000 + b"{}]",
    "more names than anybody has": json.dumps({f"n{n}": n for n in range(2_001)}).encode(),
    "lists that are not closed": b"[" * 65 + b"1",
    "a quote that hides the nesting": b'{"a":"\\\\",' + b'"b":' + b"[" * 65 + b"]" * 65 + b"}",
}

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=15,
)


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_is_refused(body):
    with pytest.raises(UnreadableBody) as caught:
        read_json(body)
    assert caught.value.detail == ""
    assert caught.value.__cause__ is None


@given(value=json_values)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_all_other_json_is_read_as_it_is(value):
    assert read_json(json.dumps(value).encode()) == value


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (b"[" * 64 + b"]" * 64, None),
        (b'"' + b"[" * 1000 + b'"', "[" * 1000),
        (b'["' + b'\\"[' * 100 + b'"]', ['"[' * 100]),
        (b"[" + b"[]," * 200 + b"{}]", [[]] * 200 + [{}]),
        (b'["\\ud83c\\udf0a"]', ["\U0001f30a"]),
        (b'["\\\\ud800"]', ["\\ud800"]),
        (b"[" + b"[]," * 99_998 + b"1]", None),
        (b'["' + b"[,{" * 50_000 + b'"]', None),
        (json.dumps({f"n{n}": n for n in range(2_000)}).encode(), None),
        (b"[1e308, -0.0, 1e-999]", [1e308, 0.0, 0.0]),
    ],
)
def test_what_only_looks_like_a_fault_is_read(body, read):
    found = read_json(body)
    assert read is None or found == read


def test_a_body_made_to_be_slow_is_refused_without_waiting():
    """Work is counted in bytes here: 4 MB of each, and none may cost more than one look a pass."""
    for part in (b'"', b'\\"', b'"\\', b"[", b"]", b"{", b'["', b"[]", b'{"a":[', b"\\"):
        body = part * (MAX_BODY // len(part))
        with pytest.raises(UnreadableBody):
            read_json(body)


def test_one_name_in_two_objects_is_fine():
    assert read_json(b'[{"a": 1}, {"a": {"a": 2}}]') == [{"a": 1}, {"a": {"a": 2}}]


def test_over_http_an_unreadable_body_is_a_problem_without_a_word_of_it(client_of):
    client = client_of("patient")
    answers = {
        (name, path): client.open(path, method=method, data=body, content_type="application/json")
        for name, body in UNREADABLE.items()
        for method, path in [
            ("POST", "/api/handovers"),
            ("POST", "/api/sync"),
            ("PUT", "/api/entries/00000000-0000-0000-0000-000000000000"),
        ]
    }
    assert {answer.status_code for answer in answers.values()} == {400}
    assert {answer.mimetype for answer in answers.values()} == {"application/problem+json"}
    assert len({answer.get_data() for answer in answers.values()}) == 1


def test_json_that_is_no_object_does_not_fit(client_of):
    client = client_of("anyone")
    for body in (b"[]", b"1", b'"x"', b"null", b"[{}]"):
        answer = client.post("/api/session", data=body, content_type="application/json")
        assert answer.status_code == 422


def test_an_empty_body_lacks_every_field(client_of):
    answer = client_of("anyone").post("/api/session")
    assert answer.status_code == 422
    pointers = {error["pointer"] for error in answer.get_json()["errors"]}
    assert pointers == {"/email", "/password"}


def test_text_that_cannot_be_kept_is_refused(client_of):
    client = client_of("anyone")
    for text, status in (("a\x00b", 422), ("\ud800", 400), ("x\udfff", 400)):
        body = json.dumps({"email": text, "password": "x"})
        answer = client.post("/api/session", data=body, content_type="application/json")
        assert answer.status_code == status
        pointers = [error["pointer"] for error in answer.get_json().get("errors", ())]
        assert pointers == (["/email"] if status == 422 else [])
