"""`make attacks`: one after another against a fresh server; exit 1 when a bar is missed."""

import sys
import tempfile
from pathlib import Path

from tests.attacks import flood, guessing, hostile, slow, stolen
from tests.attacks.rig import target

ATTACKS = {
    "R13": hostile.attack,
    "R17": guessing.attack,
    "R18": stolen.attack,
    "R19": slow.attack,
    "R20": flood.attack,
}


def main(names: list[str]) -> int:
    """Run those named, or all; print their figures."""
    missed = []
    for name in names or ATTACKS:
        with tempfile.TemporaryDirectory() as folder:
            try:
                with target(Path(folder)) as on:
                    print(f"\n{name}: {sys.modules[ATTACKS[name].__module__].__doc__}")
                    for what, figure in ATTACKS[name](on).items():
                        print(f"  {what}: {figure}", flush=True)
                        missed += [name] if figure == "MISSED" else []
            except AssertionError as error:
                print(f"  MISSED: {error}", flush=True)
                missed.append(name)
    print(f"\nMissed: {', '.join(missed)}" if missed else "\nEvery bar was held.")
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
