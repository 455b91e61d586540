"""A server in this process, with the small hall in it, asked through Flask's test client."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from server.app import Server, create_server
from server.domain.roles import Role
from server.operations import access
from server.settings import Settings
from server.wire import API

PUBLIC_URL = "http://hall.example"


@dataclass
class Doors:
    """The HTTP doors of the small hall, and a token of each of its people.

    `secret` names who asks, None a stranger.
    """

    server: Server
    hall: Any
    ana: str
    dan: str
    bo: str
    cy: str

    def get(self, path: str, secret: str | None = None, **more: Any) -> TestResponse:
        return self._ask("GET", path, secret, **more)

    def post(
        self, path: str, body: Any = None, secret: str | None = None, **more: Any
    ) -> TestResponse:
        if body is not None:
            more["json"] = body
        return self._ask("POST", path, secret, **more)

    def _ask(self, method: str, path: str, secret: str | None, **more: Any) -> TestResponse:
        headers = dict(more.pop("headers", {}))
        if secret is not None:
            headers["Authorization"] = f"Bearer {secret}"
        client = self.server.app.test_client(use_cookies=False)
        answer: TestResponse = client.open(API + path, method=method, headers=headers, **more)
        return answer

    def token(self, role: str) -> str:
        """A fresh token of that role at the hall's site."""
        new = self.hall.database.write(access.create_token, site=self.hall.site, role=Role(role))
        return str(new.secret)

    def counter(self, number: str, verb: str) -> str:
        """The path of a verb at a counter."""
        return f"/counters/{self.hall.counters[number]}/{verb}"


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path) -> Settings:
    """Settings of a server on a fresh SQLite database."""
    return Settings(
        data=tmp_path,
        database_url=sqlite_url,
        redis_url=None,
        secret_key="a secret of the tests",
        public_url=PUBLIC_URL,
        public_url_is_guessed=False,
        trusted_proxies=0,
    )


@pytest.fixture
def doors(settings: Settings, clock: Any, set_up_hall: Callable[[Any], Any]) -> Iterator[Doors]:
    """The doors of the small hall."""
    server = create_server(settings, clock=clock)
    hall = set_up_hall(server.database)
    tokens = {
        login: server.database.write(
            access.create_token, site=hall.site, role=role, officer=login
        ).secret
        for login, role in {
            "ana": Role.OFFICER,
            "dan": Role.OFFICER,
            "bo": Role.MANAGER,
            "cy": Role.VOLUNTEER,
        }.items()
    }
    yield Doors(server, hall, **tokens)
    server.stop()
