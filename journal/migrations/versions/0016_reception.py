"""A clinic's settings grow; dosing sessions and appointments can be changed and cancelled."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


# Column by column: SQLite would make a table anew for more than that, and others refer to these.
CLINIC = (
    sa.Column("numbers_checked_on", sa.Date(), nullable=True),
    sa.Column("out_of_hours", sa.String(), server_default="", nullable=False),
    sa.Column("course_sessions", sa.Integer(), nullable=True),
    sa.Column("settings_edition", sa.Integer(), server_default="1", nullable=False),
)


def upgrade() -> None:
    """Add what reception writes down."""
    for column in CLINIC:
        op.add_column("clinic", column._copy())
    for table in ("dosing_session", "appointment"):
        op.add_column(table, sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "dosing_session", sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True)
    )


def downgrade() -> None:
    """Take it back. A session that was cancelled goes: the version before would show it."""
    op.execute(sa.text("DELETE FROM dosing_session WHERE cancelled_at IS NOT NULL"))
    op.drop_column("dosing_session", "cancelled_at")
    for table in ("appointment", "dosing_session"):
        op.drop_column(table, "changed_at")
    for column in reversed(CLINIC):
        op.drop_column("clinic", column.name)
