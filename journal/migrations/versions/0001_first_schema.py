"""First schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """First schema."""
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("patient", "therapist", "admin", name="role", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("email_index", sa.LargeBinary(), nullable=False),
        sa.Column("email", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email_index", name=op.f("uq_account_email_index")),
    )
    op.create_table(
        "clinic",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("clear_time", sa.String(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clinic")),
    )
    op.create_table(
        "data_key",
        sa.Column("owner", sa.Uuid(), nullable=False),
        sa.Column("master", sa.String(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("owner", name=op.f("pk_data_key")),
    )
    op.create_table(
        "reading",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reader_id", sa.Uuid(), nullable=False),
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("excerpt_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("patient_id", "n", name=op.f("pk_reading")),
    )
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reading_excerpt_id"), ["excerpt_id"], unique=False)

    op.create_table(
        "reading_head",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("patient_id", name=op.f("pk_reading_head")),
    )
    op.create_table(
        "appointment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("therapist_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["account.id"], name=op.f("fk_appointment_patient_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["therapist_id"], ["account.id"], name=op.f("fk_appointment_therapist_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appointment_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_appointment_therapist_id"), ["therapist_id"], unique=False
        )

    op.create_table(
        "care_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("therapist_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_care_link_clinic_id_clinic")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["account.id"], name=op.f("fk_care_link_patient_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["therapist_id"], ["account.id"], name=op.f("fk_care_link_therapist_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_link")),
    )
    with op.batch_alter_table("care_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_care_link_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_care_link_therapist_id"), ["therapist_id"], unique=False
        )

    op.create_table(
        "consent_event",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "happened",
            sa.Enum(
                "given",
                "narrowed",
                "withdrawn",
                "expired",
                name="happened",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["account.id"], name=op.f("fk_consent_event_patient_id_account")
        ),
        sa.PrimaryKeyConstraint("patient_id", "n", name=op.f("pk_consent_event")),
    )
    with op.batch_alter_table("consent_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_event_grant_id"), ["grant_id"], unique=False)

    op.create_table(
        "consent_head",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["account.id"], name=op.f("fk_consent_head_patient_id_account")
        ),
        sa.PrimaryKeyConstraint("patient_id", name=op.f("pk_consent_head")),
    )
    op.create_table(
        "course",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_course_clinic_id_clinic")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["account.id"], name=op.f("fk_course_patient_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
    )
    with op.batch_alter_table("course", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_course_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "entry",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("head", sa.Uuid(), nullable=False),
        sa.Column("guide", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["account.id"], name=op.f("fk_entry_patient_id_account")
        ),
        sa.PrimaryKeyConstraint("patient_id", "id", name=op.f("pk_entry")),
    )
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.create_index("ix_entry_feed", ["patient_id", "n"], unique=True)

    op.create_table(
        "grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("therapist_id", sa.Uuid(), nullable=False),
        sa.Column("agreement", sa.String(), nullable=False),
        sa.Column("agreement_edition", sa.Integer(), nullable=False),
        sa.Column("agreement_sha256", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "ended_by",
            sa.Enum(
                "given",
                "narrowed",
                "withdrawn",
                "expired",
                name="happened",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("release_in_morning", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["account.id"], name=op.f("fk_grant_patient_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["therapist_id"], ["account.id"], name=op.f("fk_grant_therapist_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant")),
    )
    with op.batch_alter_table("grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grant_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grant_therapist_id"), ["therapist_id"], unique=False)

    op.create_table(
        "journal",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("epoch", sa.Uuid(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["account.id"], name=op.f("fk_journal_patient_id_account")
        ),
        sa.PrimaryKeyConstraint("patient_id", name=op.f("pk_journal")),
    )
    op.create_table(
        "login_session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_login_session_account_id_account")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_login_session")),
    )
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_login_session_account_id"), ["account_id"], unique=False
        )

    op.create_table(
        "membership",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_membership_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinic.id"], name=op.f("fk_membership_clinic_id_clinic")
        ),
        sa.PrimaryKeyConstraint("account_id", "clinic_id", name=op.f("pk_membership")),
    )
    op.create_table(
        "tombstone",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["account.id"], name=op.f("fk_tombstone_patient_id_account")
        ),
        sa.PrimaryKeyConstraint("patient_id", "id", name=op.f("pk_tombstone")),
    )
    with op.batch_alter_table("tombstone", schema=None) as batch_op:
        batch_op.create_index("ix_tombstone_feed", ["patient_id", "n"], unique=True)

    op.create_table(
        "dosing_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("clear_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "route",
            sa.Enum(
                "iv",
                "im",
                "lozenge",
                "oral",
                "nasal",
                "other",
                name="route",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_dosing_session_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["account.id"], name=op.f("fk_dosing_session_patient_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dosing_session")),
    )
    with op.batch_alter_table("dosing_session", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_dosing_session_patient_id"), ["patient_id"], unique=False
        )

    op.create_table(
        "excerpt",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("handover_id", sa.Uuid(), nullable=False),
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Uuid(), nullable=False),
        sa.Column("guide", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column(
            "what",
            sa.Enum("whole", "answers", "passage", name="what", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("release_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_excerpt_grant_id_grant")),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["account.id"], name=op.f("fk_excerpt_patient_id_account")
        ),
        sa.PrimaryKeyConstraint("patient_id", "id", name=op.f("pk_excerpt")),
    )
    with op.batch_alter_table("excerpt", schema=None) as batch_op:
        batch_op.create_index("ix_excerpt_entry", ["patient_id", "entry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_excerpt_grant_id"), ["grant_id"], unique=False)
        batch_op.create_index("ix_excerpt_handover", ["patient_id", "handover_id"], unique=False)

    op.create_table(
        "grant_category",
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["grant_id"],
            ["grant.id"],
            name=op.f("fk_grant_category_grant_id_grant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("grant_id", "category", name=op.f("pk_grant_category")),
    )
    op.create_table(
        "revision",
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("parent", sa.Uuid(), nullable=True),
        sa.Column(
            "kept",
            sa.Enum("line", "conflict", "resolved", name="kept", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id", "entry_id"],
            ["entry.patient_id", "entry.id"],
            name=op.f("fk_revision_patient_id_entry"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("patient_id", "id", name=op.f("pk_revision")),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index("ix_revision_entry", ["patient_id", "entry_id"], unique=False)


def downgrade() -> None:
    """Undo it."""
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_index("ix_revision_entry")

    op.drop_table("revision")
    op.drop_table("grant_category")
    with op.batch_alter_table("excerpt", schema=None) as batch_op:
        batch_op.drop_index("ix_excerpt_handover")
        batch_op.drop_index(batch_op.f("ix_excerpt_grant_id"))
        batch_op.drop_index("ix_excerpt_entry")

    op.drop_table("excerpt")
    with op.batch_alter_table("dosing_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dosing_session_patient_id"))

    op.drop_table("dosing_session")
    with op.batch_alter_table("tombstone", schema=None) as batch_op:
        batch_op.drop_index("ix_tombstone_feed")

    op.drop_table("tombstone")
    op.drop_table("membership")
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_session_account_id"))

    op.drop_table("login_session")
    op.drop_table("journal")
    with op.batch_alter_table("grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grant_therapist_id"))
        batch_op.drop_index(batch_op.f("ix_grant_patient_id"))

    op.drop_table("grant")
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.drop_index("ix_entry_feed")

    op.drop_table("entry")
    with op.batch_alter_table("course", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_course_patient_id"))

    op.drop_table("course")
    op.drop_table("consent_head")
    with op.batch_alter_table("consent_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_event_grant_id"))

    op.drop_table("consent_event")
    with op.batch_alter_table("care_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_care_link_therapist_id"))
        batch_op.drop_index(batch_op.f("ix_care_link_patient_id"))

    op.drop_table("care_link")
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appointment_therapist_id"))
        batch_op.drop_index(batch_op.f("ix_appointment_patient_id"))

    op.drop_table("appointment")
    op.drop_table("reading_head")
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reading_excerpt_id"))

    op.drop_table("reading")
    op.drop_table("data_key")
    op.drop_table("clinic")
    op.drop_table("account")
