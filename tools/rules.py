"""Rules of our own that no linter has: what must not stand in the code, and secrets anywhere.

`python -m tools.rules` looks over every file that git knows. A line that is right all the same says
so: `# allow: RULE, why` (in the pages `allow: RULE` in any comment).
"""

import ast
import math
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from tools.machine import ROOT

Finding = tuple[int, str]
"""The line and the rule that it breaks."""

LEVELS = {"debug", "info", "warning", "error", "exception", "critical", "log"}
RUNS_SQL = {"text", "execute", "exec_driver_sql", "scalar", "scalars"}
ROUTES = {"get", "post", "put", "patch", "delete", "route"}
MADE_HTML = {"Markup", "render_template", "render_template_string"}

PAGES = {
    "raw-html": re.compile(
        r"\{@html|\|\s*safe\b|\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write"
    ),
    "eval": re.compile(r"\beval\s*\(|\bnew Function\s*\("),
}

SECRETS = re.compile(
    r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY"
    r"|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{36}"
    r"|\bxox[abprs]-[A-Za-z0-9-]{10,}"
    r"|\bsk_live_[A-Za-z0-9]{16,}"
    r"|\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}"
)
SAID = re.compile(
    r"(?i)(?:secret|token|passw(?:or)?d|api_?key|master_?keys?)\w*[\"']?\s*[:=]\s*[\"']?"
    r"([A-Za-z0-9+/=_:-]{24,})"
)
RANDOM = 4.2  # bits a character; words and names have fewer
NOTHING_FROM_OUTSIDE = re.compile(r"journal/(migrations/versions|bench)/")
NOT_OURS = re.compile(r"requirements/|frontend/package-lock\.json|\.(png|jpg|woff2|ttf|svg)$")


def python(source: str) -> Iterator[Finding]:
    """What a Python file of the product breaks."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from ((node.lineno, rule) for rule in _call(node))
        elif isinstance(node, ast.FunctionDef) and _route(node) and not _has_audience(node):
            yield node.lineno, "no-audience"


def _call(node: ast.Call) -> Iterator[str]:
    name = _name(node.func)
    if name in RUNS_SQL and node.args and _put_together(node.args[0]):
        yield "raw-sql"
    if name in MADE_HTML:
        yield "raw-html"
    if name in {"eval", "exec"} and isinstance(node.func, ast.Name):
        yield "eval"
    if name in LEVELS and isinstance(node.func, ast.Attribute) and _is_log(node.func.value):
        said = [*node.args, *(one.value for one in node.keywords if one.arg != "extra")]
        trace = name == "exception" or any(one.arg == "exc_info" for one in node.keywords)
        if trace or not all(_wordless(one) for one in said):
            yield "log-of-words"


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _put_together(node: ast.expr) -> bool:
    """Whether a text is made of parts that are not written here."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp):
        parts = [node.left, node.right]
        literal = any(isinstance(one, ast.Constant | ast.JoinedStr) for one in parts)
        return literal and not all(isinstance(one, ast.Constant) for one in parts)
    is_format = isinstance(node, ast.Call) and _name(node.func) == "format"
    return is_format and isinstance(getattr(node.func, "value", None), ast.Constant)


def _is_log(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return _name(node.func) == "getLogger"
    return _name(node) in {"log", "logger", "logging", "_log"}


def _wordless(node: ast.expr) -> bool:
    """Whether what is logged can be no word: a text written here, a kind of error, a number."""
    if isinstance(node, ast.Call):
        return _name(node.func) in {"len", "int", "round"}
    if isinstance(node, ast.Attribute) and node.attr == "__name__":
        return True
    if isinstance(node, ast.Attribute | ast.Subscript | ast.JoinedStr):
        return isinstance(node, ast.Attribute) and _name(node.value) == "logging"
    return isinstance(node, ast.Constant) or _name(node) in {"level", "where", "count", "n"}


def _route(node: ast.FunctionDef) -> bool:
    return any(
        isinstance(one, ast.Call)
        and isinstance(one.func, ast.Attribute)
        and one.func.attr in ROUTES
        and _name(one.func.value) in {"bp", "app"}
        for one in node.decorator_list
    )


def _has_audience(node: ast.FunctionDef) -> bool:
    named = [_name(one.func) for one in node.decorator_list if isinstance(one, ast.Call)]
    return "endpoint" in named


def page(source: str) -> Iterator[Finding]:
    """What a file of the pages breaks."""
    for number, line in enumerate(source.splitlines(), 1):
        yield from ((number, rule) for rule, found in PAGES.items() if found.search(line))


def secret(source: str) -> Iterator[Finding]:
    """What looks like a secret that somebody uses."""
    for number, line in enumerate(source.splitlines(), 1):
        said = SAID.search(line)
        if SECRETS.search(line) or (said and _bits(said[1]) > RANDOM):
            yield number, "secret"


def _bits(text: str) -> float:
    """How surprising the characters of a text are, each."""
    counts = Counter(text).values()
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts)


def rules_of(path: str) -> list[Callable[[str], Iterator[Finding]]]:
    """The rules for a file at this place."""
    found: list[Callable[[str], Iterator[Finding]]] = []
    if path.startswith(("journal/", "wsgi.py")) and path.endswith(".py"):
        found += [] if NOTHING_FROM_OUTSIDE.match(path) else [python]
    if path.startswith("frontend/src/") and path.endswith((".ts", ".svelte", ".html")):
        found.append(page)
    return found if NOT_OURS.search(path) else [*found, secret]


def look(path: str, source: str) -> list[str]:
    """What one file breaks, each with its place; lines that say why they may are left out."""
    lines = source.splitlines()
    return [
        f"{path}:{number}: {rule}"
        for rules in rules_of(path)
        for number, rule in rules(source)
        if f"allow: {rule}" not in lines[number - 1]
    ]


def main() -> int:
    """Look over everything; 1 when something was found."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    found: list[str] = []
    for path in filter(None, listed.split("\0")):
        try:
            found += look(path, Path(ROOT / path).read_text("utf-8"))
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue
    print("\n".join(found) or "Rules of our own: nothing found.")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
