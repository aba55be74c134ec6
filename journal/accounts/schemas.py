"""What signing in takes and gives."""

from marshmallow import fields, validate

from journal.accounts.principals import Role
from journal.web.wire import Text, WireSchema


class SignIn(WireSchema):
    """An address and a password."""

    email = Text(required=True, validate=validate.Length(1, 320))
    password = Text(required=True, validate=validate.Length(1, 1024), load_only=True)


class Person(WireSchema):
    """Somebody, by the name they are called."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class Me(WireSchema):
    """Who is signed in."""

    id = fields.UUID(required=True)
    role = fields.Enum(Role, by_value=True, required=True)
    name = fields.String(required=True)
    zone = fields.String(required=True)
    signed_in_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)
