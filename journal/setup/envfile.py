"""Put one setting into a settings file."""

import os
import tempfile
from pathlib import Path


def put(path: Path, name: str, value: str) -> None:
    """Write it in the place of what the file said before. The file is whole at every moment."""
    lines = path.read_text("utf-8").splitlines()
    kept = [line for line in lines if line.partition("=")[0].strip() != name]
    number, beside = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(number, "w", encoding="utf-8") as file:  # readable by its owner alone
        file.write("\n".join([*kept, f"{name}={value}"]) + "\n")
        file.flush()
        os.fsync(file.fileno())
    Path(beside).replace(path)
