"""Chores by the clock: each in its own greenlet, and none that fails stops."""

import logging
from collections.abc import Callable

import gevent

from server.domain.refusals import StorageUnavailable

logger = logging.getLogger(__name__)


class Loops:
    """Greenlets that do their chores again and again until the server stops."""

    def __init__(self) -> None:
        self._running: list[gevent.Greenlet[..., None]] = []

    def every(self, seconds: float, chore: Callable[[], None]) -> None:
        """Do the chore now and then every so many seconds."""
        self._running.append(gevent.spawn(self._repeat, seconds, chore))

    def until_done(self, seconds: float, chore: Callable[[], None]) -> None:
        """Do the chore now, and where it fails again after so many seconds, until it succeeds."""
        self._running.append(gevent.spawn(self._repeat, seconds, chore, once=True))

    def stop(self) -> None:
        """End all chores, each at its next wait."""
        gevent.killall(self._running)
        self._running.clear()

    def _repeat(self, seconds: float, chore: Callable[[], None], *, once: bool = False) -> None:
        turn = _Turn(chore)
        while not (turn.succeeds() and once):
            gevent.sleep(seconds)


class _Turn:
    """A chore's turns; it remembers whether the database was away at the last."""

    def __init__(self, chore: Callable[[], None]) -> None:
        self._chore = chore
        self._named = {"chore": chore.__qualname__}
        self._waits = False

    def succeeds(self) -> bool:
        """Do the chore; one that fails is done again at its next turn, and the others go on."""
        try:
            self._chore()
        except StorageUnavailable as refusal:
            # All chores meet the same outage every few seconds: one line each is enough.
            if not self._waits:
                why = {"why": refusal.facts.get("reason")}
                logger.warning("a chore waits for the database", extra=self._named | why)
            self._waits = True
            return False
        except Exception:
            logger.exception("a chore failed", extra=self._named)
            return False
        if self._waits:
            logger.info("a chore goes on", extra=self._named)
        self._waits = False
        return True
