"""Migrations end at the tables of this version, and lose nothing on the way."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, select, text

from server.storage import schema
from server.storage.hours import HOURS, hours_of_service
from server.storage.tables import Field, NumberSeries, Service, Site, metadata

MIGRATIONS = Path(schema.__file__).parent / "migrations"

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{after}"

def upgrade():
    {upgrade}
"""
REBUILD_SITES = """with op.batch_alter_table("sites", recreate="always") as sites:
        sites.alter_column("name", type_=sa.String(500))"""


def test_migrations_end_at_the_tables_of_this_version(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)
    engine.dispose()
    assert differences == []


def test_a_fresh_database_has_an_epoch_of_its_own(sqlite_url: str, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path / 'other.db'}"
    schema.upgrade(other)
    assert _epochs(other) != _epochs(sqlite_url)
    assert len(_epochs(other)) == 1


def test_upgrading_a_current_database_changes_nothing(database_url: str) -> None:
    before = _epochs(database_url)
    schema.upgrade(database_url)
    assert _epochs(database_url) == before
    assert schema.revision(database_url) == schema.head()


def test_an_empty_database_has_no_revision(tmp_path: Path) -> None:
    assert schema.revision(f"sqlite:///{tmp_path / 'empty.db'}") is None


def test_a_table_that_is_rebuilt_keeps_its_children(sqlite_url: str, tmp_path: Path) -> None:
    """A rebuilt table is dropped for a moment; with foreign keys on, that deletes its children."""
    with_children = """op.create_table("children", sa.Column("site_id", sa.Integer(),
        sa.ForeignKey("sites.id", ondelete="CASCADE")))
    op.execute("INSERT INTO sites (id, code, name, name_en, address, timezone, languages,"
        " board_public, catalogue_public, portal_url_template, slip_footer, max_wait_minutes)"
        " VALUES (1, 'a', 'A', '', '', 'UTC', '[]', 0, 0, '', '[]', 90)")
    op.execute("INSERT INTO children VALUES (1)")"""
    _migrate_on(sqlite_url, tmp_path, with_children, REBUILD_SITES)
    engine = create_engine(sqlite_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM children")).scalar_one() == 1
    engine.dispose()


def test_a_migration_that_breaks_references_says_so(sqlite_url: str, tmp_path: Path) -> None:
    orphan = 'op.execute("INSERT INTO site_revisions VALUES (77, 1)")'
    with pytest.raises(RuntimeError, match="foreign keys are broken"):
        _migrate_on(sqlite_url, tmp_path, orphan)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_start_that_is_cut_off_leaves_the_database_as_it_was(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = request.getfixturevalue("sqlite_url" if kind == "sqlite" else "postgres_url")
    half = 'op.create_table("halves", sa.Column("id", sa.Integer()))'
    with pytest.raises(KeyboardInterrupt):
        _migrate_on(
            url, tmp_path, half, half.replace("halves", "more") + "; raise KeyboardInterrupt"
        )
    engine = create_engine(url)
    assert not {"halves", "more"} & set(inspect(engine).get_table_names())
    engine.dispose()
    assert schema.revision(url) == schema.head()


def test_a_first_start_that_was_cut_off_before_its_epoch_is_finished_by_the_next(
    database_url: str,
) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM instance"))
    engine.dispose()
    schema.upgrade(database_url)
    assert len(_epochs(database_url)) == 1


OLD_HALL = (
    "INSERT INTO sites (id, code, name, name_en, address, timezone, languages, board_public,"
    " catalogue_public, portal_url_template, slip_footer, max_wait_minutes) VALUES"
    " (1, 'a', 'A', '', '', 'Asia/Ho_Chi_Minh', '[\"vi\"]', false, false, '', '[]', 90)",
    "INSERT INTO fields (id, site_id, code, name, name_en, position) VALUES"
    " (1, 1, 'dat-dai', 'Đất đai', '', 0)",
    "INSERT INTO services (id, site_id, field_id, code, name, name_en, prefix, open, removed,"
    " position) VALUES (1, 1, 1, 'dat-dai', 'Đất đai', '', 'B', true, false, 0)",
    "INSERT INTO number_series (site_id, day, prefix, band, last) VALUES"
    " (1, '2026-03-02', 'B', '', 7)",
)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_hall_of_the_first_schema_stays_open_always_and_goes_on_counting(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, first_schema: Callable[[str], None]
) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    if kind == "postgresql":
        url = request.getfixturevalue("blank_postgres_url")
    first_schema(url)
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in OLD_HALL:
            connection.exec_driver_sql(statement)
    schema.upgrade(url)
    with engine.connect() as connection:
        row = connection.execute(
            select(*HOURS, Service.daily_quota, NumberSeries.last, NumberSeries.later_steps)
            .join(Field, Field.id == Service.field_id)
            .join(Site, Site.id == Service.site_id)
            .join(NumberSeries, NumberSeries.site_id == Site.id)
        ).one()
    engine.dispose()
    assert hours_of_service(row) is None
    assert (row.daily_quota, row.last, row.later_steps) == (None, 7, 0)


def _epochs(url: str) -> list[str]:
    engine = create_engine(url)
    with engine.connect() as connection:
        epochs = list(connection.execute(text("SELECT epoch FROM instance")).scalars())
    engine.dispose()
    return epochs


def _migrate_on(url: str, folder: Path, *upgrades: str) -> None:
    """Run further migrations with the real environment, as a later version would."""
    scripts = folder / "migrations"
    shutil.copytree(MIGRATIONS, scripts)
    after = schema.head()
    for number, upgrade in enumerate(upgrades):
        revision = f"next{number}"
        (scripts / "versions" / f"{revision}.py").write_text(
            NEXT.format(revision=revision, after=after, upgrade=upgrade)
        )
        after = revision
    config = Config()
    config.set_main_option("script_location", str(scripts))
    config.attributes["url"] = url
    command.upgrade(config, "head")
