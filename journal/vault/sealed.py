"""Ciphertext as a value: bound to the place it belongs to, silent until asked.

AES-256-GCM. A token is `0x01 ‖ nonce (12 bytes) ‖ ciphertext and tag`; the associated data is the
`place`, for example `entry/<id>/<revision>`, so that a token moved to another row does not open.
"""

import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

VERSION = b"\x01"
NONCE = 12  # bytes


class Unopenable(Exception):
    """Wrong key, wrong place, or tampered with."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """Words nobody can read without the key and the place."""

    token: bytes = field(repr=False)

    @classmethod
    def seal(cls, words: bytes, key: bytes, place: str) -> "Sealed":
        """Encrypt `words` under a 32-byte `key` for one `place`."""
        nonce = os.urandom(NONCE)
        return cls(VERSION + nonce + AESGCM(key).encrypt(nonce, words, place.encode()))

    def open(self, key: bytes, place: str) -> bytes:
        """Return the words.

        :raises Unopenable: wrong key, wrong place, or tampered with.
        """
        if self.token[:1] != VERSION:
            raise Unopenable("unknown version")
        nonce, body = self.token[1 : 1 + NONCE], self.token[1 + NONCE :]
        try:
            return AESGCM(key).decrypt(nonce, body, place.encode())
        except (InvalidTag, ValueError):
            raise Unopenable(place) from None


class SealedBytes(TypeDecorator[Sealed]):
    """A column of sealed words. Loading a row decrypts nothing."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Sealed | None, dialect: Dialect) -> bytes | None:
        return None if value is None else value.token

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))
