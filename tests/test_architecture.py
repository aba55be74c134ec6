"""House rules that no type checker knows: who commits, who knows HTTP, who asks the clock."""

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

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

# One test looks at every file, and names those that break the rule: a test for each file and rule
# would be a quarter of all tests, and most of their time is being counted and dealt out.


def name_of(source: Path) -> str:
    return source.relative_to(HOUSE).as_posix() if source.is_relative_to(HOUSE) else source.name


@dataclass(frozen=True)
class Known:
    """What the rules ask of a file: it is read once for all of them, and its tree let go."""

    attributes: set[str]
    imported: set[str]
    real_clock: set[str]
    """Calls of `datetime.now`, `date.today`, `time.time` and their like."""
    long: dict[str, int]


@cache
def known(source: Path) -> Known:
    nodes = list(ast.walk(ast.parse(source.read_text("utf-8"), str(source))))
    return Known(
        attributes={node.attr for node in nodes if isinstance(node, ast.Attribute)},
        imported={name for node in nodes for name in imported(node)},
        real_clock={ast.unparse(node.func) for node in nodes if asks_the_clock(node)},
        long={node.name: lines for node in nodes if (lines := length(node)) > LONGEST_FUNCTION},
    )


def imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if isinstance(node, ast.ImportFrom):
        return {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return set()


def asks_the_clock(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in READING_THE_REAL_CLOCK
        and ast.unparse(node.func.value) in {"datetime", "date", "time", "datetime.datetime"}
    )


def length(node: ast.AST) -> int:
    is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    return node.end_lineno - node.lineno + 1 if is_function else 0


def web_tools(source: Path) -> set[str]:
    """What a file imports of Flask and its kind."""
    web = {"flask", "flask_login", "flask_smorest", "werkzeug", "webargs"}
    return {one.partition(".")[0] for one in known(source).imported} & web


def broken(sources: list[Path], look: Callable[[Path], Collection[str]]) -> dict[str, list[str]]:
    """Where `look` finds what may not be there, and what."""
    assert sources, "a rule that looks at nothing holds for everything"
    return {name_of(each): sorted(found) for each in sources if (found := look(each))}


def test_a_file_fits_in_the_head():
    lines = {name_of(each): each.read_text("utf-8").count("\n") for each in SOURCES}
    assert {name: many for name, many in lines.items() if many > LONGEST_FILE} == {}


def test_a_function_fits_on_a_screen():
    assert broken(SOURCES, lambda each: known(each).long) == {}


def test_only_the_edge_commits():
    others = [each for each in SOURCES if not MAY_COMMIT.fullmatch(name_of(each))]
    assert (
        broken(others, lambda each: known(each).attributes & {"commit", "rollback", "begin"}) == {}
    )


def test_only_the_edge_knows_flask():
    others = [each for each in SOURCES if not MAY_KNOW_FLASK.fullmatch(name_of(each))]
    assert broken(others, web_tools) == {}


def test_only_the_clock_asks_what_time_it_is():
    others = [each for each in SOURCES if not re.match(r"clock\.py$|bench/", name_of(each))]
    assert broken(others, lambda each: known(each).real_clock) == {}


def test_only_views_and_commands_call_the_clock():
    others = [each for each in SOURCES if not MAY_ASK_THE_CLOCK.fullmatch(name_of(each))]
    assert broken(others, lambda each: known(each).imported & {"journal.clock"}) == {}


def test_the_journal_knows_no_reader():
    journal = sorted((HOUSE / "entries").rglob("*.py"))
    reader = re.compile("therapist", re.IGNORECASE)
    assert broken(journal, lambda each: reader.findall(each.read_text("utf-8"))) == {}


def test_the_side_that_reads_has_no_door_to_the_journal():
    doors = re.compile(r"journal\.entries").match
    sharing = sorted((HOUSE / "sharing").rglob("*.py"))
    assert broken(sharing, lambda each: list(filter(doors, known(each).imported))) == {}


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
        "def g():\n" + "    pass\n" * 41
    )
    assert "commit" in known(bad).attributes
    assert {"flask", "journal.clock"} <= known(bad).imported
    assert web_tools(bad) == {"flask"}
    assert known(bad).real_clock == {"datetime.now"}
    assert known(bad).long == {"g": 42}
    assert broken([bad], lambda each: known(each).long) == {"bad.py": ["g"]}
    assert len(SOURCES) > 60
