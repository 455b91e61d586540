"""Serving: one process on gevent's own HTTP server, until it is told to stop."""

import logging
import resource
import signal
import socket
from contextlib import suppress
from typing import Any

import gevent
from gevent import pywsgi
from gevent.server import StreamServer

from server import app as composition
from server.settings import Settings

BACKLOG = 1024
STOP_SECONDS = 5

logger = logging.getLogger(__name__)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket whose connections answer at once.

    Without TCP_NODELAY a kept-alive request waits some 40 ms for the other side's delayed
    acknowledgement; accepted sockets inherit it. Raises OSError when the port is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = StreamServer.get_listener((host, port), backlog=BACKLOG, family=family)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    plain: socket.socket = listener
    return plain


class Handler(pywsgi.WSGIHandler):
    """Answers requests; a connection that became a WebSocket ends with it.

    Who connects and sends no whole request is let go, and so is who is silent in the middle of a
    body or takes no answer: a connection costs memory and a file descriptor.
    """

    first_seconds = 20.0
    """The line and the headers of the first request must be here by then."""
    idle_seconds = 75.0
    """Those of a further one, after the answer; and the longest silence in between."""

    def handle(self) -> None:
        self.patience = self.first_seconds
        self.socket.settimeout(self.idle_seconds)
        super().handle()

    def handle_one_request(self) -> Any:
        self.deadline = gevent.Timeout.start_new(self.patience, TimeoutError("no whole request"))
        self.patience = self.idle_seconds
        try:
            return super().handle_one_request()
        finally:
            self.deadline.close()

    def handle_one_response(self) -> None:
        self.deadline.close()
        environ: dict[str, Any] = self.environ or {}
        becomes_websocket = environ.get("HTTP_UPGRADE", "").lower() == "websocket"
        if becomes_websocket:
            self.socket.settimeout(None)  # its pings watch over it
        super().handle_one_response()
        if becomes_websocket:
            # What is left on it are frames, not a next request.
            self.close_connection = True

    def log_error(self, msg: str, *args: object) -> None:
        """Broken requests are of the Internet's weather, not errors of the server."""
        logger.info("broken request: %s", msg % args if args else msg)

    def _handle_client_error(self, ex: Exception) -> Any:
        if isinstance(ex, OSError):
            return None  # gone, or too slow: there is nobody to answer
        return super()._handle_client_error(ex)  # type: ignore[misc]  # the stubs leave it out


def allow_many_connections() -> None:
    """Use as many file descriptors as the system lets this process have: one per connection."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):  # some systems name a limit that they do not grant
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def serve(settings: Settings, listener: socket.socket) -> None:
    """Serve until SIGTERM or Ctrl-C; answers what has begun, then closes the database."""
    allow_many_connections()
    server = composition.create_server(settings)
    web = pywsgi.WSGIServer(listener, server.app, log=None, error_log=logger, handler_class=Handler)
    stopping = gevent.event.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(name, stopping.set)
    server.start_chores()
    web.start()
    logger.info("serving", extra={"address": listener.getsockname()[:2]})
    stopping.wait()
    logger.info("stopping")
    web.stop(timeout=STOP_SECONDS)
    server.stop()
