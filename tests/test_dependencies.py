"""Every direct dependency says why it is here, and the lock files hold no address."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RECORD = (ROOT / "docs" / "decisions" / "0008-dependencies.md").read_text("utf-8").lower()
LOCKS = [*sorted((ROOT / "requirements").glob("*.txt")), ROOT / "frontend" / "package-lock.json"]


def python_packages():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    return {re.match(r"[\w-]+", line).group().lower() for group in groups for line in group}


def npm_packages():
    package = json.loads((ROOT / "frontend" / "package.json").read_text("utf-8"))
    return {*package["dependencies"], *package["devDependencies"]}


@pytest.mark.parametrize("name", sorted(python_packages() | npm_packages()))
def test_a_dependency_says_why_it_is_here(name):
    named = rf"(?:^\| |, ){re.escape(name)}(?:,| \|)"
    assert re.search(named, RECORD, re.MULTILINE), f"{name} has no line in 0008-dependencies.md"


def test_nothing_is_named_that_is_not_here():
    rows = re.findall(r"^\| ([^|]+) \|", RECORD, re.MULTILINE)
    named = {name for row in rows for name in row.split(", ")} - {"package"}
    assert named == python_packages() | npm_packages()


@pytest.mark.parametrize("file", LOCKS, ids=lambda file: file.name)
def test_a_lock_file_names_no_place(file):
    places = re.findall(r"https?://[^\s\"]+", file.read_text("utf-8"))
    # npm records where to thank the authors; nothing is fetched from there.
    assert {place for place in places if place.endswith((".tgz", ".whl", ".tar.gz"))} == set()
    assert file.suffix == ".json" or not places


@pytest.mark.parametrize("file", LOCKS[:-1], ids=lambda file: file.name)
def test_every_locked_package_has_a_hash(file):
    entries = re.split(r"(?m)^(?=\S)", file.read_text("utf-8"))[1:]
    assert entries
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
