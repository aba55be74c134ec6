"""House rules that no type checker knows: who commits, who knows HTTP, who asks the clock."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1] / "journal"
HISTORY = HOUSE / "migrations" / "versions"
SOURCES = [path for path in sorted(HOUSE.rglob("*.py")) if HISTORY not in path.parents]
"""Everything but the history of the schema: that is written once, by a machine, and kept."""

LONGEST_FILE = 200  # lines
LONGEST_FUNCTION = 40

MAY_KNOW_FLASK = re.compile(
    r"(app|cli|serving)\.py|web/.+\.py|[a-z]+/(\w+_)?views\.py|(bench|canary)/.+\.py"
)
MAY_ASK_THE_CLOCK = re.compile(
    r"app\.py|(cli|people|rotation|nightly|serving|setup/command)\.py|web/session\.py|.+/views\.py"
    r"|(demo|bench)/.+\.py"
)
MAY_COMMIT = re.compile(r"db/.+\.py")
READING_THE_REAL_CLOCK = {"now", "utcnow", "today", "time", "time_ns", "fromtimestamp"}

by_name = pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(HOUSE)))


def name_of(source: Path) -> str:
    return source.relative_to(HOUSE).as_posix()


def walk(source: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(source.read_text("utf-8"), str(source)))


def attributes(source: Path) -> set[str]:
    return {node.attr for node in walk(source) if isinstance(node, ast.Attribute)}


def imported(source: Path) -> set[str]:
    found = set()
    for node in walk(source):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def real_clock(source: Path) -> set[str]:
    """Calls of `datetime.now`, `date.today`, `time.time` and their like."""
    return {
        ast.unparse(node.func)
        for node in walk(source)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in READING_THE_REAL_CLOCK
        and ast.unparse(node.func.value) in {"datetime", "date", "time", "datetime.datetime"}
    }


@by_name
def test_a_file_fits_in_the_head(source):
    assert source.read_text("utf-8").count("\n") <= LONGEST_FILE


@by_name
def test_a_function_fits_on_a_screen(source):
    long = {
        node.name: node.end_lineno - node.lineno + 1
        for node in walk(source)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert long == {}


@by_name
def test_only_the_edge_commits(source):
    if not MAY_COMMIT.fullmatch(name_of(source)):
        assert not attributes(source) & {"commit", "rollback", "begin"}


@by_name
def test_only_the_edge_knows_flask(source):
    if not MAY_KNOW_FLASK.fullmatch(name_of(source)):
        roots = {module.partition(".")[0] for module in imported(source)}
        assert not roots & {"flask", "flask_login", "flask_smorest", "werkzeug", "webargs"}


@by_name
def test_only_the_clock_asks_what_time_it_is(source):
    if name_of(source) != "clock.py" and not name_of(source).startswith("bench/"):
        assert real_clock(source) == set()


@by_name
def test_only_views_and_commands_call_the_clock(source):
    if not MAY_ASK_THE_CLOCK.fullmatch(name_of(source)):
        assert "journal.clock" not in imported(source)


@pytest.mark.parametrize("source", sorted((HOUSE / "entries").rglob("*.py")), ids=lambda p: p.name)
def test_the_journal_knows_no_reader(source):
    assert "therapist" not in source.read_text("utf-8").lower()


@pytest.mark.parametrize("source", sorted((HOUSE / "sharing").rglob("*.py")), ids=lambda p: p.name)
def test_the_side_that_reads_has_no_door_to_the_journal(source):
    assert not {module for module in imported(source) if module.startswith("journal.entries")}


def test_the_floors_hold():
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint, "--no-cache"], cwd=HOUSE.parent, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_walkers_see_what_they_look_for(tmp_path):
    """A rule that looks at nothing holds for everything."""
    bad = tmp_path / "bad.py"
    bad.write_text(
        "from flask import g\n"
        "from datetime import datetime\n"
        "from journal import clock\n"
        "def f(s):\n    s.commit()\n    return datetime.now(), clock.now()\n"
    )
    assert "commit" in attributes(bad)
    assert {"flask", "journal.clock"} <= imported(bad)
    assert real_clock(bad) == {"datetime.now"}
    assert len(SOURCES) > 60
