"""`make bench`: `journal bench` on SQLite and on a durable PostgreSQL of its own."""

import subprocess
import sys

from tests.postgresql import started


def main(*options: str) -> int:
    """Measure, and return the exit code."""
    with started(settings={}) as server:
        server.administer("CREATE DATABASE bench OWNER journal")
        command = [sys.executable, "-m", "journal.cli", "bench"]
        also = ["--postgresql", server.url("bench")]
        return subprocess.run([*command, *also, *options], check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
