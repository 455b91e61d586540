"""What every table shares: names of constraints, keys, and moments kept as microseconds."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Integer,
    MetaData,
    Row,
    literal_column,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import JSON, TypeDecorator

from server.domain.ranking import microseconds, moment

AnyRow = Row[*tuple[Any, ...]]
"""A row of a select, read by the names of its columns."""

# SQLite numbers rows by itself only where the key is INTEGER.
Key = BigInteger().with_variant(Integer, "sqlite")


class Moment(TypeDecorator[datetime]):
    """An aware UTC moment, stored as whole microseconds: the same order on every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else moment(value)


def in_state(rows: Any, *states: str) -> ColumnElement[bool]:
    """That a row of this mapped class (or alias) is in one of the states, named by literals.

    Bound parameters would hide the partial indexes from the database: it would read all history.
    """
    literals: list[ColumnElement[str]] = [literal_column(f"'{state}'") for state in states]
    condition: ColumnElement[bool] = (
        rows.state == literals[0] if len(literals) == 1 else rows.state.in_(literals)
    )
    return condition


class Base(DeclarativeBase):
    """The declarative base; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        int: Key,
        datetime: Moment(),
        date: Date(),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
        list[dict[str, Any]]: JSON(),
    }
