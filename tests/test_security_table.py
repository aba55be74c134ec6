"""The table of ASVS is whole, and each test that it or the threat model names is there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SECURITY = ROOT / "docs" / "security"
TABLE = SECURITY / "asvs.md"

LEVELS = """
1.1 22            1.2 1111122223    1.3 112222222223  1.4 222           1.5 123
2.1 122           2.2 112           2.3 12223         2.4 23
3.1 3             3.2 113           3.3 12223         3.4 11222233      3.5 11122333
3.6 3             3.7 22333
4.1 12233         4.2 23333         4.3 22            4.4 1222
5.1 2             5.2 112333        5.3 113           5.4 222
6.1 122           6.2 111111112222  6.3 11223333      6.4 112233        6.5 22222333
6.6 2223          6.7 33            6.8 2222
7.1 222           7.2 1111          7.3 22            7.4 11222         7.5 223
7.6 22
8.1 1233          8.2 1123          8.3 133           8.4 23
9.1 111           9.2 1222
10.1 22           10.2 223          10.3 22223        10.4 1111122222233333
10.5 22222        10.6 22           10.7 222
11.1 2233         11.2 22233        11.3 11233        11.4 1222         11.5 23
11.6 23           11.7 33
12.1 12233        12.2 11           12.3 22223
13.1 2333         13.2 222223       13.3 2233         13.4 1222233
14.1 22           14.2 12223333     14.3 122
15.1 12233        15.2 12233        15.3 1222222      15.4 3333
16.1 2            16.2 22222        16.3 2222         16.4 222          16.5 2223
17.1 23           17.2 22223333     17.3 22
"""
"""The level of each requirement of ASVS 5.0.0, section by section."""

KINDS = ("Met", "Written", "Operator", "Deviation", "Not applicable")
NAMES_A_TEST = re.compile(r"tests/[\w/]+\.py(?:::(\w+))?")


def levels():
    parts = LEVELS.split()
    return {
        f"{section}.{number}": int(level)
        for section, row in zip(parts[::2], parts[1::2], strict=True)
        for number, level in enumerate(row, start=1)
    }


@cache
def rows():
    found = re.findall(
        r"^\| ((?:\d+\.\d+\.\d+(?: \(3\))?(?:, )?)+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$",
        TABLE.read_text("utf-8"),
        re.MULTILINE,
    )
    return [(re.findall(r"\d+\.\d+\.\d+", ids), "(3)" in ids, *rest) for ids, *rest in found]


@cache
def names_in(path):
    return {
        node.name
        for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    }


def test_the_levels_are_those_of_the_standard():
    counted = list(levels().values())
    assert [counted.count(level) for level in (1, 2, 3)] == [70, 183, 92]


def test_every_requirement_of_two_levels_stands_in_it_once():
    told = [id for ids, _, _, _, _ in rows() for id in ids]
    assert len(told) == len(set(told))
    wanted = {id for id, level in levels().items() if level < 3}
    assert wanted - set(told) == set()
    assert {id for ids, third, *_ in rows() for id in ids if (levels()[id] == 3) != third} == set()


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0][0])
def test_an_answer_is_proven_or_gives_its_reason(row):
    _, _, _, how, proof = row
    assert how.startswith(KINDS)
    if how.startswith(("Deviation", "Not applicable")):
        assert re.match(r"(Deviation|Not applicable): \S", how), "a reason belongs to it"
    named = re.findall(r"`([^`]+)`", proof)
    assert bool(named) == (proof.strip() != "–")
    assert named or how.startswith(("Deviation", "Not applicable"))
    for one in named:
        assert (ROOT / one.split("::")[0]).is_file(), f"{one} is gone"
        if test := NAMES_A_TEST.fullmatch(one):
            assert not test[1] or test[1] in names_in(one.split("::")[0]), f"{one} is gone"
        else:
            assert one.startswith("docs/")
            assert how.startswith(("Written", "Operator"))


@pytest.mark.parametrize("file", sorted(SECURITY.glob("*.md")), ids=lambda file: file.name)
def test_every_test_that_is_named_is_there(file):
    for named in re.findall(r"`([^`]+::[^`]+|TODO:\w+)`", file.read_text("utf-8")):
        path, _, test = named.partition("::")
        assert test in names_in(path), f"{named} is gone"


MAY_REACH_OUT = {
    "journal/bench/load.py",  # drives a server of its own
    "journal/bench/servers.py",
    "journal/media/s3.py",  # the media store its operator named
    "journal/web/server.py",  # looks up the address it listens on
}
CLIENTS = {"socket", "urllib.request", "http.client", "httpx", "requests", "smtplib", "boto3"}


def test_the_server_asks_nobody_but_its_stores():
    found = set()
    for path in (ROOT / "journal").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                named = {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                named = {node.module or "", *(f"{node.module}.{one.name}" for one in node.names)}
            else:
                continue
            if named & CLIENTS:
                found.add(path.relative_to(ROOT).as_posix())
    assert found == MAY_REACH_OUT


def test_passwords_are_masked_and_left_to_managers():
    pages = {path: path.read_text("utf-8") for path in (ROOT / "frontend/src").rglob("*.svelte")}
    field = pages[ROOT / "frontend/src/enter/Password.svelte"]
    assert 'type={shown ? "text" : "password"}' in field
    assert "let shown = $state(false)" in field
    asked = [text for text in pages.values() if re.search(r"(current|new)-password", text)]
    assert len(asked) >= 3
    assert all("<Password" in text or text == field for text in asked)
    assert not [path for path, text in pages.items() if "onpaste" in text]
