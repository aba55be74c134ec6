"""An authenticator in software: real keys, real CBOR, and it does as it is told, also wrongly."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

ORIGIN = "http://localhost:8000"

PRESENT, VERIFIED, MAY_BE_SYNCED, SYNCED, ATTESTED = 0x01, 0x04, 0x08, 0x10, 0x40
GOOD = PRESENT | VERIFIED
ES256 = -7


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@cache
def shared_key() -> ec.EllipticCurvePrivateKey:
    """One key for all people of one process: making them takes time, and no test needs it."""
    return ec.generate_private_key(ec.SECP256R1())


def cose(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public half, as authenticators write it."""
    point = key.public_key().public_numbers()
    return cbor2.dumps({1: 2, 3: ES256, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)})


@dataclass
class Authenticator:
    """One passkey, and how the device that holds it behaves."""

    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    user: bytes = b""
    count: int = 0
    """Signatures so far; it stays 0 for one that does not count."""
    flags: int = GOOD
    origin: str = ORIGIN
    host: str | None = None

    @classmethod
    def of(cls, account_id: UUID, *, origin: str = ORIGIN) -> "Authenticator":
        """The passkey that `factories.make_account` gives everybody."""
        return cls(shared_key(), account_id.bytes, account_id.bytes, origin=origin)

    def create(self, options: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """What `navigator.credentials.create` answers.

        :param changes: fields of the client data to say wrongly.
        """
        self.user = unb64(options["user"]["id"])
        known = self.credential_id
        attested = bytes(16) + len(known).to_bytes(2) + known + cose(self.key)
        data = self._data(options["rp"]["id"], ATTESTED) + attested
        made = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        said = self._client("webauthn.create", options, changes)
        return self._credential({"attestationObject": b64(made), "clientDataJSON": b64(said)})

    def get(self, options: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """What `navigator.credentials.get` answers."""
        if self.count:
            self.count += 1
        data = self._data(options["rpId"], 0)
        said = self._client("webauthn.get", options, changes)
        signed = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._credential(
            {
                "authenticatorData": b64(data),
                "clientDataJSON": b64(said),
                "signature": b64(signed),
                "userHandle": b64(self.user),
            }
        )

    def _data(self, host: str, flags: int) -> bytes:
        bound = hashlib.sha256((self.host or host).encode()).digest()
        return bound + bytes([self.flags | flags]) + self.count.to_bytes(4)

    def _client(self, kind: str, options: dict[str, Any], changes: dict[str, Any]) -> bytes:
        said = {
            "type": kind,
            "challenge": options["challenge"],
            "origin": self.origin,
            "crossOrigin": False,
        }
        return json.dumps(said | changes).encode()

    def _credential(self, response: dict[str, Any]) -> dict[str, Any]:
        known = b64(self.credential_id)
        return {
            "id": known,
            "rawId": known,
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
            "response": response,
        }


def host_of(origin: str) -> str:
    return urlsplit(origin).hostname or ""
