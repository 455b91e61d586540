"""The hall display's page."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("display", __name__)


@blueprint.get("/display")
def display() -> str:
    """The shell of the board that shows and speaks the calls."""
    return render_template("shell.html", screen="display", title="Bảng gọi số · Đến Lượt")
