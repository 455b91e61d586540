"""Every screen's page, and the files it loads."""

from __future__ import annotations

import gzip
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from counter_client import pages as counter_pages
from display import pages as display_pages
from kiosk import pages as kiosk_pages
from server.screens import bundle, pages

SCREENS = {
    "/kiosk": "kiosk",
    "/display": "display",
    "/counter": "counter",
    "/guide": "guide",
    "/t/Zx81": "ticket",
}


@pytest.fixture
def browser(fresh_bundle: None) -> FlaskClient:
    app = Flask("hall")
    for blueprint in (
        pages.blueprint,
        kiosk_pages.blueprint,
        display_pages.blueprint,
        counter_pages.blueprint,
    ):
        app.register_blueprint(blueprint)
    return app.test_client()


@pytest.mark.parametrize(("path", "name"), SCREENS.items())
def test_every_screen_has_a_vietnamese_page_with_its_script_and_style(
    browser: FlaskClient, path: str, name: str
) -> None:
    page = browser.get(path)
    assert page.status_code == 200
    assert '<html lang="vi">' in page.text
    assert re.search(r"<title>[^<]+ · Đến Lượt</title>", page.text)
    assert "<noscript>" in page.text
    for address in re.findall(r'(?:src|href)="(/[^"]+)"', page.text):
        assert browser.get(address, buffered=True).status_code == 200
    assert bundle.screen(name).js in page.text


@pytest.mark.parametrize("path", SCREENS)
def test_a_page_runs_nothing_inline_and_tells_no_other_site_its_address(
    browser: FlaskClient, path: str
) -> None:
    page = browser.get(path)
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|<style", page.text)
    assert "'unsafe" not in page.headers["Content-Security-Policy"]
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-cache"


def test_a_file_named_by_its_content_is_kept_for_a_year(browser: FlaskClient) -> None:
    files = bundle.screen("kiosk")
    for name in (files.js, files.css, *files.fonts):
        answer = browser.get(f"/assets/{name}", buffered=True)
        assert answer.cache_control.immutable
        assert answer.cache_control.max_age == pages.A_YEAR
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_browser_that_unpacks_gets_the_same_script_smaller(browser: FlaskClient) -> None:
    address = f"/assets/{bundle.screen('kiosk').js}"
    plain = browser.get(address, buffered=True)
    packed = browser.get(address, headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.mimetype == plain.mimetype == "text/javascript"
    assert gzip.decompress(packed.data) == plain.data
    assert "Accept-Encoding" in plain.headers["Vary"]


@pytest.mark.parametrize("name", ["stamp", "manifest.json", "../bundle.py", "nothing.js"])
def test_nothing_but_the_screens_files_is_served(browser: FlaskClient, name: str) -> None:
    assert browser.get(f"/assets/{name}", buffered=True).status_code == 404


@pytest.mark.parametrize("name", ["guide", "ticket"])
def test_a_phone_on_a_slow_line_loads_less_than_150_kb(fresh_bundle: None, name: str) -> None:
    files = bundle.screen(name)
    assert files.css is not None
    css = (bundle.DIST / files.css).read_text(encoding="utf-8")
    # With Vietnamese text a browser fetches the latin and vietnamese files of the weights in use.
    faces = set(re.findall(r"ibm-plex-sans-(?:latin|vietnamese)-\d+-normal-\w+\.woff2", css))
    packed = [bundle.DIST / f"{file}.gz" for file in (files.js, files.css)]
    total = sum(p.stat().st_size for p in [*packed, *(bundle.DIST / face for face in faces)])
    assert total < 150_000
