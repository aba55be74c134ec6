"""What was removed from an excerpt, as digests."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was removed from an excerpt, as digests."""
    op.add_column("excerpt", sa.Column("cuts", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("excerpt", "cuts")
