"""Tickets, their steps, their history, and the calls that the hall hears."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from server.storage.base import Base, in_state

WAITING = text("state = 'waiting'")
AT_COUNTER = text("state IN ('called', 'serving')")
CURRENT = text("current")
UNENDED = text("state IN ('planned', 'waiting', 'called', 'serving', 'held')")


class NumberSeries(Base):
    """The last number given out in one series; a row is born with the first number of its day.

    `later_steps`: how many visits of that day come to this line as a later step, where its service
    has a daily quota: together with `last` they are what the quota counts.
    """

    __tablename__ = "number_series"

    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    prefix: Mapped[str] = mapped_column(String(4), primary_key=True)
    band: Mapped[str] = mapped_column(String(20), primary_key=True, default="")
    last: Mapped[int]
    later_steps: Mapped[int] = mapped_column(default=0)


class Ticket(Base):
    """A citizen's turn for one visit. `token` opens its public page and names nobody."""

    __tablename__ = "tickets"
    __table_args__ = (
        UniqueConstraint("site_id", "day", "number"),
        UniqueConstraint("token"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    day: Mapped[date]
    number: Mapped[str] = mapped_column(String(16))
    token: Mapped[str] = mapped_column(String(32))
    priority_class_id: Mapped[int | None] = mapped_column(ForeignKey("priority_classes.id"))
    language: Mapped[str] = mapped_column(String(8), default="vi")
    issued_at: Mapped[datetime]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("access_tokens.id"))


class Step(Base):
    """One service within a ticket's visit. Exactly one step of a ticket is `current`.

    `rank_at` and `waiting_since` are microseconds since 1970 UTC: the first decides the order, the
    second when the longest wait is reached.
    """

    __tablename__ = "steps"
    __table_args__ = (
        Index("ix_steps_line", "site_id", "service_id", "rank_at", "id",
              sqlite_where=WAITING, postgresql_where=WAITING),
        Index("ix_steps_longest", "site_id", "service_id", "waiting_since", "id",
              sqlite_where=WAITING, postgresql_where=WAITING),
        # A counter holds one ticket: the database itself refuses a second.
        Index("uq_steps_at_counter", "counter_id", unique=True,
              sqlite_where=AT_COUNTER, postgresql_where=AT_COUNTER),
        Index("uq_steps_current", "ticket_id", unique=True,
              sqlite_where=CURRENT, postgresql_where=CURRENT),
        Index("ix_steps_open", "site_id", "state", "state_since",
              sqlite_where=text("state IN ('held', 'no_show')"),
              postgresql_where=text("state IN ('held', 'no_show')")),
        Index("ix_steps_unended", "site_id", "day",
              sqlite_where=UNENDED, postgresql_where=UNENDED),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    day: Mapped[date]
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    procedure_id: Mapped[int | None] = mapped_column(ForeignKey("procedures.id"))
    position: Mapped[int] = mapped_column(default=1)
    current: Mapped[bool] = mapped_column(default=True)
    state: Mapped[str] = mapped_column(String(10))
    state_since: Mapped[datetime]
    rank_at: Mapped[int]
    waiting_since: Mapped[int]
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counters.id"))
    only_counter_id: Mapped[int | None] = mapped_column(ForeignKey("counters.id"))
    reason: Mapped[str | None] = mapped_column(String(300))
    called_at: Mapped[datetime | None]
    calls: Mapped[int] = mapped_column(default=0)


IS_WAITING = in_state(Step, "waiting")
IS_AT_COUNTER = in_state(Step, "called", "serving")
IS_UNENDED = in_state(Step, "planned", "waiting", "called", "serving", "held")


class Period(Base):
    """How long a step was in one state, who put it there, where and why; never changed but ended.

    `service_id` is the line it stood in then: a transfer moves the step, not its past.
    """

    __tablename__ = "periods"
    __table_args__ = (
        Index("ix_periods_open", "step_id", unique=True,
              sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL")),
        Index("ix_periods_served", "site_id", "ended_at",
              sqlite_where=text("state = 'serving'"), postgresql_where=text("state = 'serving'")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    step_id: Mapped[int] = mapped_column(ForeignKey("steps.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    state: Mapped[str] = mapped_column(String(10))
    action: Mapped[str] = mapped_column(String(12))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counters.id"))
    token_id: Mapped[int | None] = mapped_column(ForeignKey("access_tokens.id"))
    reason: Mapped[str | None] = mapped_column(String(300))


class Call(Base):
    """One call or recall, as the hall hears it; rows are never changed."""

    __tablename__ = "calls"
    __table_args__ = (
        Index("ix_calls_site_id_id", "site_id", "id"),
        Index("ix_calls_hall_id_id", "hall_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    step_id: Mapped[int] = mapped_column(ForeignKey("steps.id"), index=True)
    counter_id: Mapped[int] = mapped_column(ForeignKey("counters.id"))
    number: Mapped[str] = mapped_column(String(16))
    counter_number: Mapped[str] = mapped_column(String(10))
    called_at: Mapped[datetime]
    recall: Mapped[bool] = mapped_column(default=False)
