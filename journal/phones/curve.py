"""JSON Web Keys of the curve P-256: what fits is kept, and nothing beside it."""

import base64
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

WIDTH = 32  # bytes of a coordinate


def is_pair(public: Mapping[str, Any], private: Mapping[str, Any]) -> bool:
    """Whether the halves belong together, on the curve: a wrong pair would lock words in."""
    try:
        secret = ec.derive_private_key(_number(private["d"]), ec.SECP256R1())
    except ValueError:
        return False
    point = secret.public_key().public_numbers()
    return all(
        (_number(half["x"]), _number(half["y"])) == (point.x, point.y) for half in (public, private)
    )


def _number(encoded: str) -> int:
    raw = base64.b64decode(encoded + "=", altchars="-_", validate=True)
    if len(raw) != WIDTH:
        raise ValueError("not as long as a coordinate")
    return int.from_bytes(raw)
