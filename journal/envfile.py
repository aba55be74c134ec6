"""The settings file, written anew in its place: whole at every moment, and whose it was."""

import os
import stat
import tempfile
from pathlib import Path

import click


def put(path: Path, name: str, value: str) -> None:
    """Write one setting in the place of what the file said before.

    :raises click.ClickException: it is somebody else's, and could not stay so; it is as it was.
    """
    lines = path.read_text("utf-8").splitlines()
    kept = [line for line in lines if line.partition("=")[0].strip() != name]
    replace(path, "\n".join([*kept, f"{name}={value}"]) + "\n")


def replace(path: Path, text: str) -> None:
    """Write a file anew beside itself and put it in its place: it is never half there.

    Where a link stands, the file it leads to is written, and the link stays. Owner, group and mode
    stay: the server that reads it may run as somebody else.

    :raises click.ClickException: it is somebody else's, and could not stay so; it is as it was.
    """
    path = path.resolve(strict=True)
    was = path.stat()
    number, name = tempfile.mkstemp(dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:  # readable by its owner alone
            _give(number, path, was)
            file.write(text)
            file.flush()
            os.fsync(number)
        beside.replace(path)
    except BaseException:
        beside.unlink()
        raise


def _give(number: int, path: Path, was: os.stat_result) -> None:
    whose = "another user's" if was.st_uid != os.geteuid() else "of a group that is not yours"
    try:
        os.fchown(number, was.st_uid, was.st_gid)
    except PermissionError:
        message = f"{path} is {whose}: run this as root, or as the server's own user"
        raise click.ClickException(message) from None
    os.fchmod(number, stat.S_IMODE(was.st_mode))
