"""Install the locked Python packages into `.venv`: `run`, `dev` to test as well, `audit`."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.machine import ROOT, VENV, digest, run, say, stop

REQUIREMENTS = ROOT / "requirements"
INSTALLED = VENV / "installed.json"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"

NO_VENV = """This Python cannot make virtual environments. On Debian and Ubuntu the package
python3-venv is missing; or set PYTHON=/path/to/another/python."""
NO_PACKAGES = """The Python packages could not be installed; the reason stands above.
Are the package index and the network in reach? Your pip configuration is used as it is."""

Arguments = list[str | Path]

AS_UV_SAYS = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "no-index": "UV_NO_INDEX",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
}


def main(kind: str) -> None:
    """Bring `.venv` up to date; what is there already stays."""
    make_venv()
    installed = json.loads(INSTALLED.read_text()) if INSTALLED.exists() else {}
    wanted = {name: digest([REQUIREMENTS / f"{name}.txt"]) for name in ("run", "dev", kind)}
    if installed.get(kind) == wanted[kind]:
        return
    say(f"Installing the Python packages ({kind}) …")
    if not install(kind):
        stop(NO_PACKAGES)
    # The packages to test with include those to run with, in the same versions.
    installed |= wanted if kind == "dev" else {kind: wanted[kind]}
    INSTALLED.write_text(json.dumps(installed))


def make_venv() -> None:
    """Make `.venv` unless there is one that works."""
    works = PYTHON.exists() and run([PYTHON, "-c", "import pip"])
    if works:
        return
    say(f"Making .venv with Python {sys.version.split()[0]} …")
    if not run([sys.executable, "-m", "venv", "--clear", VENV]):
        stop(NO_VENV)


def install(name: str, options: Sequence[str | Path] = ()) -> bool:
    """Install `requirements/<name>.txt`, hashes checked: with uv, or where it fails with pip."""
    locked: Arguments = ["--require-hashes", "-r", REQUIREMENTS / f"{name}.txt"]
    pip: Arguments = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    have_uv = UV.exists() or run([*pip, "--require-hashes", "-r", REQUIREMENTS / "uv.txt"])
    if have_uv:
        uv: Arguments = [UV, "pip", "install", "--quiet", "--no-config", "--python", PYTHON]
        if run([*uv, *options, *locked], env=environment()):
            return True
        say("uv could not; trying pip …")
    return run([*pip, *options, *locked])


def environment() -> dict[str, str]:
    """Return our environment with the person's pip configuration said in uv's words."""
    command = [str(PYTHON), "-m", "pip", "config", "list"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    said: dict[str, str] = {}
    for line in listed.splitlines():
        key, _, value = line.partition("=")
        name = AS_UV_SAYS.get(key.rpartition(".")[2])
        if name and value:
            said[name] = " ".join(str(ast.literal_eval(value)).split())
    if "UV_FIND_LINKS" in said:
        said["UV_FIND_LINKS"] = said["UV_FIND_LINKS"].replace(" ", ",")
    # pip takes the best version of all indexes, uv stops at the first; the hashes decide anyway.
    return {"UV_INDEX_STRATEGY": "unsafe-best-match", **said, **os.environ}


if __name__ == "__main__":
    main(sys.argv[1])
