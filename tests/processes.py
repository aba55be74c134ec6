"""How a run in several processes (`-n auto --dist loadgroup`) deals out the tests."""

import pytest
from xdist.scheduler import LoadScopeScheduling


class BrowsersTogether(LoadScopeScheduling):
    """Every test goes where there is room, but all browser tests to one process.

    Two browsers at once on two cores make each other time out. pytest-xdist's own groups do not
    work with pytest 9.2 (pytest-dev/pytest-xdist#1386).
    """

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if nodeid.startswith("tests/e2e/") else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Take over from `loadgroup`; the largest group, the browser's, is begun first."""
    return BrowsersTogether(config, log) if config.getvalue("dist") == "loadgroup" else None
