"""Refusals: what the hall does not allow, each with a stable code and the facts of the case."""

from typing import Any, ClassVar


class Refused(Exception):
    """Base of every refusal. `code` is stable, `facts` are plain JSON, the words are the screen's.

    `kind` says what sort of refusal it is; the web layer turns it into an HTTP status.
    """

    code: ClassVar[str] = "refused"
    kind: ClassVar[str] = "conflict"

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code, facts)
        self.facts = facts

    @property
    def full_code(self) -> str:
        """The code as outsiders see it."""
        return self.code


class Unknown(Refused):
    """No such thing here, or it belongs to another site; `thing` completes the code."""

    code = "unknown"
    kind = "unknown"

    def __init__(self, thing: str, **facts: Any) -> None:
        super().__init__(**facts)
        self.thing = thing

    @property
    def full_code(self) -> str:
        return f"{self.code}_{self.thing}"


class Forbidden(Refused):
    code = "forbidden"
    kind = "forbidden"


class Unauthorized(Refused):
    code = "unauthorized"
    kind = "unauthorized"


class BadLogin(Refused):
    code = "bad_login"
    kind = "unauthorized"


class TooManyAttempts(Refused):
    """`retry_after`: seconds until the next try may succeed."""

    code = "too_many_attempts"
    kind = "too_many"


class Invalid(Refused):
    """JSON of the wrong shape or values that do not go together."""

    code = "invalid"
    kind = "invalid"


class KeyReused(Refused):
    """The same Idempotency-Key came with another body."""

    code = "key_reused"
    kind = "invalid"


class StorageUnavailable(Refused):
    """The database did not take the transaction; nothing was changed."""

    code = "storage_unavailable"
    kind = "unavailable"


class WrongState(Refused):
    code = "wrong_state"


class WrongTicket(Refused):
    """The screen speaks of another ticket than the one at the counter."""

    code = "wrong_ticket"


class ServiceClosed(Refused):
    code = "service_closed"


class OutsideHours(Refused):
    """`opens_at`: when numbers are given out again (RFC 3339), or None; `reason`: why not now.

    `occasion`: the name of today's closed or special day, or None.
    """

    code = "outside_hours"


class QuotaReached(Refused):
    """The service has given out the numbers of its day; `quota`: how many they are."""

    code = "quota_reached"


class AlreadyHolding(Refused):
    code = "already_holding"


class PriorityNotAllowed(Refused):
    code = "priority_not_allowed"


class CounterTaken(Refused):
    """Another officer holds the counter."""

    code = "counter_taken"


class CounterClosed(Refused):
    code = "counter_closed"


class CounterBusy(Refused):
    """A ticket is called or being served there; `ticket` is that ticket."""

    code = "counter_busy"


class ServiceNotHere(Refused):
    """The counter does not serve the service."""

    code = "service_not_here"


class PairingExpired(Refused):
    code = "pairing_expired"


class LoginTaken(Refused):
    """Somebody of another site has this login already."""

    code = "login_taken"


class NotConfirmable(Refused):
    """The pairing was confirmed already."""

    code = "pairing_used"
