"""What a phone makes: a pair of keys, a lock."""

import base64
import os
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric import ec

from tests.factories import new_id


def bytes32() -> str:
    return base64.b64encode(os.urandom(32)).decode()


def lock() -> dict[str, str]:
    return {"share": bytes32(), "proof": bytes32(), "key": bytes32()}


def phone_path() -> str:
    return f"/api/phones/{uuid4()}"


def _number(value: int) -> str:
    return base64.urlsafe_b64encode(value.to_bytes(32)).rstrip(b"=").decode()


def pair() -> dict[str, Any]:
    """A pair as `crypto.subtle.exportKey("jwk", …)` gives it."""
    secret = ec.generate_private_key(ec.SECP256R1()).private_numbers()
    point = secret.public_numbers
    public = {"kty": "EC", "crv": "P-256", "x": _number(point.x), "y": _number(point.y)}
    private = public | {"d": _number(secret.private_value)}
    return {
        "id": str(new_id()),
        "public": public | {"ext": True, "key_ops": []},
        "private": private | {"ext": True, "key_ops": ["deriveBits"]},
    }


def kept(pair: dict[str, Any]) -> dict[str, Any]:
    """What the server keeps of it: the key, not what a browser says of its use."""
    aside = {"ext", "key_ops"}
    halves = {
        half: {name: value for name, value in pair[half].items() if name not in aside}
        for half in ("public", "private")
    }
    return {"id": pair["id"], **halves}
