"""In what form the words left: a page, a line that was found, a file."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """In what form the words left. What was read until now was a page."""
    op.add_column(
        "reading",
        sa.Column("how", sa.String(length=40), server_default="page", nullable=False),
    )


def downgrade() -> None:
    """Take it back. Chains with anything but pages in them no longer hold after it."""
    op.drop_column("reading", "how")
