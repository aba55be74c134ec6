"""A data key belongs to an account, a grant, a clinic or a therapist's notes, each kind apart."""

from uuid import uuid5

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KEY = sa.table("data_key", sa.column("owner", sa.Uuid()), sa.column("kind", sa.String()))
ACCOUNT = sa.table("account", sa.column("id", sa.Uuid()), sa.column("role", sa.String()))


def upgrade() -> None:
    """Say of each key whose it is: an id that a phone chose reaches no other kind."""
    with op.batch_alter_table("data_key") as keys:
        keys.add_column(
            sa.Column("kind", sa.String(length=40), server_default="account", nullable=False)
        )
    for kind, table in (("clinic", "clinic"), ("grant", "grant")):
        owners = sa.select(sa.column("id", sa.Uuid())).select_from(sa.table(table))
        op.execute(sa.update(KEY).where(KEY.c.owner.in_(owners)).values(kind=kind))
    database = op.get_bind()
    for id in database.scalars(sa.select(ACCOUNT.c.id).where(ACCOUNT.c.role == "therapist")).all():
        theirs = sa.update(KEY).where(KEY.c.owner == uuid5(id, "notes"), KEY.c.kind == "account")
        database.execute(theirs.values(kind="notes"))
    with op.batch_alter_table("data_key") as keys:
        keys.alter_column("kind", server_default=None)
        keys.drop_constraint(op.f("pk_data_key"), type_="primary")
        keys.create_primary_key(op.f("pk_data_key"), ["owner", "kind"])


def downgrade() -> None:
    """Take it back. A grant with the id of something else loses its key."""
    twice = sa.select(KEY.c.owner).where(KEY.c.kind != "grant")
    op.execute(sa.delete(KEY).where(KEY.c.kind == "grant", KEY.c.owner.in_(twice)))
    with op.batch_alter_table("data_key") as keys:
        keys.drop_constraint(op.f("pk_data_key"), type_="primary")
        keys.create_primary_key(op.f("pk_data_key"), ["owner"])
        keys.drop_column("kind")
