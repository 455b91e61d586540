"""Names that travel: socket events, headers and paths; screens and devices import this alone."""

from urllib.parse import urlsplit

API = "/api/v1"

WATCH = "watch"
UNWATCH = "unwatch"
BOARD = "board"
COUNTER = "counter"
TICKET = "ticket"

SESSION_COOKIE = "denluot_session"
CSRF_HEADER = "X-CSRF-Token"
IDEMPOTENCY_HEADER = "Idempotency-Key"
ANNOUNCEMENT_HEADER = "X-Announcement"


def own_origin(origin: str | None, host: str, public_url: str) -> bool:
    """True when a page of this server asks (by its Origin header), or no page at all."""
    return origin is None or urlsplit(origin).netloc in (host, urlsplit(public_url).netloc)
