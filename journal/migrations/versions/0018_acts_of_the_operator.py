"""What was done about a person by a command has no admin who did it."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody's id has to stand there."""
    with op.batch_alter_table("clinic_act") as table:
        table.alter_column("by_id", existing_type=sa.Uuid(), nullable=True)


def downgrade() -> None:
    """It has to again: what was done by commands is forgotten."""
    op.execute(sa.text("DELETE FROM clinic_act WHERE by_id IS NULL"))
    with op.batch_alter_table("clinic_act") as table:
        table.alter_column("by_id", existing_type=sa.Uuid(), nullable=False)
