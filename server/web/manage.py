"""The manager's pages, made by the server: log in, see the centre, pair screens, see printers."""

from flask import Flask

from server.web.routes import Parts


def register_pages(app: Flask, parts: Parts) -> None:
    """Hang the manager's pages."""
