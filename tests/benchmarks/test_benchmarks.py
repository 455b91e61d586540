"""That the benchmarks run: a few requests, and nothing is timed here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

RUN = Path(__file__).with_name("run.py")


def test_the_benchmarks_run_and_print_their_tables() -> None:
    few = ("--rounds", "1", "--number", "4", "--clients", "2", "--watching", "2")
    done = subprocess.run(
        [sys.executable, str(RUN), "throughput", "pushes", *few],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "| 2 | call-next |" in done.stdout
    assert "last against last" in done.stdout
