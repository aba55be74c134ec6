"""Behind an invitation: what it is, a way in, the code to keep, and what is set up after it."""

from uuid import uuid4

from tests.e2e.locks import own_unlock
from tests.screenshots.stage import Stage, fill, press

PASSWORD = "seven quiet herons by the weir"


def patient(stage: Stage) -> None:
    page = stage.page()
    own_unlock(page, prf=False)
    page.goto(_invited(stage, "patient", "Noor"))
    stage.take(page, "join", whole=True)
    press(page, "Begin")
    stage.take(page, "join-called", whole=True)
    page.get_by_text("Use another time zone").click()
    fill(page, "Name", "")
    press(page, "Next")
    stage.take(page, "join-called-empty", whole=True)
    fill(page, "Name", "Noor")
    press(page, "Next")
    stage.take(page, "join-way", whole=True)
    press(page, "With a password")
    stage.take(page, "join-password", whole=True)
    press(page, "Not now")
    press(page, "With this device’s own unlock")
    page.locator(".code").wait_for()
    stage.take(page, "join-kept", whole=True)
    press(page, "I have kept it")
    page.wait_for_url("**/welcome/sharing")
    for step in ("sharing", "words", "lock", "home"):
        page.goto(f"/welcome/{step}")
        stage.take(page, f"welcome-{step}", whole=True)
    stage.tour(page, "new", home="/", started="/welcome", you="/you")
    press(page, "Keep this")
    page.get_by_text("It is kept.").wait_for()
    stage.take(page, "new-you-kept", whole=True)


def staff(stage: Stage) -> None:
    page = stage.page()
    page.goto(_invited(stage, "admin", "Noa Lindqvist"))
    stage.take(page, "join-admin", whole=True)
    page = stage.page()
    page.goto(_invited(stage, "therapist", "Dr Noor Haddad"))
    stage.take(page, "join-therapist", whole=True)
    press(page, "Begin")
    stage.take(page, "join-therapist-way", whole=True)
    press(page, "With a password")
    fill(page, "Password", PASSWORD)
    press(page, "Keep this password")
    page.get_by_role("img", name="QR code").wait_for()
    stage.take(page, "join-therapist-code", whole=True)


def closed(stage: Stage) -> None:
    """Spent, without a network, and on a phone that is somebody's."""
    page = stage.page()
    page.goto("/join#spent")
    page.get_by_role("heading", name="This link opens nothing now.").wait_for()
    stage.take(page, "join-closed", whole=True)
    page = stage.page()
    page.route("**/api/invitations/look", lambda route: route.abort("connectionreset"))
    page.goto("/join#cut")
    stage.take(page, "join-offline", whole=True)
    page = stage.page("owen")
    page.goto("/join#theirs")
    stage.take(page, "join-taken", whole=True)


def _invited(stage: Stage, role: str, name: str) -> str:
    sam = stage.api("sam")
    therapists = sam.get("/api/invitations").json()["therapists"]
    whom = therapists[0]["id"] if role == "patient" else None
    invitation = {"id": str(uuid4()), "role": role, "name": name, "therapist_id": whom}
    return sam.post("/api/invitations", data=invitation).json()["link"]
