"""What proofs look like on the wire."""

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate

from journal.web.wire import Text, WireSchema

BASE64URL = validate.Regexp(r"[A-Za-z0-9_-]*\Z")


class Password(Text):
    """A password; the rules of a new one are said by `password_rules`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validate=validate.Length(1, 2048), load_only=True, **kwargs)


class Code(Text):
    """Six digits, or the code on paper, however it was typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validate=validate.Length(1, 64), load_only=True, **kwargs)


class Token(Text):
    """What a link carries after its `#`, or the id of a challenge."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validate=validate.Length(1, 200), **kwargs)


class Bytes(Text):
    """Bytes in base64url."""

    def __init__(self, *, most: int = 8192, **kwargs: Any) -> None:
        super().__init__(validate=[validate.Length(0, most), BASE64URL], **kwargs)


class Said(Schema):
    """What an authenticator answers. Browsers add to it: what we do not use is left out."""

    class Meta:
        unknown = EXCLUDE

    clientDataJSON = Bytes(required=True)
    attestationObject = Bytes(most=32768)
    authenticatorData = Bytes()
    signature = Bytes()
    userHandle = Bytes(most=128, allow_none=True)


class Credential(Schema):
    """`PublicKeyCredential.toJSON()`."""

    class Meta:
        unknown = EXCLUDE

    id = Bytes(required=True, most=2048)
    rawId = Bytes(required=True, most=2048)
    type = Text(required=True, validate=validate.Equal("public-key"))
    response = fields.Nested(Said, required=True)


class Options(WireSchema):
    """What `navigator.credentials` is given, and the id that comes back with its answer."""

    id = fields.String(required=True)
    publicKey = fields.Dict(required=True)


class Nothing(WireSchema):
    """An empty object."""


class ByPasskey(WireSchema):
    """A passkey that was used."""

    id = Token(required=True)
    credential = fields.Nested(Credential, required=True)
    kept = fields.Boolean(load_default=False)


class ProveAgain(WireSchema):
    """A password, with a code where there is one; or a passkey."""

    password = Password()
    code = Code()
    id = Token()
    credential = fields.Nested(Credential)


class NewPasskey(WireSchema):
    """A passkey that was made, and what its owner calls it."""

    id = Token(required=True)
    credential = fields.Nested(Credential, required=True)
    name = Text(required=True, validate=validate.Length(1, 60))


class PasskeySchema(WireSchema):
    """A passkey as its owner sees it."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    since = fields.AwareDateTime(required=True)
    used_at = fields.AwareDateTime(required=True, allow_none=True)
    synced = fields.Boolean(required=True)


class Proofs(WireSchema):
    """What somebody has to sign in with."""

    name = fields.String(required=True)
    passkeys = fields.List(fields.Nested(PasskeySchema), required=True)
    password = fields.Boolean(required=True)
    code = fields.Boolean(required=True)
    recovery_code = fields.AwareDateTime(required=True, allow_none=True)


class NewPassword(WireSchema):
    """Another password."""

    password = Password(required=True)


class NewSecret(WireSchema):
    """A secret for an app that makes codes."""

    secret = fields.String(required=True)
    uri = fields.String(required=True)


class Confirm(WireSchema):
    """The first code of that app."""

    code = Code(required=True)


class OnPaper(WireSchema):
    """A recovery code, shown once."""

    code = fields.String(required=True)


class Door(WireSchema):
    """What the sign-in page may tell everybody."""

    demo_code = fields.String(required=True, allow_none=True)


class Offered(WireSchema):
    """New proofs. A feature that takes them adds what it needs beside them."""

    password = Password()
    code_secret = Text(validate=validate.Regexp(r"[A-Z2-7]{32}\Z"), load_only=True)
    code = Code()
    id = Token()
    credential = fields.Nested(Credential)
    passkey_name = Text(validate=validate.Length(1, 60))
