"""How a run in several processes deals out the tests, where it keeps their files, what it says."""

import os
import shutil
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder there that is the user's alone
ROOM = 4 << 30  # bytes; a whole run takes less than a tenth of it


class BrowsersByFile(LoadScopeScheduling):
    """Every test goes where there is room; browser tests of one file together: they share a server.

    pytest-xdist's own groups do not work with pytest 9.2 (pytest-dev/pytest-xdist#1386).
    """

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.partition("::")[0] if nodeid.startswith("tests/e2e/") else nodeid


def pytest_configure() -> None:
    """Keep the files of the tests in memory where there is room: they do not outlive the run.

    Each commit still asks for an fsync and waits for its end; a disk takes a hundred times as long
    for it. What a power cut does shows on no disk of a test either. A long run uses the disk.
    """
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    if roomy and os.access(MEMORY, os.W_OK) and "JOURNAL_LONG" not in os.environ:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Take over from `loadgroup`; files of many browser tests are begun first, small tests last."""
    return BrowsersByFile(config, log) if config.getvalue("dist") == "loadgroup" else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what each second try was for: a fault that shows one time in ten is to be found."""
    for report in terminalreporter.getreports("rerun"):
        terminalreporter.section(f"tried again: {report.nodeid}")
        terminalreporter.write_line(report.longreprtext[-2_000:])
