"""Write a software bill of materials (CycloneDX 1.6) from the lock files: nothing is asked for."""

import base64
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tools.machine import FRONTEND, MADE, ROOT, say
from tools.packages import REQUIREMENTS

Component = dict[str, Any]

ENTRY = re.compile(r"(?m)^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
SHA = {"sha512": "SHA-512", "sha384": "SHA-384", "sha256": "SHA-256", "sha1": "SHA-1"}


def python(lock: str) -> Iterator[Component]:
    """The packages that the server runs with."""
    found = list(ENTRY.finditer(lock))
    ends = [*(one.start() for one in found[1:]), len(lock)]
    for one, end in zip(found, ends, strict=True):
        name = re.sub(r"[-_.]+", "-", one[1]).lower()
        # One of these is what was installed: the file for this machine, or for another.
        files = HASH.findall(lock, one.end(), end)
        yield {
            "type": "library",
            "name": name,
            "version": one[2],
            "purl": f"pkg:pypi/{name}@{one[2]}",
            "scope": "required",
            "hashes": [{"alg": "SHA-256", "content": file} for file in files],
        }


def npm(lock: str) -> Iterator[Component]:
    """The packages that the pages are made of and made with."""
    for place, one in json.loads(lock)["packages"].items():
        if not place:
            continue
        name = one.get("name") or place.rpartition("node_modules/")[2]
        kind, _, hashed = one.get("integrity", "").partition("-")
        content = base64.b64decode(hashed).hex() if hashed else ""
        yield {
            "type": "library",
            "name": name,
            "version": one["version"],
            "purl": f"pkg:npm/{quote(name, safe='/')}@{one['version']}",
            "scope": "excluded" if one.get("dev") else "required",
            **({"hashes": [{"alg": SHA[kind], "content": content}]} if hashed else {}),
        }


def bill() -> dict[str, Any]:
    """The whole document; the same lock files give the same one."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    components = [
        *python((REQUIREMENTS / "run.txt").read_text("utf-8")),
        *npm((FRONTEND / "package-lock.json").read_text("utf-8")),
    ]
    for one in components:
        one["bom-ref"] = one["purl"]
    unique = {one["purl"]: one for one in components}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": project["name"],
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": [unique[purl] for purl in sorted(unique)],
        "dependencies": [{"ref": project["name"], "dependsOn": sorted(unique)}],
    }


def main(target: Path) -> None:
    """Write it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    made = bill()
    target.write_text(json.dumps(made, indent=1) + "\n")
    say(f"{len(made['components'])} packages: {target}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else MADE / "sbom.json")
