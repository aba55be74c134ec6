"""Numbers over time: the dots and the table say the same, from the phone alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import offline, ready_for_offline, sign_in

pytestmark = pytest.mark.screens

OUT_OF = re.compile(r"^([\d.]+) of (\d+)$")


def plots(page: Page) -> dict[str, list[float]]:
    """The heights of the dots of every plot, from left to right, as part of its scale."""
    found = {}
    for plot in (
        page.get_by_role("main").locator("section").filter(has=page.get_by_role("img")).all()
    ):
        name = plot.get_by_role("heading").inner_text()
        top, bottom = (float(plot.locator(".rule").nth(at).get_attribute("y1")) for at in (0, 2))
        dots = sorted(
            (float(dot.get_attribute("cx")), float(dot.get_attribute("cy")))
            for dot in plot.locator("circle").all()
        )
        found[name] = [round((bottom - y) / (bottom - top), 3) for _, y in dots]
    return found


def tables(page: Page) -> dict[str, list[float]]:
    """The numbers of every table, the oldest first, as part of their scale."""
    found = {}
    for table in page.get_by_role("table").all():
        cells = [OUT_OF.match(cell) for cell in table.get_by_role("cell").all_inner_texts()]
        found[table.locator("caption").inner_text()] = [
            round(float(cell[1]) / float(cell[2]), 3) for cell in cells[::-1] if cell
        ]
    return found


@pytest.mark.parametrize("who", ["leo", "maya"])
def test_the_table_says_what_the_dots_show(phone, who):
    sign_in(phone, who)
    phone.goto("/trends")
    for days in ("30 days", "90 days"):
        phone.get_by_role("button", name=days).click()
        expect(phone.get_by_role("img", name=re.compile("^Mood: "))).to_be_visible()
        drawn = plots(phone)
        sessions = phone.locator("figure").first.locator(".session").count()
        phone.get_by_role("button", name="Show as a table").click()
        assert tables(phone) == drawn
        assert len(drawn["Mood"]) >= 3
        rows = phone.get_by_role("table", name="Mood", exact=True).get_by_role("row")
        expect(rows.filter(has_text="Session")).to_have_count(sessions)
        phone.get_by_role("button", name="Show as dots").click()


def test_totals_of_measures_are_among_them_without_a_word_that_judges(phone):
    sign_in(phone, "leo")
    phone.goto("/trends")
    phone.get_by_role("button", name="90 days").click()
    expect(phone.get_by_role("img", name=re.compile("PHQ-8.*: "))).to_be_visible()
    expect(phone.get_by_text("A total is a snapshot, not a diagnosis.")).to_be_visible()
    assert not re.search(
        r"severe|mild|moderate|better than|worse|good day",
        phone.get_by_role("main").inner_text(),
        re.IGNORECASE,
    )


@pytest.mark.whole
@pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED")
def test_a_number_given_without_a_network_is_there_at_once(phone):
    sign_in(phone, "hannah")
    ready_for_offline(phone)
    phone.goto("/trends")
    expect(phone.get_by_role("img", name=re.compile("^Mood: "))).to_be_visible()
    before = len(plots(phone)["Mood"])
    with offline(phone):
        phone.goto("/check-in")
        phone.get_by_text("10", exact=True).first.click()
        phone.get_by_role("button", name="Done", exact=True).click()
        expect(phone.get_by_role("heading", name="Something else")).to_be_visible()
        phone.goto("/trends")
        expect(phone.locator("section").first.locator("circle")).to_have_count(before + 1)
        assert plots(phone)["Mood"][-1] == 1


def test_without_numbers_the_page_says_so(phone):
    sign_in(phone, "owen")
    phone.clock.install(time="2031-05-01T12:00:00Z")
    phone.goto("/trends")
    expect(phone.get_by_text("No numbers in these days.")).to_be_visible()
    expect(phone.get_by_role("link", name="Check in")).to_be_visible()
