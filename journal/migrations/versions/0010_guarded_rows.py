"""PostgreSQL repeats the gate's rule: what was handed over is closed until it is said who asks.

`rows.guarded` is on for a server's connections. `rows.author`, `rows.reader`, `rows.at`
and `rows.agreed_since` are said in each transaction. The rule for a reader is the one of
`sharing/gate.py`; `tests/sharing/test_guarded_rows.py` holds the two against each other.
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

READER = "NULLIF(current_setting('rows.reader', true), '')::uuid"
AUTHOR = "NULLIF(current_setting('rows.author', true), '')::uuid"
AT = "NULLIF(current_setting('rows.at', true), '')::timestamptz"
AGREED = "NULLIF(current_setting('rows.agreed_since', true), '')::int"

# The uncorrelated part is an array that is worked out once for a statement; as an EXISTS for each
# row it would cost a scan of everything.
READABLE = f"""
    taken_back_at IS NULL
    AND release_at <= {AT}
    AND grant_id = ANY (ARRAY(
        SELECT g.id FROM "grant" g
        JOIN care_link l ON l.patient_id = g.patient_id AND l.therapist_id = g.therapist_id
            AND l.ended_at IS NULL AND l.since <= g.given_at
        JOIN membership m ON m.account_id = l.therapist_id AND m.clinic_id = l.clinic_id
            AND m.ended_at IS NULL AND m.since <= g.given_at
        JOIN account t ON t.id = l.therapist_id AND t.disabled_at IS NULL
        JOIN membership n ON n.account_id = l.patient_id AND n.clinic_id = l.clinic_id
            AND n.ended_at IS NULL
        JOIN account p ON p.id = l.patient_id AND p.disabled_at IS NULL
        WHERE g.therapist_id = {READER}
            AND g.given_at <= {AT} AND g.ended_at IS NULL AND {AT} < g.ends_at
            AND g.pause IS NULL AND g.agreement_edition >= {AGREED}
    ))
    AND EXISTS (SELECT 1 FROM "grant" g WHERE g.id = excerpt.grant_id
        AND g.patient_id = excerpt.patient_id)
    AND EXISTS (SELECT 1 FROM grant_category c WHERE c.grant_id = excerpt.grant_id
        AND c.category = excerpt.category)
    AND NOT (release_at > handed_at AND EXISTS (
        SELECT 1 FROM dosing_session d WHERE d.patient_id = excerpt.patient_id
            AND d.started_at <= excerpt.release_at AND {AT} < d.clear_at))
"""  # noqa: S608 - constants of this file alone

OUTSIDE = "USING (current_setting('rows.guarded', true) IS DISTINCT FROM 'on')"
OWN = f"USING (patient_id = {AUTHOR})"

POLICIES = {
    "excerpt": {
        "outside_requests": OUTSIDE,
        "author": OWN,
        "reader": f"FOR SELECT USING ({READABLE})",
    },
    # A recording, a photo or a drawing goes by the excerpt it lies in, whose own policies count.
    "media_copy": {
        "outside_requests": OUTSIDE,
        "author": OWN,
        "reader": """FOR SELECT USING (EXISTS (SELECT 1 FROM excerpt e
            WHERE e.patient_id = media_copy.patient_id AND e.id = media_copy.excerpt_id))""",
    },
}


def upgrade() -> None:
    """Close them."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, rules in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        # The application's role owns its tables; an owner is let through unless it is forced.
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        for name, rule in rules.items():
            op.execute(f"CREATE POLICY {name} ON {table} {rule}")


def downgrade() -> None:
    """Open them again."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, rules in POLICIES.items():
        for name in rules:
            op.execute(f"DROP POLICY {name} ON {table}")
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
