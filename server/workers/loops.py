"""Chores by the clock: each in its own greenlet, and none that fails stops."""

import logging
from collections.abc import Callable

import gevent

logger = logging.getLogger(__name__)


class Loops:
    """Greenlets that do their chores again and again until the server stops."""

    def __init__(self) -> None:
        self._running: list[gevent.Greenlet[..., None]] = []

    def every(self, seconds: float, chore: Callable[[], None]) -> None:
        """Do the chore now and then every so many seconds."""
        self._running.append(gevent.spawn(self._repeat, seconds, chore))

    def stop(self) -> None:
        """End all chores, each at its next wait."""
        gevent.killall(self._running)
        self._running.clear()

    def _repeat(self, seconds: float, chore: Callable[[], None]) -> None:
        while True:
            try:
                chore()
            # A chore that fails is done again at its next turn; the others go on.
            except Exception:
                logger.exception("a chore failed", extra={"chore": chore.__qualname__})
            gevent.sleep(seconds)
