"""Each rule of our own finds the fault it is there for, and lets the right way pass."""

import base64
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools import rules, sbom

ROOT = Path(__file__).parents[1]
ROUTE = '@bp.get("/x")\n{}def x(): ...\n'
BAD_PYTHON = {
    "raw-sql": [
        'session.execute(text(f"SELECT {name}"))',
        'session.scalar(text("SELECT %s" % name))',
        'session.execute("SELECT " + name)',
        'connection.exec_driver_sql("SELECT {}".format(name))',
    ],
    "no-audience": [ROUTE.format(""), ROUTE.format("@bp.response(200, Me)\n")],
    "log-of-words": [
        'log.info("got %s", request.json)',
        'log.info("got %s", sent["text"])',
        'log.info(f"got {body}")',
        'log.warning("failed: %s", error)',
        'logging.getLogger("journal.x").error("%s", str(error))',
        'log.exception("it broke")',
        'log.error("it broke", exc_info=True)',
        'log.info("by %s", account.name)',
    ],
    "raw-html": ['Markup("<b>")', "render_template_string(text)"],
    "eval": ['eval("1")', "exec(sent)"],
}
GOOD_PYTHON = [
    'session.execute(text("SELECT 1"))',
    'session.execute(text("SELECT 1" "FROM x"))',
    "session.execute(select(Entry).where(Entry.id == id))",
    ROUTE.format("@endpoint(Role.PATIENT)\n"),
    'log.error("broke: %s", type(error).__name__)',
    'log.info("%d done", len(found))',
    'log.warning("kept off", extra={"fields": found})',
]
BAD_PAGES = {
    "raw-html": ["<p>{@html text}</p>", "node.innerHTML = text", "{{ text | safe }}"],
    "eval": ["eval(text)", "new Function(text)"],
}
PARTS = {  # put together here, or the scan of this file would find them
    "a private key": "-----BEGIN " + "RSA PRIVATE KEY-----",
    "a key of Amazon's": "AKIA" + "IOSFODNN7EXAMPLE",
    "a token of GitHub's": "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a",
    "a signed token": "eyJ" + "hbGciOiJIUzI1NiJ9." + "eyJ" + "zdWIiOiIxMjM0NTY3ODkwIn0",
    "a setting": "JOURNAL_SECRET_KEY=" + base64.b64encode(hashlib.sha256(b"x").digest()).decode(),
    "a setting of ours": "JOURNAL_MASTER_KEYS=m1:" + "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=",
    "an argument": 'password="' + "x7Rk2Pq9Zt4Lm8Wv3Ns6Yb1c" + '"',
}


def broken(path: str, source: str) -> set[str]:
    return {found.rpartition(": ")[2] for found in rules.look(path, source)}


@pytest.mark.parametrize("rule", BAD_PYTHON)
def test_a_planted_fault_is_found(rule: str) -> None:
    for source in BAD_PYTHON[rule]:
        assert broken("journal/x.py", source) == {rule}, source
        assert broken("tests/x.py", source) == set()


@pytest.mark.parametrize("rule", BAD_PAGES)
def test_a_planted_fault_of_the_pages_is_found(rule: str) -> None:
    for source in BAD_PAGES[rule]:
        assert broken("frontend/src/x.svelte", source) == {rule}, source


@pytest.mark.parametrize("what", PARTS)
def test_a_planted_secret_is_found_anywhere(what: str) -> None:
    for path in ("journal/x.py", "docs/x.md", "tests/x.py", "Makefile", "frontend/src/x.ts"):
        assert broken(path, f"x = 1\n# {PARTS[what]}\n") == {"secret"}


def test_the_right_way_passes() -> None:
    for source in GOOD_PYTHON:
        assert broken("journal/x.py", source) == set(), source
    assert broken("frontend/src/x.svelte", "<p>{text}</p>") == set()
    assert broken("docs/x.md", 'password="correct horse battery staple"') == set()


def test_a_line_may_say_why_it_is_right_and_no_other_rule_is_let_off() -> None:
    bad = 'session.execute(text(f"SELECT {name}"))  # allow: {}, of the two above'
    assert broken("journal/x.py", bad.replace("{}", "raw-sql")) == set()
    assert broken("journal/x.py", bad.replace("{}", "eval")) == {"raw-sql"}


def test_nothing_is_found_in_what_git_knows() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.rules"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "Rules of our own: nothing found.\n")


def test_the_bill_of_materials_names_every_locked_package_with_its_hash() -> None:
    made = sbom.bill()
    purls = {one["purl"]: one for one in made["components"]}
    locked = re.findall(r"(?m)^([\w.-]+)==([^\s;]+)", (ROOT / "requirements/run.txt").read_text())
    assert len(locked) > 30
    for name, version in locked:
        one = purls[f"pkg:pypi/{re.sub('[-_.]+', '-', name).lower()}@{version}"]
        assert {len(file["content"]) for file in one["hashes"]} == {64}
    packages = json.loads((ROOT / "frontend/package-lock.json").read_text())["packages"]
    required = {place for place, one in packages.items() if place and not one.get("dev")}
    named = {one["name"] for one in purls.values() if one["purl"].startswith("pkg:npm")}
    assert {place.rpartition("node_modules/")[2] for place in required} <= named
    assert made == sbom.bill()
    assert {one["ref"] for one in made["dependencies"]} == {"integration-journal"}
