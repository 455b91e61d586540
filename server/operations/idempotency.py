"""Doing a thing once, however often it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from server.domain.refusals import KeyReused
from server.storage.session import Work
from server.storage.tables import IdempotencyKey

R = TypeVar("R")

# A business day and a night: a kiosk that was cut off in the evening asks again in the morning.
KEPT = timedelta(hours=48)

_CLAIM = {
    dialect.__name__.rsplit(".", 1)[-1]: (
        # The row itself is the answer: not every driver counts the rows of an INSERT.
        dialect.insert(IdempotencyKey).on_conflict_do_nothing().returning(IdempotencyKey.key)
    )
    for dialect in (sqlite, postgresql)
}


@dataclass(frozen=True)
class Key:
    """An Idempotency-Key: who asks (`scope`), for what (`path`), and with which body."""

    scope: str
    path: str
    key: str
    body_hash: str


class AlreadyDone(Exception):
    """The key was used before with the same body; `subject` is the id of what it made."""

    def __init__(self, subject: str | None) -> None:
        super().__init__(subject)
        self.subject = subject


def once(
    work: Work, key: Key, use_case: Callable[[Work], R], subject_of: Callable[[R], str | None]
) -> R:
    """Run the use case unless the key was used; the key and its effect are one transaction.

    Raises `AlreadyDone` when it was, and `KeyReused` when it was used with another body.
    """
    claim = work.execute(
        _CLAIM[work.connection.dialect.name],
        {
            "scope": key.scope,
            "path": key.path,
            "key": key.key,
            "body_hash": key.body_hash,
            "used_at": work.now,
        },
    )
    where = (
        IdempotencyKey.scope == key.scope,
        IdempotencyKey.path == key.path,
        IdempotencyKey.key == key.key,
    )
    if claim.one_or_none() is None:
        used = work.execute(
            select(IdempotencyKey.body_hash, IdempotencyKey.subject).where(*where)
        ).one()
        if used.body_hash != key.body_hash:
            raise KeyReused()
        raise AlreadyDone(used.subject)
    answer = use_case(work)
    subject = subject_of(answer)
    if subject is not None:
        work.execute(update(IdempotencyKey).where(*where).values(subject=subject))
    return answer


def forget_old_keys(work: Work) -> int:
    """Drop keys that nobody can still be waiting for; answers with how many."""
    return work.execute(
        delete(IdempotencyKey).where(IdempotencyKey.used_at < work.now - KEPT)
    ).rowcount
