"""What a recovery looks like on the wire."""

from typing import Any

from marshmallow import fields, validate

from journal.accounts.proof_schemas import Code, Offered, Token
from journal.web.wire import Text, WireSchema

OWN_TOKEN = validate.Regexp(r"[A-Za-z0-9_-]{43}\Z")
"""256 bits in base64url."""


class AskRecovery(WireSchema):
    """Who cannot get in, and what they have."""

    email = Text(required=True, validate=validate.Length(1, 320))
    recovery_code = Code()
    link = Token()
    token = Text(validate=OWN_TOKEN)
    """Made and kept by who asks, for the case that no answer comes; pages from before send none."""


class RecoveryAsked(WireSchema):
    """The same for everybody."""

    token = fields.String(required=True)
    opens_at = fields.AwareDateTime(required=True)


class RecoveryToken(WireSchema):
    """The token that was given when it was asked for."""

    token = Token(required=True)


class FinishRecovery(Offered):
    """New proofs for somebody who comes back, with one of the halves again."""

    token = Token(required=True)
    recovery_code = Code()
    link = Token()
    remove_passkeys = fields.Boolean(load_default=False)


RECOVERY_PENDING: dict[str, Any] = {
    "description": "OK",
    "content": {
        "application/json": {
            "schema": {
                "type": ["object", "null"],
                "properties": {
                    "opens_at": {"type": ["string", "null"], "format": "date-time"},
                    "link": {"type": "boolean"},
                },
                "required": ["opens_at", "link"],
            }
        }
    },
}
"""When a recovery opens, and whether a clinic's link is out; null for neither."""
