import jsonschema
import pytest
from flask import Flask
from flask_smorest import Api

from journal.content.library import load
from journal.content.schemas import CrisisRegionSchema
from journal.content.views import bp
from journal.web import problems


@pytest.fixture
def client():
    app = Flask(__name__)
    app.config |= {"API_TITLE": "t", "API_VERSION": "1", "OPENAPI_VERSION": "3.1.0"}
    api = Api(app)
    api.register_blueprint(bp)
    problems.init_app(app)
    app.extensions["spec"] = api.spec
    return app.test_client()


def test_anyone_reads_the_library_and_keeps_it(client):
    answer = client.get("/api/library")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    tag, weak = answer.get_etag()
    assert tag
    assert not weak
    body = answer.json
    assert set(body) == {
        "guides", "skills", "agreement", "categories", "emotion_words", "body_map", "effects",
        "notes", "not_monitored", "after_dose",
    }  # fmt: skip
    assert [guide["id"] for guide in body["guides"]] == [guide.id for guide in load().guides]
    assert body["agreement"]["sha256"] == load().agreement.sha256
    assert body["body_map"]["places"][0] == "head"
    again = client.get("/api/library", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == answer.headers["ETag"]


def test_one_edition_of_a_guide_is_read(client):
    body = client.get("/api/guides/prep/1").json
    assert body["id"] == "prep"
    parts = {item["id"]: item["parts"] for item in body["items"]}
    assert parts["prep-03"] == [
        {
            "name": "text", "kind": "text", "label": None, "lines": "short", "options": [],
            "max": 2000, "other": False, "low": None, "high": None,
        }
    ]  # fmt: skip
    assert (parts["prep-02"][0]["max"], parts["prep-02"][0]["other"]) == (3, True)
    assert body == client.get("/api/library").json["guides"][0]


def test_one_edition_of_the_agreement_is_read(client):
    body = client.get("/api/agreements/share/1").json
    assert len(body["sections"]) == 14
    assert body == client.get("/api/library").json["agreement"]


@pytest.mark.parametrize(
    "path",
    ["guides/prep/2", "guides/x/1", "guides/prep/0", "agreements/share/2", "agreements/x/1"],
)
def test_an_edition_that_is_not_there_is_not_found(client, path):
    answer = client.get(f"/api/{path}")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_what_is_served_fits_its_document_and_every_field_has_a_type(client):
    components = client.application.extensions["spec"].to_dict()["components"]
    served = client.get("/api/library").json
    jsonschema.validate(served, {"$ref": "#/components/schemas/Library", "components": components})
    for schema in components["schemas"].values():
        assert all("type" in field or "$ref" in field for field in schema["properties"].values())


def test_a_region_for_the_help_page():
    rows = CrisisRegionSchema(many=True).dump(load().regions)
    assert rows[0]["lines"][1] == {
        "name": "Crisis Text Line", "call": None, "text": "741741", "text_body": "HOME",
        "how": "text HOME to 741741", "hours": "24/7", "note": None,
    }  # fmt: skip
    assert rows[-1]["region"] == "*"
    assert rows[-1]["emergency"] == "112"
    assert "check" not in str([(line["hours"], line["note"]) for r in rows for line in r["lines"]])
