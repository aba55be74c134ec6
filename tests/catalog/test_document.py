"""What the clinic's editors get is what the OpenAPI document says."""

import pytest

from tests.factories import new_id
from tests.test_openapi import Conforming

STATUSES = ("200", "201", "409", "422", "428")


@pytest.fixture
def conforming(client_of):
    return Conforming(client_of("anyone").get("/api/openapi.json").get_json())


def test_what_a_clinic_s_editors_get_fits(client_of, conforming):
    desk, check = client_of("admin"), conforming.check
    found = check("GET /api/clinic/content", desk.get("/api/clinic/content"))
    guide, skill = found["guides"][0], found["skills"][0]
    changes = {
        "guides": (guide, {"title": "One"}, {"title": "Two"}),
        "skills": (skill, {"title": "One"}, {"title": "Two"}),
        "texts": (found["texts"], {"after_dose": ["One."]}, {"after_dose": ["Two."]}),
    }
    for kind, (old, one, another) in changes.items():
        changed = old | one
        path, id = f"PUT /api/clinic/{kind}/{{id}}", changed.get("id", "clinic")
        here, edited = f"/api/clinic/{kind}/{id}", {"If-Match": f'"{changed["edition"]}"'}
        for _ in range(2):
            check(path, desk.put(here, json=changed, headers=edited))
        check(path, desk.put(here, json=changed | another, headers=edited))
        check(path, desk.put(here, json=changed))
        check(path, desk.put(here, json={}, headers=edited))
        assert {(path, status) for status in STATUSES} <= conforming.seen
    check("POST /api/clinic/check", desk.post("/api/clinic/check", json={"guide": guide}))
    check("POST /api/clinic/check", desk.post("/api/clinic/check", json={}))
    phone = client_of("patient")
    check("GET /api/assigned", phone.get("/api/assigned"))
    check("GET /api/library", phone.get("/api/library"))
    meant = {"X-Journal-Account": str(new_id())}
    check("GET /api/library", phone.get("/api/library", headers=meant))
