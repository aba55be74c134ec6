"""Sam's desk: who is invited, who is here, and how the server is."""

import re

from playwright.sync_api import Page

from tests.screenshots.stage import Stage, fill, follow, press

REYES, OKAFOR = "Dr Ana Reyes", "Tom Okafor"


def invitations(stage: Stage) -> None:
    page = stage.page("sam", at="/desk/invitations")
    stage.take(page, "invitations", whole=True)
    press(page, "Invite somebody")
    stage.take(page, "invitations-form", whole=True)
    press(page, "Make the invitation")
    stage.take(page, "invitations-form-empty", whole=True)
    fill(page, "Their name", "Theo")
    page.get_by_role("radio", name=REYES).check()
    press(page, "Make the invitation")
    page.get_by_role("heading", name="For Theo").wait_for()
    press(page, "Copy the link")
    stage.take(page, "invitations-card", whole=True)
    page.emulate_media(media="print")
    stage.take(page, "invitations-card-printed", whole=True)
    page.emulate_media(media="screen")
    press(page, "Done")
    stage.take(page, "invitations-list", whole=True)
    press(page, "Take back the invitation for Theo")
    stage.take(page, "invitations-take-back")
    press(page, "Take it back")
    stage.take(page, "invitations-taken-back", whole=True)


def people(stage: Stage) -> None:
    page = stage.page("sam", at="/desk/people")
    stage.take(page, "people", whole=True)
    _one(page, REYES)
    stage.take(page, "people-therapist", whole=True)
    follow(page, "Shut their account")
    stage.take(page, "people-shut", whole=True)
    _one(page, "Sam")
    stage.take(page, "people-self", whole=True)
    follow(page, "Leave the clinic")
    stage.take(page, "people-last-admin", whole=True)
    _one(page, "Kasia")
    stage.take(page, "people-patient", whole=True)
    follow(page, "They leave the clinic")
    stage.take(page, "people-leave", whole=True)
    _one(page, "Kasia")
    follow(page, "Report: who opened what")
    stage.take(page, "people-access", whole=True)
    _one(page, "Kasia")
    follow(page, "Help them get back in")
    stage.take(page, "people-recovery", whole=True)
    press(page, "Make the link")
    page.get_by_role("img", name="The link as a square").wait_for()
    stage.take(page, "people-recovery-link", whole=True)
    _one(page, "Kasia")
    follow(page, "Add a therapist")
    stage.take(page, "people-add", whole=True)
    _one(page, "Kasia")
    follow(page, re.compile("^Change: "))
    stage.take(page, "people-change", whole=True)
    page.get_by_role("radio").first.check()
    stage.take(page, "people-change-chosen", whole=True)
    press(page, "Change it")
    page.get_by_role("status").filter(has_text="Kasia is told.").wait_for()
    stage.take(page, "people-changed", whole=True)
    page.goto("/desk/people/nobody")
    stage.take(page, "people-nobody", whole=True)
    stage.tour(stage.page("kasia"), "kasia", told="/")


def server(stage: Stage) -> None:
    page = stage.page("sam", at="/desk/server")
    stage.take(page, "server", whole=True)
    press(page, "Check them now")
    page.get_by_text("nothing was changed or removed").wait_for()
    stage.take(page, "server-checked", whole=True)


def _one(page: Page, name: str) -> None:
    page.goto("/desk/people")
    follow(page, re.compile(f"^{name}"))
    page.get_by_role("heading", level=1, name=re.compile(f"^{name}")).wait_for()
