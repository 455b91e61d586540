"""Procedures and the papers that each of them asks for."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.storage.base import Base


class Procedure(Base):
    """What a citizen wants done. `frequent`: its place among what the kiosk shows first."""

    __tablename__ = "procedures"
    __table_args__ = (UniqueConstraint("site_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    field_id: Mapped[int] = mapped_column(ForeignKey("fields.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"), index=True)
    code: Mapped[str] = mapped_column(String(60))
    portal_id: Mapped[str] = mapped_column(String(80), default="")
    name: Mapped[str] = mapped_column(String(1200))
    short_name: Mapped[str] = mapped_column(String(200), default="")
    name_en: Mapped[str] = mapped_column(String(200), default="")
    frequent: Mapped[int | None]
    fee: Mapped[str] = mapped_column(String(500), default="")
    time: Mapped[str] = mapped_column(String(500), default="")
    removed: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)

    documents: Mapped[list["ProcedureDocument"]] = relationship(
        order_by="ProcedureDocument.position", cascade="all, delete-orphan"
    )

    @property
    def plain_name(self) -> str:
        """The name that people use: the short one where there is one."""
        return self.short_name or self.name


class ProcedureDocument(Base):
    __tablename__ = "procedure_documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedures.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(1000))
    originals: Mapped[int] = mapped_column(default=0)
    copies: Mapped[int] = mapped_column(default=0)
    condition: Mapped[str | None] = mapped_column(String(500))
