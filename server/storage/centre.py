"""The set-up of a centre: site, halls, agencies, fields, services, priority classes, counters."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.storage.base import Base

Week = dict[str, list[str]]
"""Periods such as `07:30-11:30` by weekday (`mon` … `sun`), as the centre file writes them."""


class Instance(Base):
    """One row: the database itself. `epoch` is new whenever it is created or restored."""

    __tablename__ = "instance"

    id: Mapped[int] = mapped_column(primary_key=True)
    epoch: Mapped[str] = mapped_column(String(32))


class Site(Base):
    """One centre. The hours are those of the centre file; `closed_days` always say from and to."""

    __tablename__ = "sites"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    timezone: Mapped[str] = mapped_column(String(60))
    languages: Mapped[list[str]]
    board_public: Mapped[bool] = mapped_column(default=False)
    catalogue_public: Mapped[bool] = mapped_column(default=False)
    portal_url_template: Mapped[str] = mapped_column(String(400), default="")
    slip_footer: Mapped[list[str]]
    max_wait_minutes: Mapped[int] = mapped_column(default=90)
    hours: Mapped[Week | None] = mapped_column(JSON(none_as_null=True))
    closed_days: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    special_days: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    last_ticket_minutes: Mapped[int] = mapped_column(default=0)


class SiteRevision(Base):
    """The revision of a site's pictures; its row is locked first, so a site's changes are in order.

    Kept apart from `sites` so that a bump rewrites a few bytes.
    """

    __tablename__ = "site_revisions"

    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(default=0)


class Hall(Base):
    __tablename__ = "halls"
    __table_args__ = (UniqueConstraint("site_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    position: Mapped[int] = mapped_column(default=0)


class Agency(Base):
    __tablename__ = "agencies"
    __table_args__ = (UniqueConstraint("site_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    position: Mapped[int] = mapped_column(default=0)


class Field(Base):
    """A group of services; its `hours` replace the week of the site."""

    __tablename__ = "fields"
    __table_args__ = (UniqueConstraint("site_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    position: Mapped[int] = mapped_column(default=0)
    hours: Mapped[Week | None] = mapped_column(JSON(none_as_null=True))


class Service(Base):
    """A line that a citizen may join. `removed` keeps the history of one that the file dropped.

    `frequent`: its place among what the kiosk shows first, or None. `hours` replace the week of
    its field and of the site. `daily_quota`: how many numbers it gives out in a day, or None.
    """

    __tablename__ = "services"
    __table_args__ = (UniqueConstraint("site_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    field_id: Mapped[int] = mapped_column(ForeignKey("fields.id"))
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    prefix: Mapped[str] = mapped_column(String(4))
    frequent: Mapped[int | None]
    open: Mapped[bool] = mapped_column(default=True)
    removed: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    hours: Mapped[Week | None] = mapped_column(JSON(none_as_null=True))
    daily_quota: Mapped[int | None]

    field: Mapped[Field] = relationship()


class PriorityClass(Base):
    """Who gets a head start, by which proof, and whether a kiosk may grant it."""

    __tablename__ = "priority_classes"
    __table_args__ = (UniqueConstraint("site_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    proof: Mapped[str] = mapped_column(String(300), default="")
    proof_en: Mapped[str] = mapped_column(String(300), default="")
    head_start_minutes: Mapped[int]
    kiosk: Mapped[bool] = mapped_column(default=False)
    removed: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)


class Counter(Base):
    """A numbered place of service; `officer_id` is who holds it while it is not closed.

    One officer may hold several: in a small commune one person serves two desks.
    """

    __tablename__ = "counters"
    __table_args__ = (UniqueConstraint("site_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    number: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[str] = mapped_column(String(10), default="closed")
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    state_since: Mapped[datetime | None]
    removed: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)

    hall: Mapped[Hall] = relationship()
    agency: Mapped[Agency | None] = relationship()


class CounterService(Base):
    """What a counter serves; a lower tier is called before a higher one."""

    __tablename__ = "counter_services"

    counter_id: Mapped[int] = mapped_column(ForeignKey("counters.id"), primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"), primary_key=True, index=True)
    tier: Mapped[int] = mapped_column(default=1)
