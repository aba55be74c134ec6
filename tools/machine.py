"""What the steps of the set-up share: where things are, saying what happens, what has changed."""

import hashlib
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
MADE = ROOT / "build"
FRONTEND = ROOT / "frontend"


def say(text: str) -> None:
    """Tell the person what is being done."""
    print(f"· {text}", flush=True)


def stop(text: str) -> NoReturn:
    """End with a message that says what to do."""
    print(f"\n{text}\n", file=sys.stderr, flush=True)
    raise SystemExit(1)


def run(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None) -> bool:
    """Run a command in the project's folder, showing what it prints; say whether it succeeded."""
    return subprocess.run(list(map(str, command)), cwd=ROOT, env=env, check=False).returncode == 0


def digest(files: Iterable[Path], *others: str) -> str:
    """Return one hash of the names and contents of files, and of what else decides."""
    total = hashlib.sha256("\0".join(others).encode())
    for file in sorted(files):
        total.update(f"\0{file.relative_to(ROOT)}\0".encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()
