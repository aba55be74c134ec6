"""Put one setting into a settings file."""

import os
from pathlib import Path


def put(path: Path, name: str, value: str) -> None:
    """Write it in the place of what the file said before. The file is whole at every moment."""
    lines = path.read_text("utf-8").splitlines()
    kept = [line for line in lines if line.partition("=")[0].strip() != name]
    beside = path.with_name(path.name + ".new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write("\n".join([*kept, f"{name}={value}"]) + "\n")
    beside.replace(path)
