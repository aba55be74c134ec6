"""Two devices write, delete and choose, offline and online, in any order: no word is lost."""

import os

import pytest
from playwright.sync_api import Error

from tests.e2e.engine import LONG, SEED, Device, lay_beside
from tests.e2e.interleaving import Interleaving

HOW_MANY = int(os.environ.get("JOURNAL_INTERLEAVINGS", "1000" if LONG else "25"))


@pytest.mark.timeout(7200 if LONG else 300)
def test_no_order_of_two_devices_loses_or_doubles_a_word(browser, engine, live, api):
    """Replay one: JOURNAL_SEED=<first number> JOURNAL_INTERLEAVINGS=1."""
    lay_beside(engine, live)
    devices = [Device.of(browser, live.url, "owen", name) for name in ("phone", "laptop")]
    server = api("owen")
    for number in range(HOW_MANY):
        one = Interleaving(f"{SEED + number}", devices, server)
        try:
            one.run()
        except Error as broken:
            raise AssertionError(one.told(str(broken))) from broken
    everything = [sorted(one["id"] for one in device.do("journal.all()")) for device in devices]
    assert everything[0] == everything[1]
    for device in devices:
        device.context.close()
