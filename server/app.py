"""The composition root: joins the parts of a server process; says who reacts to which fact."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import gevent
from flask import Flask
from flask_socketio import SocketIO
from gevent.threadpool import ThreadPool
from werkzeug.middleware.proxy_fix import ProxyFix

import counter_client.pages
import display.pages
import kiosk.pages
import server.screens.pages
from server.bus import Bus
from server.domain import facts
from server.realtime.doors import Sockets
from server.realtime.push import Pusher
from server.realtime.whole_frames import use_whole_frames
from server.settings import Settings
from server.storage.connect import open_database, sqlite_file
from server.storage.session import Clock, Database, utc_now
from server.wakeups import RedisWakeUps
from server.web import access, centre, counters, health, manage, tickets
from server.web.limits import count_address
from server.web.problems import register_problems
from server.web.routes import Parts, Routes
from server.workers.announcements import Announcer
from server.workers.housekeeping import Housekeeping
from server.workers.loops import Loops
from server.workers.print_dispatch import PrintDispatch
from server.workers.slip_pictures import slip_picture

LARGEST_BODY = 64 * 1024
SLOW_AT_ONCE = 2
"""Hashing takes 19 MiB each and drawing a whole core: two at once leave the hub its own."""

PING_SECONDS = 7
PONG_SECONDS = 4
"""A screen that hears no ping for both together knows that it is cut off."""

FEATURES: tuple[Routes, ...] = (
    access.routes,
    centre.routes,
    counters.routes,
    tickets.routes,
)


@dataclass
class Server:
    """One server process: its Flask app, its sockets, its database and its chores."""

    app: Flask
    socketio: SocketIO
    sockets: Sockets
    database: Database
    bus: Bus
    parts: Parts
    pusher: Pusher
    printing: PrintDispatch
    loops: Loops
    start_chores: Callable[[], None]

    def stop(self) -> None:
        """End the chores and close the database; what was acknowledged is on the disk."""
        self.loops.stop()
        self.database.close()


def create_server(settings: Settings, *, clock: Clock = utc_now) -> Server:
    """All parts of a server process, joined; nothing runs until it is served."""
    bus = Bus()
    database = open_database(settings.database_url, clock=clock, on_facts=bus.publish, grouped=True)
    slow = _off_the_hub()
    parts = Parts(
        database=database,
        public_url=settings.public_url,
        slow=slow,
        voice=Announcer(settings.data / "voice"),
        slip_picture=slip_picture,
    )
    app = _web(settings, parts)
    socketio = SocketIO(
        app,
        async_mode="gevent",
        transports=["websocket"],
        # Who may come with a cookie is decided at the door, by Origin; tokens come from anywhere.
        cors_allowed_origins="*",
        manage_session=False,
        serve_client=False,
        max_http_buffer_size=16 * 1024,
        ping_interval=PING_SECONDS,
        ping_timeout=PONG_SECONDS,
        # Its own watch wakes up for each socket in turn; ours looks at all of them together.
        monitor_clients=False,
    )
    _believe_proxies(app, settings.trusted_proxies)
    use_whole_frames(socketio)
    pusher = Pusher(database, socketio, settings.public_url)
    count_stranger = partial(count_address, parts.public_limit)
    sockets = Sockets(socketio, database, pusher, settings.public_url, count_stranger)
    printing = PrintDispatch(database, settings.public_url, slow)
    react(bus, pusher, sockets, printing)
    loops = Loops()

    keeping = Housekeeping(database)

    def begin_printing() -> None:
        # Before the first of our own: which jobs were left in the middle could not be told later.
        if sqlite_file(settings.database_url) is not None:
            keeping.after_restart()
        printing.begin()

    def start_chores() -> None:
        loops.until_done(1, begin_printing)
        if settings.redis_url is not None:
            others = RedisWakeUps(settings.redis_url, pusher.wake)
            bus.wake_others_with(others)
            loops.every(1, others.listen)
        loops.every(1, pusher.sweep)
        loops.every(1, sockets.sweep_silent)
        loops.every(5, sockets.sweep_revoked)
        loops.every(2, printing.sweep)
        loops.every(10, printing.look_at_printers)
        loops.every(10, keeping.close_days)
        loops.every(15, keeping.find_lost_jobs)
        loops.every(3600, keeping.forget_old_keys)

    return Server(
        app, socketio, sockets, database, bus, parts, pusher, printing, loops, start_chores
    )


def react(bus: Bus, pusher: Pusher, sockets: Sockets, printing: PrintDispatch) -> None:
    """The table of facts and reactions; a test holds it against all facts there are."""
    for fact in (
        facts.TicketIssued,
        facts.TicketCalled,
        facts.TicketChanged,
        facts.CounterChanged,
        facts.CentreChanged,
    ):
        bus.connect(fact, pusher.on_fact)
    bus.connect(facts.PrintJobQueued, printing.on_fact)
    bus.connect(facts.AccessRevoked, sockets.on_fact)


def _web(settings: Settings, parts: Parts) -> Flask:
    app = Flask("denluot", static_folder=None, template_folder=None)
    app.secret_key = settings.secret_key
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    register_problems(app)
    for feature in FEATURES:
        feature.register(app, parts)
    health.register_health(app, parts, FEATURES)
    manage.register_pages(app, parts)
    for pages in (server.screens.pages, kiosk.pages, display.pages, counter_client.pages):
        app.register_blueprint(pages.blueprint)

    return app


def _believe_proxies(app: Flask, count: int) -> None:
    """Let requests and sockets alike come from where so many proxies say; the last to wrap."""
    if count:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's own way to wrap
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )


def _off_the_hub() -> Callable[[Callable[[], Any]], Any]:
    """Runs long computing in a few native threads, while the hub goes on serving."""
    pool = ThreadPool(SLOW_AT_ONCE, hub=gevent.get_hub())
    return lambda work: pool.spawn(work).get()
