"""What a person keeps to themselves stays when the rest goes; what a clinic may not reword."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.people import sign_in
from tests.e2e.plans import open_at, page_of, written
from tests.e2e.test_handing_over import REYES, confirm, preview

pytestmark = pytest.mark.screens

MEMORY = "My uncle, I think."
KEEP = {"choice": "yes-keep-it-just-for-me", "text": MEMORY}
WHOLE = "All of it, except one answer you keep to yourself"
UNLESS = "You keep these to yourself, unless you tick them"
TITLE = re.compile("^What do you want to hand")


def test_the_whole_goes_without_it_and_it_goes_when_it_is_ticked(phone, api):
    id = written(api("leo"), "refl", {"refl-01": {"text": "A tern, early."}, "refl-06": KEEP})
    sign_in(phone, "leo")
    open_at(phone, f"/entry/{id}/hand-over", TITLE)
    phone.get_by_role("radio", name=WHOLE).check()
    expect(preview(phone)).to_contain_text("A tern, early.")
    expect(preview(phone)).not_to_contain_text("uncle")
    seen = preview(phone).inner_text()
    confirm(phone)
    [out] = [one for one in api("leo").get("/api/excerpts").json() if one["entry_id"] == id]
    for row in out["content"]["items"]:
        assert row["question"] in seen
        assert all(line["value"] in seen for line in row["answer"]["lines"])
    page = page_of(api("reyes"), "Leo")[1].decode()
    assert "A tern, early." in page
    assert "uncle" not in page

    open_at(phone, f"/entry/{id}/hand-over", TITLE)
    phone.get_by_role("radio", name="Some answers").check()
    kept = phone.get_by_role("group", name=UNLESS).get_by_role("checkbox")
    expect(kept).to_have_count(1)
    expect(phone.get_by_role("checkbox", checked=True)).to_have_count(0)
    kept.check()
    expect(preview(phone)).to_contain_text(MEMORY)
    confirm(phone)
    assert MEMORY in page_of(api("reyes"), "Leo")[1].decode()


def test_what_is_all_private_is_picked_or_stays(phone, api):
    id = written(api("leo"), "refl", {"refl-06": KEEP})
    sign_in(phone, "leo")
    open_at(phone, f"/entry/{id}/hand-over", TITLE)
    expect(phone.get_by_text("What you pick goes across, and nothing else.")).to_be_visible()
    expect(phone.get_by_role("radio")).to_have_count(2)
    expect(phone.get_by_role("radio", name="All of it")).to_have_count(0)
    open_at(phone, f"/entry/{id}/tell", f"Tell {REYES}")
    expect(phone.get_by_role("button", name=re.compile("^Send"))).to_have_count(0)
    phone.get_by_role("link", name="Pick what to send").click()
    expect(phone.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    open_at(phone, f"/entry/{id}/tell?item=refl-06", f"Tell {REYES}")
    expect(phone.get_by_text(MEMORY)).to_be_visible()
    expect(phone.get_by_role("button", name=re.compile("^Send it to"))).to_be_visible()


def test_a_clinic_reads_what_it_cannot_reword_and_why(desk):
    sign_in(desk, "sam", at="/desk/questions/refl")
    safe = "Did you feel safe and treated with respect?"
    desk.get_by_role("button", name=f"Edit {safe}").click()
    expect(desk.get_by_text("This question asks about the clinic itself.")).to_be_visible()
    for box in desk.locator("[data-item=refl-10]").get_by_role("textbox").all():
        assert not box.is_editable()
    expect(desk.get_by_role("button", name="Add an answer")).to_have_count(0)
    desk.goto("/desk/questions/pre")
    desk.get_by_role("button", name=re.compile("^Edit Since last time, have you thought")).click()
    expect(desk.get_by_text("Picking one of these brings the Help card.")).to_be_visible()
    row = desk.locator("[data-item=pre-07]")
    expect(row.get_by_role("textbox", name="Answer 1")).not_to_be_editable()
    expect(row.get_by_role("textbox", name="Question")).to_be_editable()
    expect(row.get_by_role("button", name="Add an answer")).to_have_count(0)
    desk.goto("/desk/questions/concern")
    expect(desk.get_by_text("This page is about the clinic itself.")).to_be_visible()
    expect(desk.get_by_role("button", name="Save")).to_have_count(0)
    expect(desk.get_by_role("button", name=re.compile("^Edit"))).to_have_count(0)
