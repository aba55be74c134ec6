"""The production server in a process of its own, on a demo clinic, for browsers to visit."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from journal.config import Settings, read_env_file

ROOT = Path(__file__).parents[2]
START_SECONDS = 90  # the canary is asked first, and many start at once on a busy machine


class Live:
    """A server that can be stopped, killed and started again on the same data."""

    def __init__(self, folder: Path, *, front: int | None = None) -> None:
        """Nothing is started yet.

        :param folder: holds, or will hold, the settings, the database, the pages, the log.
        :param front: the port people use, where something stands between them and the server.
        """
        self.folder = folder
        self.env_file = folder / "journal.env"
        self.log = folder / "server.log"
        self.port = free_port()
        self.url = f"http://localhost:{front or self.port}"
        self._process: subprocess.Popen | None = None

    @property
    def settings(self) -> Settings:
        """The settings of this server, to open its database beside it."""
        return Settings.from_env(read_env_file(self.env_file) | self._own_settings())

    def journal(self, *words: str) -> str:
        """Run a `journal` command to its end and return what it prints."""
        done = subprocess.run(
            self._command(*words),
            cwd=ROOT,
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def copied_to(self, folder: Path, *, front: int | None = None) -> "Live":
        """Return another server on a copy of the data; this one must not be running."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return Live(folder, front=front)

    def start(self) -> "Live":
        """Start, and wait until it answers."""
        with self.log.open("a") as log:
            self._process = subprocess.Popen(
                self._command("serve", "--port", str(self.port)),
                cwd=ROOT,
                env=self._environment(),
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                here = f"http://localhost:{self.port}/healthz"
                with urllib.request.urlopen(here, timeout=5):
                    return self
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"the server did not start:\n{self.log.read_text()[-3000:]}")

    def stop(self) -> None:
        """End it the polite way; requests under way are finished."""
        if self._process:
            self._process.terminate()
            self._process.wait(20)

    def kill(self) -> None:
        """End it as a power cut would: parent at once, workers as soon as they see it."""
        self._process.kill()
        self._process.wait()
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("localhost", self.port)).close()
            except ConnectionRefusedError:
                return
            time.sleep(0.02)
        raise AssertionError("a worker outlived the server")

    def _command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "journal.cli", "--env-file", str(self.env_file), *words]

    def _environment(self) -> dict[str, str]:
        theirs = {name: value for name, value in os.environ.items() if name[:8] != "JOURNAL_"}
        return theirs | self._own_settings()

    def _own_settings(self) -> dict[str, str]:
        return {
            "JOURNAL_PUBLIC_URL": self.url,
            "JOURNAL_DATABASE_URL": f"sqlite:///{self.folder / 'journal.db'}",
            "JOURNAL_STATIC_FOLDER": str(self.folder / "static"),
            # Tests ask beside the browser, each time as from another device.
            "JOURNAL_PATIENT_DEVICES": "1000",
            "JOURNAL_STAFF_DEVICES": "1000",
        }


def free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return chosen.getsockname()[1]
