"""How a run in several processes deals out the tests, and what it says at its end."""

import pytest
from xdist.scheduler import LoadScopeScheduling


class BrowsersByFile(LoadScopeScheduling):
    """Every test goes where there is room; browser tests of one file together: they share a server.

    pytest-xdist's own groups do not work with pytest 9.2 (pytest-dev/pytest-xdist#1386).
    """

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.partition("::")[0] if nodeid.startswith("tests/e2e/") else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Take over from `loadgroup`; files of many browser tests are begun first, small tests last."""
    return BrowsersByFile(config, log) if config.getvalue("dist") == "loadgroup" else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what each second try was for: a fault that shows one time in ten is to be found."""
    for report in terminalreporter.getreports("rerun"):
        terminalreporter.section(f"tried again: {report.nodeid}")
        terminalreporter.write_line(report.longreprtext[-2_000:])
