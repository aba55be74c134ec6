"""What a browser's passkey says, checked: `webauthn` does the cryptography, we say what must hold.

The person was verified (a face, a finger, a PIN), at this host, from our own pages, for this very
challenge. Nothing here touches the database.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import webauthn
from webauthn.helpers import (
    base64url_to_bytes,
    options_to_json_dict,
    parse_attestation_object,
)
from webauthn.helpers.cose import COSEAlgorithmIdentifier as Algorithm
from webauthn.helpers.structs import (
    AttestationFormat,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from journal.accounts.asks import LASTS, Ask
from journal.accounts.site import Site
from journal.errors import JournalError

NAME = "Integration Journal"

ALGORITHMS = [
    Algorithm.ECDSA_SHA_256,
    Algorithm.EDDSA,
    Algorithm.RSASSA_PKCS1_v1_5_SHA_256,
]

PLAIN = {AttestationFormat.NONE, AttestationFormat.PACKED}
"""We ask for no attestation: what others a device may offer is not looked into."""

_MS = int(LASTS.total_seconds() * 1000)


class BadPasskey(JournalError):
    """What the browser sent does not hold. It is never said which part."""

    status = 422
    title = "That passkey cannot be used"


@dataclass(frozen=True, slots=True)
class Made:
    """A passkey that was just made, checked and not yet kept."""

    credential_id: bytes
    public_key: bytes = field(repr=False)
    sign_count: int
    synced: bool


@dataclass(frozen=True, slots=True)
class Used:
    """A passkey that was just used, checked."""

    sign_count: int
    synced: bool


def creation(
    site: Site, ask: Ask, *, name: str, account_id: UUID, has: Collection[bytes] = ()
) -> Mapping[str, Any]:
    """What `navigator.credentials.create` is given, as JSON.

    :param has: credential ids of this account: a device that has one is told so.
    """
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=NAME,
        user_id=account_id.bytes,
        user_name=name,
        challenge=ask.challenge,
        timeout=_MS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in has],
        supported_pub_key_algs=ALGORITHMS,
    )
    return options_to_json_dict(options)


def request(site: Site, ask: Ask) -> Mapping[str, Any]:
    """What `navigator.credentials.get` is given, as JSON: whichever passkey the person picks."""
    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        challenge=ask.challenge,
        timeout=_MS,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json_dict(options)


def made(site: Site, ask: Ask, credential: dict[str, Any]) -> Made:
    """Check what `create` answered.

    :raises BadPasskey: it does not hold.
    """
    try:
        sent = base64url_to_bytes(credential["response"]["attestationObject"])
        if parse_attestation_object(sent).fmt not in PLAIN:
            raise BadPasskey
        found = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=ask.challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
            supported_pub_key_algs=ALGORITHMS,
        )
    except Exception:
        raise BadPasskey from None
    return Made(
        found.credential_id,
        found.credential_public_key,
        found.sign_count,
        found.credential_backed_up,
    )


def used(
    site: Site, ask: Ask, credential: dict[str, Any], *, public_key: bytes, sign_count: int
) -> Used:
    """Check what `get` answered, by the key and the count that are known.

    :raises BadPasskey: it does not hold, or it counts backwards: somebody may have a copy.
    """
    try:
        found = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=ask.challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except Exception:
        raise BadPasskey from None
    return Used(found.new_sign_count, found.credential_backed_up)


def which(credential: Mapping[str, Any]) -> tuple[bytes, UUID | None]:
    """The credential's id, and whose it says it is.

    :raises BadPasskey: it names neither rightly.
    """
    try:
        id = base64url_to_bytes(credential["rawId"])
        handle = credential["response"].get("userHandle")
        return id, UUID(bytes=base64url_to_bytes(handle)) if handle else None
    except (ValueError, KeyError, TypeError):
        raise BadPasskey from None
