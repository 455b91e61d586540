"""Idempotency keys: what a repeated request had already done."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from server.storage.base import Base


class IdempotencyKey(Base):
    """`scope`: whose key it is (a token, or the public); `subject`: the id of what the first
    request made or changed, None where there was nothing to change.
    """

    __tablename__ = "idempotency_keys"
    __table_args__ = (Index("ix_idempotency_keys_used_at", "used_at"),)

    scope: Mapped[str] = mapped_column(String(24), primary_key=True)
    path: Mapped[str] = mapped_column(String(200), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    body_hash: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str | None] = mapped_column(String(60))
    used_at: Mapped[datetime]
