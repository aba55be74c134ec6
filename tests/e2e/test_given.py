"""A question a therapist wrote for one patient waits among their questions, and no other's."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import expect

from journal.accounts.principals import Therapist
from journal.app import open_database
from journal.catalog.questions import write_question
from tests.e2e.conftest import PHONE
from tests.e2e.people import entries_with, saved_entry, sign_in

pytestmark = pytest.mark.screens

ASKED = "What did the harbour sound like to you?"
SAID = "Like plates being put away."


def test_a_question_for_one_patient_is_asked_of_that_patient_alone(phone, open_page, live, api):
    therapist, patient = (
        UUID(api(who).get("/api/session").json()["id"]) for who in ("reyes", "leo")
    )
    database = open_database(live.settings)
    with database.session(writing=True) as opened:
        made = {"id": uuid4(), "at": datetime.now(UTC)}
        write_question(opened, Therapist(therapist), patient, ASKED, **made)
    database.dispose()

    sign_in(phone, "leo")
    phone.goto("/questions")
    expect(phone.get_by_role("heading", name="From your therapist")).to_be_visible()
    phone.get_by_role("link", name=ASKED).tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text(ASKED)
    phone.get_by_role("textbox").fill(SAID)
    phone.get_by_role("button", name="Next", exact=True).tap()
    expect(phone.get_by_role("heading", level=1)).not_to_have_text(ASKED)
    saved_entry(phone, SAID)
    expect(phone.get_by_role("main")).to_contain_text(ASKED)
    [kept] = entries_with(api("leo"), SAID)
    assert kept["guide"].startswith("q-")

    other = open_page(PHONE)
    sign_in(other, "hannah")
    other.goto("/questions")
    expect(other.get_by_role("heading", name="Questions to answer")).to_be_visible()
    expect(other.get_by_text(ASKED)).to_have_count(0)
