"""The kiosk's page."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("kiosk", __name__)


@blueprint.get("/kiosk")
def kiosk() -> str:
    """The shell of the touch screen on which a citizen takes a number."""
    return render_template("shell.html", screen="kiosk", title="Lấy số thứ tự · Đến Lượt")
