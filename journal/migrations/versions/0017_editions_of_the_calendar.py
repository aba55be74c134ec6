"""Dosing sessions and appointments count their editions, so that nobody writes over another's."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TABLES = ("dosing_session", "appointment")


def upgrade() -> None:
    """What stands is the first edition."""
    for table in TABLES:
        edition = sa.Column("edition", sa.Integer(), server_default="1", nullable=False)
        op.add_column(table, edition)


def downgrade() -> None:
    """Take it back."""
    for table in reversed(TABLES):
        op.drop_column(table, "edition")
