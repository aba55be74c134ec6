"""Write `requirements/*.txt` anew from pyproject.toml: every version and hash, no address."""

import sys
from pathlib import Path

from tools.machine import ROOT, run, say, stop
from tools.packages import REQUIREMENTS, UV, environment

COMMON = ["--universal", "--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url"]
SOURCES: dict[str, list[str | Path]] = {
    "run": ["pyproject.toml"],
    "dev": ["pyproject.toml", "--group", "dev", "--constraint", REQUIREMENTS / "run.txt"],
    "audit": ["--group", "audit", "--constraint", REQUIREMENTS / "dev.txt"],
    "node": ["--group", "node"],
    "uv": ["--group", "uv"],
}


def main(upgrade: bool) -> None:
    """Compile each file; versions already locked stay unless they are to be upgraded."""
    for name, source in SOURCES.items():
        target = REQUIREMENTS / f"{name}.txt"
        say(f"{target.relative_to(ROOT)} …")
        options = ["--quiet", "--python-version", "3.11", *(["--upgrade"] if upgrade else [])]
        command = [UV, "pip", "compile", *source, *COMMON, *options, "-o", target]
        if not run(command, env=environment()):
            stop("The lock files are as they were, or in part; the reason stands above.")


if __name__ == "__main__":
    main(upgrade="--upgrade" in sys.argv)
