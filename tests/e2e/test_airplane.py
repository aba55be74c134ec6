"""Thirty days without a network: the session ends meanwhile, the phone is killed now and then,
and in the end everything is there once, in order.
"""

import os
import random
import re
import sqlite3
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.catching import allow_microphone, content_of, done, heard_in, open_capture, speak
from tests.e2e.conftest import PHONE
from tests.e2e.engine import LONG, SEED, Device, lay_beside
from tests.e2e.people import entries, ready_for_offline, revisions, sign_in

ENTRIES = int(os.environ.get("JOURNAL_ENTRIES", "500" if LONG else "60"))
RECORDINGS = int(os.environ.get("JOURNAL_RECORDINGS", "20" if LONG else "2"))
DAYS = 30
EXPECTED = pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED", "status of 401")


@dataclass
class Month:
    """What somebody wrote, day by day."""

    device: Device
    dice: random.Random
    now: datetime
    texts: dict[str, str] = field(default_factory=dict)
    """By entry, in the order they were begun."""
    perhaps: list[str] = field(default_factory=list)
    """Words that were being written when the phone was killed: there whole, or not at all."""

    def day(self, number: int, last: int) -> None:
        """Write a few entries, go on with some, and perhaps lose the phone in the middle."""
        for _ in range(last):
            self._clock(minutes=self.dice.randint(1, 20))
            word = f"d{number}n{len(self.texts)}"
            kept = self.dice.random() < 0.5
            [id] = self.device.begin("free", [{"free-01": word}], send=kept)
            self.texts[id] = word
            if self.dice.random() < 0.3:
                older = self.dice.choice(list(self.texts))
                self.device.write(older, {"free-01": f"{word}b"}, send=self.dice.random() < 0.5)
                self.texts[older] += f" {word}b"
        if self.dice.random() < 0.3:
            self._killed_while_writing(f"half{number}")

    def speak(self) -> None:
        """Say something, on the capture screen."""
        page = self.device.context.new_page()
        open_capture(page)
        speak(page, 2)
        page.get_by_role("button", name="Stop", exact=True).click()
        done(page)
        page.close()

    def _killed_while_writing(self, word: str) -> None:
        self.perhaps.append(word)
        self.device.page.evaluate(
            "(word) => void journal.begin('free', 1, [{'free-01': word}])", word
        )
        self.device.kill()

    def _clock(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.device.context.clock.set_system_time(self.now)


def share(all_of_them: int, day: int) -> int:
    """How many of them fall on this day."""
    return all_of_them * (day + 1) // DAYS - all_of_them * day // DAYS


def expire_sessions(database: Path) -> None:
    """What thirty days do to a sign-in."""
    with sqlite3.connect(database, timeout=30) as there:
        there.execute("UPDATE login_session SET expires_at = '2020-01-01 00:00:00.000000'")
    there.close()


@EXPECTED
@pytest.mark.timeout(1800 if LONG else 300)
def test_a_month_without_a_network(open_page, api, live, engine):
    lay_beside(engine, live)
    app = open_page(PHONE)
    start = datetime.now(UTC) - timedelta(days=DAYS)
    app.context.clock.set_system_time(start)
    sign_in(app, "desmond")
    allow_microphone(app)
    open_capture(app)
    ready_for_offline(app)
    app.close()
    device = Device.on_board(app.context, engine)
    device.network(on=False)
    month = Month(device, random.Random(SEED), start)  # noqa: S311 - repeatable, not secret
    for day in range(DAYS):
        month.now = start + timedelta(days=day, hours=day % 5)
        month.day(day, share(ENTRIES, day))
        for _ in range(share(RECORDINGS, day)):
            month.speak()
        if day == DAYS // 2:
            expire_sessions(live.folder / "journal.db")
    app.context.clock.set_system_time(datetime.now(UTC))
    app = _home_again(device, month)
    begun = time.monotonic()
    device.until_sent(300)
    took = time.monotonic() - begun
    print(f"seed {SEED}: {ENTRIES} entries and {RECORDINGS} recordings sent in {took:.1f} s")
    _everything_once(month, api("desmond"), app)


def _home_again(device: Device, month: Month) -> Page:
    """The app opens without a network, says so, and goes on after a new sign-in."""
    app = device.context.new_page()
    app.goto("/journal")
    expect(app.get_by_text("No network. What you write stays on this phone.")).to_be_visible()
    expect(app.get_by_text("on this phone alone.")).to_be_visible()
    rows = app.get_by_role("main").get_by_role("listitem")
    last = list(month.texts.values())[-1]
    expect(rows.filter(has_text=last).first).to_contain_text("On this phone")
    device.network(on=True)
    expect(app.get_by_text("Signed out. Writing still works.")).to_be_visible()
    sign_in(app, "desmond")
    return app


def _every_recording_once(there: list[dict[str, Any]], server, app: Page) -> None:
    kept = [one["answers"]["capture-01"] for one in there if one["guide"] == "capture"]
    spoken = [part for answer in kept for part in answer.get("recordings", [])]
    assert len(spoken) == len({part["media"] for part in spoken}) == RECORDINGS
    for part in spoken:
        duration, peak = heard_in(app, content_of(server, part["media"]))
        assert duration >= 1
        assert peak > 0.01


def _everything_once(month: Month, server, app: Page) -> None:
    there = entries(server)
    mine = [one for one in there if one["id"] in month.texts]
    assert len(mine) == len(month.texts), f"seed {SEED}"
    for one in mine:
        assert one["answers"] == {"free-01": {"text": month.texts[one["id"]]}}, f"seed {SEED}"
        assert one["conflicts"] == []
        assert len(revisions(server, one["id"])) == 1
    in_order = sorted(mine, key=lambda one: datetime.fromisoformat(one["occurred_at"]))
    assert [one["id"] for one in in_order] == list(month.texts), f"seed {SEED}"
    _every_recording_once(there, server, app)
    extra = [str(one["answers"]) for one in there if re.search(r"half\d", str(one["answers"]))]
    assert len(extra) == len(set(extra)) <= len(month.perhaps)
    app.goto("/journal")
    rows = app.get_by_role("main").get_by_role("listitem")
    expect(rows.filter(has_text="Saved").nth(10)).to_be_visible()
    shown = [row for row in rows.all_inner_texts() if re.match(r"d\d+n", row)]
    newest = [month.texts[id] for id in reversed(month.texts)]
    assert [row.split("\n")[0] for row in shown] == newest[: len(shown)]
    expect(app.get_by_text("on this phone alone")).to_have_count(0)
