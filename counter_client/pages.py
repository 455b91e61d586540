"""The officer's page."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("counter_client", __name__)


@blueprint.get("/counter")
def counter() -> str:
    """The shell of the screen from which an officer calls and serves."""
    return render_template("shell.html", screen="counter", title="Quầy phục vụ · Đến Lượt")
