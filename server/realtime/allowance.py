"""How much one socket may ask of the hall: some things at once, then so many a second."""

from dataclasses import dataclass, field
from time import monotonic


class Allowance:
    """At most `at_once` events together; what was used grows back by `per_second`."""

    def __init__(self, at_once: int, per_second: float) -> None:
        self._at_once = at_once
        self._per_second = per_second
        self._left = float(at_once)
        self._looked_at = monotonic()

    def take(self) -> bool:
        """Use one of what is left; False when nothing is."""
        now = monotonic()
        grown = (now - self._looked_at) * self._per_second
        self._left = min(self._at_once, self._left + grown)
        self._looked_at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


@dataclass(frozen=True)
class Patience:
    """What one connection may ask, and how often it may be refused before it is let go.

    The first is enough for a screen that comes back and asks for all that it may watch.
    """

    asking: Allowance = field(default_factory=lambda: Allowance(60, per_second=20))
    refused: Allowance = field(default_factory=lambda: Allowance(100, per_second=1))
