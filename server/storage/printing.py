"""Printers, the jobs given to them, and the slips that the virtual printer shows."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from server.storage.base import Base


class Printer(Base):
    """`state` is what the printer said last (`printers.status.PrinterState`)."""

    __tablename__ = "printers"
    __table_args__ = (UniqueConstraint("site_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    hall_id: Mapped[int | None] = mapped_column(ForeignKey("halls.id"))
    name: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(400))
    profile: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(20), default="unknown")
    state_since: Mapped[datetime | None]
    removed: Mapped[bool] = mapped_column(default=False)


class PrintJob(Base):
    """A slip to be printed. `copy`: a reprint, marked as such on the paper."""

    __tablename__ = "print_jobs"
    __table_args__ = (
        Index("ix_print_jobs_queue", "printer_id", "id",
              sqlite_where=text("state = 'queued'"), postgresql_where=text("state = 'queued'")),
        Index("ix_print_jobs_sending", "printer_id",
              sqlite_where=text("state = 'sending'"), postgresql_where=text("state = 'sending'")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    printer_id: Mapped[int] = mapped_column(ForeignKey("printers.id"))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    requested_by: Mapped[int | None] = mapped_column(ForeignKey("access_tokens.id"))
    copy: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(12), default="queued")
    reason: Mapped[str | None] = mapped_column(String(40))
    people_ahead: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    claim: Mapped[str | None] = mapped_column(String(32))
    try_after: Mapped[datetime | None]
    queued_at: Mapped[datetime]
    state_since: Mapped[datetime]


class VirtualSlip(Base):
    """The bytes that a virtual printer (`screen:`) was sent; the last hundred are kept."""

    __tablename__ = "virtual_slips"

    id: Mapped[int] = mapped_column(primary_key=True)
    printer_id: Mapped[int] = mapped_column(ForeignKey("printers.id"), index=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("print_jobs.id"))
    printed_at: Mapped[datetime]
    data: Mapped[bytes] = mapped_column(LargeBinary)
