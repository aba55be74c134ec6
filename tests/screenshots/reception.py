"""Sam's desk: sessions and appointments by hand and from a file, and the clinic's settings."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.screenshots.stage import Stage, fill, press

EVENTS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Somebody//EN
BEGIN:VEVENT
UID:1
DTSTART;TZID=Europe/London:{day}T100000
DTEND;TZID=Europe/London:{day}T110000
SUMMARY:Therapy
CATEGORIES:Maya
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;TZID=Europe/London:{day}T120000
SUMMARY:Lunch
END:VEVENT
END:VCALENDAR
"""


def calendar(stage: Stage) -> None:
    page = stage.page("sam", at="/desk/calendar")
    stage.take(page, "calendar", whole=True)
    press(page, "Enter a session")
    stage.take(page, "calendar-session", whole=True)
    press(page, "Save")
    stage.take(page, "calendar-session-empty", whole=True)
    press(page, "Do not save")
    press(page, "Enter an appointment")
    page.get_by_label("Patient").select_option(label="Leo")
    stage.take(page, "calendar-appointment", whole=True)
    press(page, "Do not save")
    page.get_by_role("button", name=re.compile("^Change .*the session of Maya")).first.click()
    stage.take(page, "calendar-session-under-way", whole=True)
    press(page, "This session does not take place")
    stage.take(page, "calendar-session-out")


def files(stage: Stage) -> None:
    page = stage.page("sam", at="/desk/calendar")
    press(page, "Bring in a file")
    stage.take(page, "file", whole=True)
    table = f"patient;date;time;route\nKasia;{_day(21)};13:00;nasal\n"
    table += f"Kazia;{_day(22)};13:00;nasal\nLeo;{_day(23)};25:00;im\n"
    rows = page.get_by_label("Its rows. You can mend them here")
    rows.fill(table)
    press(page, "Look at it")
    page.get_by_text("2 things do not fit").wait_for()
    stage.take(page, "file-rows-wrong", whole=True)
    rows.fill(table.replace("Kazia", "Maya").replace("25:00", "15:00"))
    press(page, "Look at it")
    page.get_by_text("This is what it would do").wait_for()
    stage.take(page, "file-looked-at", whole=True)
    press(page, "Bring it in")
    page.get_by_text("Done:").wait_for()
    stage.take(page, "file-done", whole=True)
    page.get_by_text("A therapist’s calendar").click()
    stage.take(page, "file-calendar", whole=True)
    page.get_by_label("Whose calendar it is").select_option(label="Dr Ana Reyes")
    rows.fill(EVENTS.format(day=_day(24).replace("-", "")))
    press(page, "Look at it")
    page.get_by_text("left out").wait_for()
    page.get_by_text("left out").click()
    stage.take(page, "file-calendar-looked-at", whole=True)
    rows.fill("Not a calendar")
    press(page, "Look at it")
    stage.take(page, "file-calendar-wrong", whole=True)


def settings(stage: Stage) -> None:
    page = stage.page("sam", at="/desk/settings")
    stage.take(page, "settings", whole=True)
    press(page, "I rang them all today")
    fill(page, "Name of the clinic", "")
    press(page, "Save")
    page.get_by_text("This was not saved.").wait_for()
    stage.take(page, "settings-wrong", whole=True)
    fill(page, "Name of the clinic", "Alder Lane Clinic (demo)")
    press(page, "Save")
    page.get_by_text("Saved.", exact=True).wait_for()
    stage.take(page, "settings-saved", whole=True)


def _day(ahead: int) -> str:
    return f"{datetime.now(ZoneInfo('Europe/London')) + timedelta(days=ahead):%Y-%m-%d}"
