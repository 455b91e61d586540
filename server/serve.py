"""Serving: one process on gevent's own HTTP server, until it is told to stop."""

import logging
import signal
import socket

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
    """Answers requests; a connection that became a WebSocket ends with it."""

    def handle_one_response(self) -> None:
        super().handle_one_response()
        if self.environ and self.environ.get("HTTP_UPGRADE", "").lower() == "websocket":
            # What is left on it are frames, not a next request.
            self.close_connection = True


def serve(settings: Settings, listener: socket.socket) -> None:
    """Serve until SIGTERM or Ctrl-C; answers what has begun, then closes the database."""
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
