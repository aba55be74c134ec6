"""The document is valid, says everything every route can answer, and the answers fit it."""

import re
from copy import deepcopy

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from journal.content import library
from tests import acts
from tests.along.carried import fragment, hand, media_of, shared
from tests.factories import make_dose, new_id
from tests.media.sending import Caught, announce, complete, play, send, upload
from tests.phones import making
from tests.phones.making import pair


@pytest.fixture
def document(client_of):
    return client_of("anyone").get("/api/openapi.json").get_json()


def operations(document):
    return {
        (path, method): operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if method != "parameters"
    }


def as_path(rule):
    return re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule)


APART = {"openapi.document", "reports.report"}  # the document itself; what browsers send by W3C


def routes(app):
    return {
        (as_path(str(rule)), method.lower()): set(app.view_functions[rule.endpoint].audience)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if str(rule).startswith("/api/") and rule.endpoint not in APART
    }


def test_the_document_is_valid(document):
    assert document["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_every_route_is_in_it_and_says_who_may_call(document, app):
    said = {key: set(operation["x-audience"]) for key, operation in operations(document).items()}
    assert said == routes(app)


def test_every_route_that_asks_who_you_are_says_so(document):
    assert document["components"]["securitySchemes"]["session"] == {
        "type": "apiKey",
        "in": "cookie",
        "name": "journal",
    }
    for key, operation in operations(document).items():
        public = operation["x-audience"] == ["anyone"]
        assert operation["security"] == ([] if public else [{"session": []}]), key
        assert {"401", "403"} <= set(operation["responses"]) or public, key


def test_every_error_is_a_problem_and_every_route_has_a_summary(document):
    for key, operation in operations(document).items():
        assert operation["summary"], key
        for status, answer in operation["responses"].items():
            assert answer["description"], key
            if status >= "400":
                assert set(answer["content"]) == {"application/problem+json"}, (key, status)


def test_every_field_of_a_body_has_a_type(document):
    """The types of the app's client are made from this."""
    for name, schema in document["components"]["schemas"].items():
        for field, kind in schema.get("properties", {}).items():
            known = {"type", "$ref", "allOf", "anyOf", "oneOf", "enum", "const"} & set(kind)
            assert known, f"{name}.{field}"


def test_it_says_nothing_of_any_person(document, lived_in):
    assert "Maya" not in str(document)
    assert str(lived_in.patient.id) not in str(document)


def test_the_same_document_is_given_to_everybody(client_of):
    bodies = {client_of(who).get("/api/openapi.json").get_data() for who in ("anyone", "patient")}
    assert len(bodies) == 1


class Conforming:
    """Checks answers against what the document says of their route and status."""

    def __init__(self, document):
        self.document = document
        self.seen = set()

    def check(self, template, answer):
        method, path = template.split(" ")
        responses = operations(self.document)[path, method.lower()]["responses"]
        status = str(answer.status_code)
        assert status in responses, f"{template} answered {status}: not documented"
        self.seen.add((template, status))
        content = responses[status].get("content", {})
        if not content:
            assert answer.get_data() == b"", template
            return answer.get_json(silent=True)
        assert answer.mimetype in content, f"{template} {status} {answer.mimetype}"
        schema = deepcopy(content[answer.mimetype]["schema"])
        schema["components"] = self.document["components"]
        faults = list(Draft202012Validator(schema).iter_errors(answer.get_json()))
        assert faults == [], f"{template} {status}: {faults[0].message} at {faults[0].json_path}"
        return answer.get_json()


@pytest.fixture
def conforming(document):
    return Conforming(document)


def test_what_anybody_gets_fits(client_of, conforming):
    client, check = client_of("anyone"), conforming.check
    agreement = library.load().agreement
    check("GET /api/library", client.get("/api/library"))
    tag = client.get("/api/library").headers["ETag"]
    check("GET /api/library", client.get("/api/library", headers={"If-None-Match": tag}))
    for guide in library.load().guides:
        path = f"/api/guides/{guide.id}/{guide.edition}"
        check("GET /api/guides/{id}/{edition}", client.get(path))
    check("GET /api/guides/{id}/{edition}", client.get("/api/guides/x/1"))
    path = f"/api/agreements/{agreement.id}/{agreement.edition}"
    check("GET /api/agreements/{id}/{edition}", client.get(path))
    check("GET /api/help", client.get("/api/help"))
    check("GET /api/care", client.get("/api/care"))
    check("POST /api/session", client.post("/api/session", json={}))
    check("POST /api/session", client.post("/api/session", data="{", content_type=acts.JSON))
    check("POST /api/session", client.post("/api/session", data="x"))
    wrong = {"email": "x", "password": "x"}
    check("POST /api/session", client.post("/api/session", json=wrong))
    check("POST /api/session", client.post("/api/session", json=wrong, headers={"Origin": "x"}))


def write_things(client, check):
    """One entry created, edited, in conflict, replayed, batched and deleted."""
    id, body = str(new_id()), acts.words()
    one = "PUT /api/entries/{entry_id}"
    check(one, acts.save(client, id, body))
    check(one, acts.save(client, id, body))
    edit = acts.words("Edited.")
    check(one, acts.save(client, id, edit, parent=body["revision"]))
    check(one, acts.save(client, id, acts.words("Elsewhere."), parent=body["revision"]))
    check(one, acts.save(client, id, acts.words(zone="Mars"), parent=body["revision"]))
    check(one, client.put(f"/api/entries/{id}", json=acts.words()))
    check("GET /api/entries/{entry_id}", client.get(f"/api/entries/{id}"))
    check("GET /api/entries/{entry_id}/revisions", client.get(f"/api/entries/{id}/revisions"))
    gone = str(new_id())
    items = [
        acts.words() | {"id": gone, "parent": None},
        acts.words() | {"id": id, "parent": body["revision"]},
        acts.words(zone="Mars") | {"id": id, "parent": None},
        {},
    ]
    results = check("POST /api/sync", client.post("/api/sync", json={"items": items}))["results"]
    assert [result["status"] for result in results] == [201, 409, 422, 422]
    check("DELETE /api/entries/{entry_id}", client.delete(f"/api/entries/{gone}"))
    check(one, acts.save(client, gone, acts.words()))
    check("GET /api/changes", client.get("/api/changes"))
    check("GET /api/changes", client.get("/api/changes?cursor=x.1"))
    check("GET /api/changes", client.get("/api/changes?limit=0"))


def test_what_people_get_fits(client_of, conforming, database, lived_in):
    with database.session(writing=True) as session:
        make_dose(session, lived_in.clinic, lived_in.patient.id)
    patient, therapist, check = client_of("patient"), client_of("therapist"), conforming.check
    check("GET /api/session", patient.get("/api/session"))
    check("GET /api/care", patient.get("/api/care"))
    check("GET /api/care", therapist.get("/api/care"))
    write_things(patient, check)
    written = acts.write(patient)
    offer = acts.offer(lived_in.therapist)
    grant = check("POST /api/grants", patient.post("/api/grants", json=offer))["id"]
    check("POST /api/grants", patient.post("/api/grants", json=acts.offer(lived_in.therapist)))
    handing = acts.handing(grant, written)
    handed = check("POST /api/handovers", patient.post("/api/handovers", json=handing))
    bad = acts.handing(grant, written, {"kind": "passage"})
    check("POST /api/handovers", patient.post("/api/handovers", json=bad))
    excerpt = handed["excerpts"][0]["id"]
    me, them = lived_in.patient.id, lived_in.therapist.id
    check("GET /api/patients/{patient_id}/new", therapist.get(f"/api/patients/{me}/new"))
    page = check("GET /api/patients/{patient_id}/page", acts.read_page(therapist, me))
    assert page["excerpts"]
    check("GET /api/today", therapist.get("/api/today"))
    assert check("POST /api/search", therapist.post("/api/search", json={"text": "river"}))["found"]
    check("GET /api/therapists/{therapist_id}/page", patient.get(f"/api/therapists/{them}/page"))
    order = {"agenda": None, "bring": [excerpt], "first": 1}
    brief, put = f"/api/therapists/{them}/brief", "PUT /api/therapists/{therapist_id}/brief"
    check(put, patient.put(brief, json=order))
    check(put, patient.put(brief, json=order | {"agenda": excerpt}))
    mark = f"/api/patients/{me}/excerpts/{excerpt}/marks"
    marks = "/api/patients/{patient_id}/excerpts/{excerpt_id}/marks/{mark}"
    check(f"PUT {marks}", therapist.put(f"{mark}/carry"))
    check(f"PUT {marks}", therapist.put(f"{mark}/none"))
    check("POST /api/patients/{patient_id}/read", therapist.post(f"/api/patients/{me}/read"))
    marked = check("GET /api/patients/{patient_id}/page", acts.read_page(therapist, me))
    assert marked["first"] == marked["carried"] == [excerpt]
    check(f"DELETE {marks}", therapist.delete(f"{mark}/carry"))
    check("DELETE /api/therapists/{therapist_id}/brief", patient.delete(brief))
    assert check("GET /api/receipts", patient.get("/api/receipts"))
    assert check("GET /api/excerpts", patient.get("/api/excerpts"))
    files = {
        ("/api/patients/{patient_id}/pdf", "post"): therapist.post(f"/api/patients/{me}/pdf"),
        ("/api/grants/{grant_id}/receipt.pdf", "get"): patient.get(
            f"/api/grants/{grant}/receipt.pdf"
        ),
    }
    for key, file in files.items():
        said = operations(conforming.document)[key]["responses"][str(file.status_code)]
        assert file.status_code == 200
        assert file.mimetype in said["content"]
    release = f"/api/excerpts/{excerpt}/release"
    check("POST /api/excerpts/{excerpt_id}/release", patient.post(release))
    check("DELETE /api/excerpts/{excerpt_id}", patient.delete(f"/api/excerpts/{excerpt}"))
    less = {"categories": []}
    check(
        "POST /api/grants/{grant_id}/narrow", patient.post(f"/api/grants/{grant}/narrow", json=less)
    )
    check("POST /api/grants/{grant_id}/withdraw", patient.post(f"/api/grants/{grant}/withdraw"))
    check("GET /api/grants", patient.get("/api/grants"))
    check("POST /api/withdraw-everything", patient.post("/api/withdraw-everything"))
    check("DELETE /api/session", patient.delete("/api/session"))
    check("DELETE /api/sessions", therapist.delete("/api/sessions"))


def test_what_a_phone_gets_for_its_media_and_its_lock_fits(client_of, conforming):
    phone, check = client_of("patient"), conforming.check
    caught, one = Caught(), "/api/media/{media_id}"
    check(f"PUT {one}", announce(phone, caught))
    check(f"PUT {one}", announce(phone, caught))
    check(f"PUT {one}", announce(phone, caught, seconds=7))
    check(f"PUT {one}", announce(phone, caught, size=0))
    check(f"POST {one}/complete", complete(phone, caught))
    check(f"PUT {one}/pieces/{{n}}", send(phone, caught, 0))
    check(f"PUT {one}/pieces/{{n}}", send(phone, caught, 9, b"x"))
    check(f"PUT {one}/pieces/{{n}}", phone.put(f"{caught.path}/pieces/0", json={}))
    assert check(f"GET {one}", phone.get(caught.path))["received"] == [0]
    check(f"GET {one}/content", play(phone, caught))
    upload(phone, caught)
    for asked in (None, "bytes=0-9"):
        answer = play(phone, caught, asked)
        said = operations(conforming.document)["/api/media/{media_id}/content", "get"]
        assert answer.mimetype in said["responses"][str(answer.status_code)]["content"]
    check(f"GET {one}/content", play(phone, caught, "bytes=99999999-"))
    kept, lock = pair(), making.lock()
    check("GET /api/drop-key", phone.get("/api/drop-key"))
    check("PUT /api/drop-key", phone.put("/api/drop-key", json=kept))
    check("GET /api/drop-key", phone.get("/api/drop-key"))
    path, one = making.phone_path(), "/api/phones/{phone_id}"
    check(f"PUT {one}", phone.put(path, json=lock))
    check(f"PUT {one}", phone.put(path, json={}))
    check(f"POST {one}/open", phone.post(f"{path}/open", json={"proof": lock["proof"]}))
    wrong = phone.post(f"{path}/open", json={"proof": lock["key"]})
    assert check(f"POST {one}/open", wrong)["left"] == 9
    check(f"GET {one}/key", phone.get(f"{path}/key"))
    check(f"DELETE {one}", phone.delete(path))
    check(f"GET {one}/key", phone.get(f"{path}/key"))


def test_what_is_played_cut_and_replaced_fits(client_of, conforming, lived_in):
    phone, desk, check = client_of("patient"), client_of("therapist"), conforming.check
    one, grant = fragment(phone), shared(phone, lived_in.therapist)
    made = check("POST /api/handovers", hand(phone, grant, one))["excerpts"]
    check("POST /api/handovers", hand(phone, grant, one, one.what(media=["absent"])))
    newer = hand(phone, grant, one, replaces=made[0]["handover_id"])
    made = check("POST /api/handovers", newer)["excerpts"]
    page = desk.get(f"/api/patients/{lived_in.patient.id}/page")
    check("GET /api/patients/{patient_id}/page", page)
    path = "/api/patients/{patient_id}/media/{media_id}"
    said = operations(conforming.document)[path, "get"]["responses"]["200"]["content"]
    for medium in media_of(made).values():
        played = desk.get(f"/api/patients/{lived_in.patient.id}/media/{medium['id']}")
        assert played.mimetype in said
    check(f"GET {path}", desk.get(f"/api/patients/{lived_in.patient.id}/media/{one.sound.id}"))
    path, cut = "POST /api/excerpts/{excerpt_id}/cut", f"/api/excerpts/{made[1]['id']}/cut"
    words = {"id": str(new_id()), "item": 0, "line": 0, "start": 0, "end": 3, "quote": "the"}
    other = words | {"id": str(new_id())}
    for sent in (words, other | {"quote": "she"}, other | {"end": 2}):
        check(path, phone.post(cut, json=sent))


def test_an_answer_that_does_not_fit_is_found(client_of, conforming):
    answer = client_of("anyone").get("/api/help")
    answer.set_data(answer.get_data().replace(b'"emergency"', b'"emergenzy"'))
    with pytest.raises(AssertionError):
        conforming.check("GET /api/help", answer)
