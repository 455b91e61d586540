"""Serves the browser bundle, the shell of every screen, the guide's page and a ticket's page."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request, send_from_directory
from werkzeug.exceptions import NotFound

from server.screens import bundle

blueprint = Blueprint("screens", __name__, template_folder="templates")
blueprint.add_app_template_global(bundle.screen, "screen_files")

# No inline script or style; sockets named, because older browsers leave ws: out of 'self';
# blob: for the voice, data: for pictures the styles carry.
CONTENT_POLICY = (
    "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data: blob:; "
    "media-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
A_YEAR = 365 * 24 * 3600


@blueprint.get("/assets/<path:name>")
def asset(name: str) -> Response:
    """One file of the bundle, kept by browsers for a year: its name holds its content's hash."""
    if name in {"stamp", "manifest.json"}:
        raise NotFound
    packed = f"{name}.gz" if request.accept_encodings["gzip"] > 0 else name
    if packed != name and (bundle.DIST / packed).is_file():
        answer = send_from_directory(bundle.DIST, packed, mimetype=_kind(name), max_age=A_YEAR)
        answer.headers["Content-Encoding"] = "gzip"
    else:
        answer = send_from_directory(bundle.DIST, name, mimetype=_kind(name), max_age=A_YEAR)
    answer.cache_control.public = True
    answer.cache_control.immutable = True
    answer.vary.add("Accept-Encoding")
    return answer


@blueprint.get("/guide")
def guide() -> str:
    """The volunteer's screen: finds a procedure and issues a number for somebody."""
    return render_template("shell.html", screen="guide", title="Hướng dẫn và lấy số · Đến Lượt")


@blueprint.get("/t/<token>")
def ticket(token: str) -> str:
    """A citizen's own ticket; the token stays in the address, the script asks with it."""
    return render_template("shell.html", screen="ticket", title="Phiếu số của ông/bà · Đến Lượt")


@blueprint.after_app_request
def guard_page(answer: Response) -> Response:
    """Every page is asked for anew, loads nothing foreign and tells no other site its address."""
    answer.headers.setdefault("X-Content-Type-Options", "nosniff")
    if answer.mimetype == "text/html":
        answer.headers.setdefault("Cache-Control", "no-cache")
        answer.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        answer.headers.setdefault("Referrer-Policy", "no-referrer")
    return answer


# Named here, because a Windows registry may say otherwise and nosniff would then refuse the file.
_KINDS = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".map": "application/json",
    ".wav": "audio/wav",
    ".mp3": "audio/mpeg",
}


def _kind(name: str) -> str:
    return _KINDS.get(name[name.rfind(".") :], "text/plain")
