"""The wheel that a real centre installs carries all that the server reads."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from server.screens import bundle

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns(
    ".*", "node_modules", "build", "dist", "data", "tests", "*.egg-info", "__pycache__"
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the wheel puts into a Python, built from a copy of the source tree."""
    bundle.build_if_stale()
    copy = tmp_path_factory.mktemp("source") / "tree"
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
    shutil.copytree(bundle.DIST, copy / "server/screens/dist")
    shutil.copy(ROOT / ".npmrc", copy)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation"]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    place = tmp_path_factory.mktemp("installed")
    (wheel,) = (copy / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    return place


@pytest.mark.slow
def test_a_centre_is_made_from_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "server.cli", "demo", "--data", str(tmp_path / "data")],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "data/denluot.db").is_file()


@pytest.mark.slow
def test_what_the_server_reads_travels_in_the_wheel(installed: Path) -> None:
    folders = ("server", "kiosk", "display", "counter_client", "printers")
    wanted = {
        path.relative_to(ROOT)
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".html", ".yaml", ".wav", ".typed", ".js", ".woff2"}
        and not {"node_modules", "packaging"}.intersection(path.parts)
    }
    assert sorted(str(path) for path in wanted if not (installed / path).is_file()) == []
