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


_PORTS = {"http": 80, "https": 443}


def own_origin(origin: str | None, own_url: str, public_url: str) -> bool:
    """True when a page of this server asks (by its Origin header), or no page at all.

    `own_url`: the address at which the request came. Scheme, host and port must be the same.
    """
    if origin is None:
        return True
    asked = _origin(origin)
    return asked is not None and asked in (_origin(own_url), _origin(public_url))


def _origin(url: str) -> tuple[str, str, int] | None:
    """Scheme, host and port of an address; None where it has none."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
    if parts.hostname is None or port is None:
        return None
    return parts.scheme, parts.hostname, port
