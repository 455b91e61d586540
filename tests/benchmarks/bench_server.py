"""The real server with two doors more, which only benchmarks open: a no-op and a bare emit.

Started as `python -m gevent.monkey bench_server.py`, which patches as `denluot serve` does.
"""

import argparse
import json
import signal
from pathlib import Path

import gevent
import gevent.event
from gevent import pywsgi
from pydantic import Field

from server import logs, serve
from server.app import Server, create_server
from server.domain.roles import EVERY_ROLE
from server.served_lock import ServedLock
from server.settings import read_settings
from server.storage import schema
from server.web.bodies import Body, Nothing
from server.web.routes import Answer, Call, Routes


class Emit(Body):
    """A bare emit: `size` bytes of text as `event` to everybody in the room."""

    event: str
    room: str
    size: int = Field(ge=0, le=1_000_000)


def doors(server: Server) -> Routes:
    """The two doors, behind the guard of all others."""
    routes = Routes("benchmarks")

    @routes.post("/benchmarks/no-op", who=EVERY_ROLE, answers={200: None})
    def no_op(call: Call, body: Nothing) -> Answer:
        return {"caller": str(call.who.token_id)}

    @routes.post("/benchmarks/emit", who=EVERY_ROLE, body=Emit, answers={200: None})
    def emit(call: Call, body: Emit) -> Answer:
        server.socketio.emit(body.event, {"filler": "x" * body.size}, to=body.room)
        return {"bytes": len(json.dumps({"filler": "x" * body.size}))}

    return routes


def main() -> None:
    """Serve the data folder until SIGTERM."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    chosen = parser.parse_args()
    settings = read_settings(data=chosen.data, port=chosen.port)
    logs.start_logging()
    with ServedLock(settings.data):
        schema.upgrade(settings.database_url)
        listener = serve.listen("127.0.0.1", chosen.port)
        server = create_server(settings)
        doors(server).register(server.app, server.parts)
        web = pywsgi.WSGIServer(listener, server.app, log=None, handler_class=serve.Handler)
        stopping = gevent.event.Event()
        gevent.signal_handler(signal.SIGTERM, stopping.set)
        server.start_chores()
        web.start()
        stopping.wait()
        web.stop(timeout=1)
        server.stop()


if __name__ == "__main__":
    main()
