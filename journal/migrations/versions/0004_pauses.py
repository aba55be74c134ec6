"""When a grant was paused, and by which event of the ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """When a grant was paused, and by which event of the ledger."""
    op.add_column("grant", sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("grant", sa.Column("pause", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take it back. What was paused can be read again: pause it anew, or end it, before."""
    op.drop_column("grant", "pause")
    op.drop_column("grant", "paused_at")
