"""The bus: facts of a commit to those who react, here at once and in other processes by Redis."""

import logging
from collections import defaultdict
from collections.abc import Callable
from typing import Protocol

from server.domain.facts import Fact

logger = logging.getLogger(__name__)

Reaction = Callable[[Fact], None]


class WakeUps(Protocol):
    """Tells other processes that a site changed."""

    def send(self, site_id: int) -> None: ...


class Bus:
    """Gives each fact to its reactions, in the order in which they were told.

    Reactions run on the hub and must not block. One that fails is logged and stops no other: the
    rows are there, and the sweeps find what it missed.
    """

    def __init__(self) -> None:
        self._reactions: dict[type[Fact], list[Reaction]] = defaultdict(list)
        self._others: WakeUps | None = None

    def connect(self, kind: type[Fact], *reactions: Reaction) -> None:
        """Let these reactions hear of facts of the kind."""
        self._reactions[kind].extend(reactions)

    def wake_others_with(self, others: WakeUps) -> None:
        """Tell other server processes, too."""
        self._others = others

    def publish(self, facts: list[Fact]) -> None:
        """Tell the facts of one committed transaction."""
        for fact in facts:
            for reaction in self._reactions[type(fact)]:
                try:
                    reaction(fact)
                # A reaction that fails must not keep the others from hearing the fact.
                except Exception:
                    logger.exception("a reaction failed", extra={"fact": type(fact).__name__})
        if self._others is not None:
            for site_id in {fact.site_id for fact in facts}:
                self._others.send(site_id)
