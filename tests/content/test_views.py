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
    Api(app).register_blueprint(bp)
    problems.init_app(app)
    return app.test_client()


def test_one_edition_of_the_agreement_is_read(client):
    body = client.get("/api/agreements/share/1").json
    assert len(body["sections"]) == 14
    assert body["sha256"] == load().agreement.sha256


@pytest.mark.parametrize("path", ["agreements/share/2", "agreements/x/1"])
def test_an_edition_that_is_not_there_is_not_found(client, path):
    answer = client.get(f"/api/{path}")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_a_region_for_the_help_page():
    rows = CrisisRegionSchema(many=True).dump(load().regions)
    assert rows[0]["lines"][1] == {
        "name": "Crisis Text Line", "call": None, "text": "741741", "text_body": "HOME",
        "how": "text HOME to 741741", "hours": "24/7", "note": None,
    }  # fmt: skip
    assert rows[-1]["region"] == "*"
    assert rows[-1]["emergency"] == "112"
    assert "check" not in str([(line["hours"], line["note"]) for r in rows for line in r["lines"]])
