"""The first schema."""

import sqlalchemy as sa
from alembic import op

Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("scope", sa.String(length=24), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=True),
        sa.Column("used_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "path", "key", name=op.f("pk_idempotency_keys")),
    )
    with op.batch_alter_table("idempotency_keys", schema=None) as batch_op:
        batch_op.create_index("ix_idempotency_keys_used_at", ["used_at"], unique=False)

    op.create_table(
        "instance",
        sa.Column("id", Key, nullable=False),
        sa.Column("epoch", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instance")),
    )
    op.create_table(
        "sites",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("board_public", sa.Boolean(), nullable=False),
        sa.Column("catalogue_public", sa.Boolean(), nullable=False),
        sa.Column("portal_url_template", sa.String(length=400), nullable=False),
        sa.Column("slip_footer", sa.JSON(), nullable=False),
        sa.Column("max_wait_minutes", Key, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sites")),
        sa.UniqueConstraint("code", name=op.f("uq_sites_code")),
    )
    op.create_table(
        "agencies",
        sa.Column("id", Key, nullable=False),
        sa.Column("site_id", Key, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("position", Key, nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_agencies_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agencies")),
        sa.UniqueConstraint("site_id", "code", name=op.f("uq_agencies_site_id_code")),
    )
    op.create_table(
        "fields",
        sa.Column("id", Key, nullable=False),
        sa.Column("site_id", Key, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("position", Key, nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_fields_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fields")),
        sa.UniqueConstraint("site_id", "code", name=op.f("uq_fields_site_id_code")),
    )
    op.create_table(
        "halls",
        sa.Column("id", Key, nullable=False),
        sa.Column("site_id", Key, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("position", Key, nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_halls_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_halls")),
        sa.UniqueConstraint("site_id", "code", name=op.f("uq_halls_site_id_code")),
    )
    op.create_table(
        "number_series",
        sa.Column("site_id", Key, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("prefix", sa.String(length=4), nullable=False),
        sa.Column("band", sa.String(length=20), nullable=False),
        sa.Column("last", Key, nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_number_series_site_id_sites")
        ),
        sa.PrimaryKeyConstraint("site_id", "day", "prefix", "band", name=op.f("pk_number_series")),
    )
    op.create_table(
        "priority_classes",
        sa.Column("id", Key, nullable=False),
        sa.Column("site_id", Key, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("proof", sa.String(length=300), nullable=False),
        sa.Column("proof_en", sa.String(length=300), nullable=False),
        sa.Column(
            "head_start_minutes",
            Key,
            nullable=False,
        ),
        sa.Column("kiosk", sa.Boolean(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("position", Key, nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_priority_classes_site_id_sites")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority_classes")),
        sa.UniqueConstraint("site_id", "code", name=op.f("uq_priority_classes_site_id_code")),
    )
    op.create_table(
        "site_revisions",
        sa.Column("site_id", Key, nullable=False),
        sa.Column("revision", Key, nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_site_revisions_site_id_sites")
        ),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_site_revisions")),
    )
    op.create_table(
        "printers",
        sa.Column("id", Key, nullable=False),
        sa.Column("site_id", Key, nullable=False),
        sa.Column("hall_id", Key, nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=400), nullable=False),
        sa.Column("profile", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.BigInteger(), nullable=True),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_printers_hall_id_halls")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_printers_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printers")),
        sa.UniqueConstraint("site_id", "name", name=op.f("uq_printers_site_id_name")),
    )
    op.create_table(
        "services",
        sa.Column("id", Key, nullable=False),
        sa.Column("site_id", Key, nullable=False),
        sa.Column("field_id", Key, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("prefix", sa.String(length=4), nullable=False),
        sa.Column("frequent", Key, nullable=True),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("position", Key, nullable=False),
        sa.ForeignKeyConstraint(
            ["field_id"], ["fields.id"], name=op.f("fk_services_field_id_fields")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_services_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_services")),
        sa.UniqueConstraint("site_id", "code", name=op.f("uq_services_site_id_code")),
    )
    op.create_table(
        "staff",
        sa.Column("id", Key, nullable=False),
        sa.Column("site_id", Key, nullable=True),
        sa.Column("agency_id", Key, nullable=True),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_staff_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_staff_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("login", name=op.f("uq_staff_login")),
    )
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_site_id"), ["site_id"], unique=False)

    op.create_table(
        "counters",
        sa.Column("id", Key, nullable=False),
        sa.Column("site_id", Key, nullable=False),
        sa.Column("hall_id", Key, nullable=False),
        sa.Column("agency_id", Key, nullable=True),
        sa.Column("number", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("officer_id", Key, nullable=True),
        sa.Column("state_since", sa.BigInteger(), nullable=True),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("position", Key, nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_counters_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_counters_hall_id_halls")),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["staff.id"], name=op.f("fk_counters_officer_id_staff")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_counters_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counters")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_counters_site_id_number")),
    )
    op.create_table(
        "devices",
        sa.Column("id", Key, nullable=False),
        sa.Column("site_id", Key, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("hall_id", Key, nullable=True),
        sa.Column("printer_id", Key, nullable=True),
        sa.Column("paired_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_devices_hall_id_halls")),
        sa.ForeignKeyConstraint(
            ["printer_id"], ["printers.id"], name=op.f("fk_devices_printer_id_printers")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_devices_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
    )
    with op.batch_alter_table("devices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_devices_site_id"), ["site_id"], unique=False)

    op.create_table(
        "procedures",
        sa.Column("id", Key, nullable=False),
        sa.Column("site_id", Key, nullable=False),
        sa.Column("field_id", Key, nullable=False),
        sa.Column("service_id", Key, nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("portal_id", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=1200), nullable=False),
        sa.Column("short_name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("frequent", Key, nullable=True),
        sa.Column("fee", sa.String(length=500), nullable=False),
        sa.Column("time", sa.String(length=500), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("position", Key, nullable=False),
        sa.ForeignKeyConstraint(
            ["field_id"], ["fields.id"], name=op.f("fk_procedures_field_id_fields")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_procedures_service_id_services")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_procedures_site_id_sites")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedures")),
        sa.UniqueConstraint("site_id", "code", name=op.f("uq_procedures_site_id_code")),
    )
    with op.batch_alter_table("procedures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_procedures_service_id"), ["service_id"], unique=False)

    op.create_table(
        "access_tokens",
        sa.Column("id", Key, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("site_id", Key, nullable=True),
        sa.Column("staff_id", Key, nullable=True),
        sa.Column("device_id", Key, nullable=True),
        sa.Column("csrf", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["device_id"], ["devices.id"], name=op.f("fk_access_tokens_device_id_devices")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_access_tokens_site_id_sites")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_access_tokens_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_tokens")),
        sa.UniqueConstraint("hash", name=op.f("uq_access_tokens_hash")),
    )
    with op.batch_alter_table("access_tokens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_access_tokens_device_id"), ["device_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_access_tokens_site_id"), ["site_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_access_tokens_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "counter_services",
        sa.Column("counter_id", Key, nullable=False),
        sa.Column("service_id", Key, nullable=False),
        sa.Column("tier", Key, nullable=False),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["counters.id"], name=op.f("fk_counter_services_counter_id_counters")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_counter_services_service_id_services")
        ),
        sa.PrimaryKeyConstraint("counter_id", "service_id", name=op.f("pk_counter_services")),
    )
    with op.batch_alter_table("counter_services", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_counter_services_service_id"), ["service_id"], unique=False
        )

    op.create_table(
        "pairings",
        sa.Column("id", Key, nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("device_id", Key, nullable=True),
        sa.Column("claimed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["device_id"], ["devices.id"], name=op.f("fk_pairings_device_id_devices")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairings")),
        sa.UniqueConstraint("code", name=op.f("uq_pairings_code")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_pairings_secret_hash")),
    )
    op.create_table(
        "procedure_documents",
        sa.Column("id", Key, nullable=False),
        sa.Column("procedure_id", Key, nullable=False),
        sa.Column("position", Key, nullable=False),
        sa.Column("name", sa.String(length=1000), nullable=False),
        sa.Column("originals", Key, nullable=False),
        sa.Column("copies", Key, nullable=False),
        sa.Column("condition", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(
            ["procedure_id"],
            ["procedures.id"],
            name=op.f("fk_procedure_documents_procedure_id_procedures"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure_documents")),
    )
    with op.batch_alter_table("procedure_documents", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_procedure_documents_procedure_id"), ["procedure_id"], unique=False
        )

    op.create_table(
        "tickets",
        sa.Column("id", Key, nullable=False),
        sa.Column("site_id", Key, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("priority_class_id", Key, nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("issued_by", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["issued_by"], ["access_tokens.id"], name=op.f("fk_tickets_issued_by_access_tokens")
        ),
        sa.ForeignKeyConstraint(
            ["priority_class_id"],
            ["priority_classes.id"],
            name=op.f("fk_tickets_priority_class_id_priority_classes"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_tickets_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tickets")),
        sa.UniqueConstraint("site_id", "day", "number", name=op.f("uq_tickets_site_id_day_number")),
        sa.UniqueConstraint("token", name=op.f("uq_tickets_token")),
    )
    op.create_table(
        "print_jobs",
        sa.Column("id", Key, nullable=False),
        sa.Column("site_id", Key, nullable=False),
        sa.Column("printer_id", Key, nullable=False),
        sa.Column("ticket_id", Key, nullable=False),
        sa.Column("requested_by", Key, nullable=True),
        sa.Column("copy", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("people_ahead", Key, nullable=False),
        sa.Column("attempts", Key, nullable=False),
        sa.Column("claim", sa.String(length=32), nullable=True),
        sa.Column("try_after", sa.BigInteger(), nullable=True),
        sa.Column("queued_at", sa.BigInteger(), nullable=False),
        sa.Column("state_since", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["printer_id"], ["printers.id"], name=op.f("fk_print_jobs_printer_id_printers")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"],
            ["access_tokens.id"],
            name=op.f("fk_print_jobs_requested_by_access_tokens"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_print_jobs_site_id_sites")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_print_jobs_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_jobs")),
    )
    with op.batch_alter_table("print_jobs", schema=None) as batch_op:
        batch_op.create_index(
            "ix_print_jobs_queue",
            ["printer_id", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'queued'"),
            postgresql_where=sa.text("state = 'queued'"),
        )
        batch_op.create_index(
            "ix_print_jobs_sending",
            ["printer_id"],
            unique=False,
            sqlite_where=sa.text("state = 'sending'"),
            postgresql_where=sa.text("state = 'sending'"),
        )
        batch_op.create_index(batch_op.f("ix_print_jobs_ticket_id"), ["ticket_id"], unique=False)

    op.create_table(
        "steps",
        sa.Column("id", Key, nullable=False),
        sa.Column("ticket_id", Key, nullable=False),
        sa.Column("site_id", Key, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("service_id", Key, nullable=False),
        sa.Column("procedure_id", Key, nullable=True),
        sa.Column("position", Key, nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("state_since", sa.BigInteger(), nullable=False),
        sa.Column("rank_at", Key, nullable=False),
        sa.Column("waiting_since", Key, nullable=False),
        sa.Column("counter_id", Key, nullable=True),
        sa.Column("only_counter_id", Key, nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("called_at", sa.BigInteger(), nullable=True),
        sa.Column("calls", Key, nullable=False),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["counters.id"], name=op.f("fk_steps_counter_id_counters")
        ),
        sa.ForeignKeyConstraint(
            ["only_counter_id"], ["counters.id"], name=op.f("fk_steps_only_counter_id_counters")
        ),
        sa.ForeignKeyConstraint(
            ["procedure_id"], ["procedures.id"], name=op.f("fk_steps_procedure_id_procedures")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_steps_service_id_services")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_steps_site_id_sites")),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_steps_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steps")),
    )
    with op.batch_alter_table("steps", schema=None) as batch_op:
        batch_op.create_index(
            "ix_steps_line",
            ["site_id", "service_id", "rank_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.create_index(
            "ix_steps_longest",
            ["site_id", "service_id", "waiting_since", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.create_index(
            "ix_steps_open",
            ["site_id", "state", "state_since"],
            unique=False,
            sqlite_where=sa.text("state IN ('held', 'no_show')"),
            postgresql_where=sa.text("state IN ('held', 'no_show')"),
        )
        batch_op.create_index(batch_op.f("ix_steps_ticket_id"), ["ticket_id"], unique=False)
        batch_op.create_index(
            "ix_steps_unended",
            ["site_id", "day"],
            unique=False,
            sqlite_where=sa.text("state IN ('planned', 'waiting', 'called', 'serving', 'held')"),
            postgresql_where=sa.text(
                "state IN ('planned', 'waiting', 'called', 'serving', 'held')"
            ),
        )
        batch_op.create_index(
            "uq_steps_at_counter",
            ["counter_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('called', 'serving')"),
            postgresql_where=sa.text("state IN ('called', 'serving')"),
        )
        batch_op.create_index(
            "uq_steps_current",
            ["ticket_id"],
            unique=True,
            sqlite_where=sa.text("current"),
            postgresql_where=sa.text("current"),
        )

    op.create_table(
        "calls",
        sa.Column("id", Key, nullable=False),
        sa.Column("site_id", Key, nullable=False),
        sa.Column("hall_id", Key, nullable=False),
        sa.Column("step_id", Key, nullable=False),
        sa.Column("counter_id", Key, nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("counter_number", sa.String(length=10), nullable=False),
        sa.Column("called_at", sa.BigInteger(), nullable=False),
        sa.Column("recall", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["counters.id"], name=op.f("fk_calls_counter_id_counters")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_calls_hall_id_halls")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_calls_site_id_sites")),
        sa.ForeignKeyConstraint(["step_id"], ["steps.id"], name=op.f("fk_calls_step_id_steps")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
    )
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.create_index("ix_calls_hall_id_id", ["hall_id", "id"], unique=False)
        batch_op.create_index("ix_calls_site_id_id", ["site_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_calls_step_id"), ["step_id"], unique=False)

    op.create_table(
        "periods",
        sa.Column("id", Key, nullable=False),
        sa.Column("site_id", Key, nullable=False),
        sa.Column("ticket_id", Key, nullable=False),
        sa.Column("step_id", Key, nullable=False),
        sa.Column("service_id", Key, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("action", sa.String(length=12), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("counter_id", Key, nullable=True),
        sa.Column("token_id", Key, nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["counters.id"], name=op.f("fk_periods_counter_id_counters")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_periods_service_id_services")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_periods_site_id_sites")),
        sa.ForeignKeyConstraint(["step_id"], ["steps.id"], name=op.f("fk_periods_step_id_steps")),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_periods_ticket_id_tickets")
        ),
        sa.ForeignKeyConstraint(
            ["token_id"], ["access_tokens.id"], name=op.f("fk_periods_token_id_access_tokens")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_periods")),
    )
    with op.batch_alter_table("periods", schema=None) as batch_op:
        batch_op.create_index(
            "ix_periods_open",
            ["step_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "ix_periods_served",
            ["site_id", "ended_at"],
            unique=False,
            sqlite_where=sa.text("state = 'serving'"),
            postgresql_where=sa.text("state = 'serving'"),
        )
        batch_op.create_index(batch_op.f("ix_periods_ticket_id"), ["ticket_id"], unique=False)

    op.create_table(
        "virtual_slips",
        sa.Column("id", Key, nullable=False),
        sa.Column("printer_id", Key, nullable=False),
        sa.Column("job_id", Key, nullable=False),
        sa.Column("printed_at", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"], ["print_jobs.id"], name=op.f("fk_virtual_slips_job_id_print_jobs")
        ),
        sa.ForeignKeyConstraint(
            ["printer_id"], ["printers.id"], name=op.f("fk_virtual_slips_printer_id_printers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_virtual_slips")),
    )
    with op.batch_alter_table("virtual_slips", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_virtual_slips_printer_id"), ["printer_id"], unique=False
        )
