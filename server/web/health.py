"""Whether the server lives, and the description of all its doors."""

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from server.domain.refusals import StorageUnavailable
from server.storage.tables import Instance
from server.web.openapi import document
from server.web.problems import problem
from server.web.routes import Parts, Routes
from server.wire import API


def server_version() -> str:
    """The version of the installed distribution."""
    try:
        return version("denluot")
    except PackageNotFoundError:
        return "0"


def register_health(app: Flask, parts: Parts, features: Sequence[Routes]) -> None:
    """Hang the two doors that need no caller."""
    described: dict[str, Any] = {}

    @app.get("/healthz")
    def healthz() -> ResponseReturnValue:
        try:
            parts.database.expect_writer()
            with parts.database.read() as connection:
                connection.execute(select(Instance.epoch)).one()
        except StorageUnavailable as error:
            return problem(503, error.code, error.facts)
        return jsonify(status="ok", version=server_version())

    @app.get(f"{API}/openapi.json")
    def openapi() -> ResponseReturnValue:
        if not described:
            described.update(document(features, server_version()))
        return jsonify(described)
