"""A phone that dies: the whole browser is killed while somebody writes, and started again."""

import os
import signal
import subprocess

import pytest
from playwright.sync_api import BrowserContext, BrowserType, Error, expect

from tests.e2e.conftest import HERE, PHONE
from tests.e2e.people import entries_with, kept, sign_in, write
from tests.e2e.plans import here_too, written
from tests.e2e.ways import WAYS


@pytest.fixture
def start_phone(browser_type: BrowserType, browser_type_launch_args, live, watch, tmp_path):
    """`start_phone()`: the browser of one phone, its disk kept from start to start."""
    started: list[BrowserContext] = []

    def start() -> BrowserContext:
        context = browser_type.launch_persistent_context(
            tmp_path,
            base_url=live.url,
            viewport=PHONE,
            has_touch=True,
            **HERE,
            **browser_type_launch_args,
        )
        watch.over(context)
        started.append(context)
        return context

    yield start
    started[-1].close()


def kill(profile: str) -> None:
    """End, without a warning, every process of the browser that works on this folder."""
    listed = subprocess.run(
        ["ps", "-axwwo", "pid,args"], capture_output=True, text=True, check=True
    )
    for line in listed.stdout.splitlines():
        if f"--user-data-dir={profile}" in line:
            os.kill(int(line.split()[0]), signal.SIGKILL)


@pytest.mark.console_errors("status of 401")  # the cookie may not have reached the disk
def test_what_is_said_to_be_on_this_phone_is_there_after_it_died(start_phone, api, tmp_path):
    phone = start_phone()
    page = phone.new_page()
    sign_in(page, "maya")
    page.goto("/guide/refl")
    write(page, "Coats on the hook, and rain.")
    kept(page)
    kill(str(tmp_path))
    with pytest.raises(Error):
        page.reload()

    page = start_phone().new_page()
    page.goto("/guide/refl")
    page.get_by_role("button", name="Pick up here").click()
    expect(page.get_by_role("textbox")).to_have_value("Coats on the hook, and rain.")
    page.get_by_role("button", name="Done for now").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("save")
    sign_in(page, "maya")
    page.get_by_role("link", name="Journal").click()
    row = page.get_by_role("listitem").filter(has_text="Coats on the hook, and rain.")
    expect(row).to_contain_text("Saved")
    assert len(entries_with(api("maya"), "Coats on the hook, and rain.")) == 1


@pytest.mark.console_errors("status of 401")  # the cookie may not have reached the disk
def test_an_answer_of_any_kind_outlives_the_phone_too(start_phone, api, tmp_path):
    ways = [way for way in WAYS if way.item in ("effects-01", "week-03", "end-05", "plan-08")]
    assert len(ways) == 4
    ids = {way.item: written(api("ruth"), way.guide, {}) for way in ways}
    phone = start_phone()
    page = phone.new_page()
    sign_in(page, "ruth")
    here_too(page, ids[ways[-1].item])
    for way in ways:
        page = phone.new_page()
        page.goto(f"/entry/{ids[way.item]}/edit?at={way.item}")
        expect(page.get_by_role("button", name="Not sure")).to_be_visible()
        way.touch(page)
        kept(page)
    kill(str(tmp_path))
    with pytest.raises(Error):
        page.reload()

    page = start_phone().new_page()
    for way in ways:
        page.goto(f"/entry/{ids[way.item]}/edit?at={way.item}")
        way.there(page)
