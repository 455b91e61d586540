"""A fresh bundle for every test of the screens."""

from __future__ import annotations

import pytest

from server.screens import bundle


@pytest.fixture(scope="session")
def fresh_bundle() -> None:
    """The browser bundle in the tree is as new as its sources."""
    bundle.build_if_stale()
