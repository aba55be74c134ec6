"""Install the locked npm packages and build the pages into `journal/static`, if need be.

`run` installs what a build needs, `dev` what the checks need as well.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.machine import FRONTEND, MADE, ROOT, digest, say, stop
from tools.node import npm

MODULES = FRONTEND / "node_modules"
INSTALLED = MODULES / "installed.json"
BUILT = MADE / "pwa"
LAST_WRITTEN = ROOT / "journal" / "static" / "sw.js"
NOT_SOURCE = {"node_modules", "tests", "coverage", ".svelte-kit"}


def main(kind: str) -> None:
    """Bring the packages and the built pages up to date."""
    install(kind)
    build()


def install(kind: str) -> None:
    """Install what the lock file says; once there, the packages of the checks stay."""
    wanted = digest([FRONTEND / "package-lock.json", FRONTEND / ".npmrc"])
    there = json.loads(INSTALLED.read_text()) if INSTALLED.exists() else {}
    kind = "dev" if there.get("kind") == "dev" else kind
    if there == {"kind": kind, "lock": wanted}:
        return
    say(f"Installing the npm packages ({kind}) …")
    quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
    if not npm("ci", *quiet, *([] if kind == "dev" else ["--omit=dev"])):
        stop("The npm packages could not be installed; the reason stands above.")
    INSTALLED.write_text(json.dumps({"kind": kind, "lock": wanted}))


def build() -> None:
    """Build when a source is newer than the pages, or the last build did not finish."""
    wanted = digest(sources())
    if LAST_WRITTEN.exists() and BUILT.exists() and BUILT.read_text() == wanted:
        return
    say("Building the pages …")
    BUILT.unlink(missing_ok=True)
    if not npm("run", "--silent", "build", "--", "--logLevel", "error"):
        stop("The pages could not be built; the reason stands above.")
    MADE.mkdir(exist_ok=True)
    BUILT.write_text(wanted)


def sources() -> Iterator[Path]:
    """Every file that decides what the built pages are."""
    for file in FRONTEND.rglob("*"):
        if file.is_file() and file.relative_to(FRONTEND).parts[0] not in NOT_SOURCE:
            yield file


if __name__ == "__main__":
    main(sys.argv[1])
