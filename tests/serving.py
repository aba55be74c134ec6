"""A real server in its own processes, killed and started again by the tests that ask for one."""

import base64
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from journal.config import Settings

START_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """`journal serve` on a free port, with its output in a file."""

    settings: Settings
    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def output(self) -> Path:
        return self.folder / "server.log"

    def start(self) -> None:
        """Start it and wait until it answers."""
        keys = ",".join(
            f"{name}:{base64.b64encode(key).decode()}"
            for name, key in self.settings.master_keys.items()
        )
        env_file = self.folder / "journal.env"
        env_file.write_text(
            f"JOURNAL_DATABASE_URL={self.settings.database_url}\n"
            f"JOURNAL_SECRET_KEY={self.settings.secret_key}\n"
            f"JOURNAL_MASTER_KEYS={keys}\n"
            f"JOURNAL_PUBLIC_URL={self.origin}\n"
            f"JOURNAL_MEDIA_STORE={self.settings.media.store}\n"
            f"JOURNAL_PATIENT_DEVICES={self.settings.devices.patient}\n"
            f"JOURNAL_STAFF_DEVICES={self.settings.devices.staff}\n"
        )
        command = [sys.executable, "-m", "journal.cli", "--env-file", str(env_file), "serve"]
        env = {name: value for name, value in os.environ.items() if "JOURNAL" not in name}
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                [*command, "--port", str(self.port)],
                stdout=output,
                stderr=output,
                env=env,
                start_new_session=True,
            )
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            assert self.process is not None
            assert self.process.poll() is None, self.output.read_text()
            try:
                if Browser(self).send("GET", "/healthz")[0] == 200:
                    return
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)
        raise TimeoutError(self.output.read_text())

    def kill(self) -> None:
        """End all of its processes at once, as a power cut would."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


@dataclass
class Browser:
    """One device: its cookies, and one connection for each request."""

    server: Server
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def cookie(self) -> str:
        """What it sends along."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def send(
        self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, Any]:
        """Send one request; return its status and its JSON."""
        connection = http.client.HTTPConnection("localhost", self.server.port, timeout=30)
        sent = {"Origin": self.server.origin, "Content-Type": "application/json"}
        sent |= {"Cookie": self.cookie} if self.cookie else {}
        try:
            encoded = json.dumps(body) if body is not None else None
            connection.request(method, path, encoded, {**sent, **(headers or {})})
            answer = connection.getresponse()
            read = answer.read()
        finally:
            connection.close()
        for given in answer.headers.get_all("Set-Cookie", []):
            name, _, value = given.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, json.loads(read) if read else None
