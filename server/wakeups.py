"""Wake-ups between server processes over Redis: only hints, so that a lost one costs a second."""

import logging
import secrets
from collections.abc import Callable

import gevent
import redis

CHANNEL = "denluot:sites"
SENDER_BYTES = 6

logger = logging.getLogger(__name__)


class RedisWakeUps:
    """Tells the other processes which site changed, and hears of theirs.

    An outage is logged when it begins and when it ends; meanwhile the sweep of each process finds
    the changes in the database.
    """

    def __init__(self, url: str, wake: Callable[[int], None]) -> None:
        self._redis = redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)
        self._listening = redis.Redis.from_url(url, socket_connect_timeout=2)
        self._wake = wake
        self._me = secrets.token_hex(SENDER_BYTES)
        self._waiting: set[int] = set()
        self._away = False

    def send(self, site_id: int) -> None:
        """Remember to tell the others; never blocks and never fails."""
        if not self._waiting:
            gevent.spawn(self._tell)
        self._waiting.add(site_id)

    def listen(self) -> None:
        """Hear wake-ups until the connection is lost; called again after a second."""
        try:
            with self._listening.pubsub(  # type: ignore[no-untyped-call]  # the library's gap
                ignore_subscribe_messages=True
            ) as channel:
                channel.subscribe(CHANNEL)
                self._back()
                for message in channel.listen():
                    sender, _, site = message["data"].decode().partition(":")
                    if sender != self._me and site.isdigit():
                        self._wake(int(site))
        except redis.RedisError as error:
            self._lost(error)

    def _tell(self) -> None:
        sites, self._waiting = self._waiting, set()
        try:
            for site_id in sites:
                self._redis.publish(CHANNEL, f"{self._me}:{site_id}")
        except redis.RedisError as error:
            self._lost(error)

    def _lost(self, error: redis.RedisError) -> None:
        if not self._away:
            logger.warning("redis is away; the sweep goes on", extra={"why": str(error)})
        self._away = True

    def _back(self) -> None:
        if self._away:
            logger.info("redis is back")
        self._away = False
