"""What a quiet server costs: memory and processor with screens watching, and its cold start."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass

from hall import ROOT, Hall, Served, data_folder, free_port, wait_until_listening
from load import Clients, post
from watchers import screens

SETTLES_SECONDS = 5


@dataclass(frozen=True)
class Footprint:
    """Memory in MB (10^6 bytes) without and with screens, and the share of a core when idle."""

    watching: int
    rss_before: float
    rss: float
    pss: float
    idle_percent: float


def measure(hall: Hall, server: Served, *, watching: int, seconds: float) -> Footprint:
    """Let so many screens watch a hall where nothing happens."""
    before, _ = server.megabytes()
    with screens(watching, port=server.port, token=hall.desks[0].token, site=hall.site):
        time.sleep(SETTLES_SECONDS)
        cpu, began = server.cpu_seconds(), time.monotonic()
        time.sleep(seconds)
        share = (server.cpu_seconds() - cpu) / (time.monotonic() - began)
        rss, pss = server.megabytes()
    return Footprint(watching, before, rss, pss, 100 * share)


def cold_start() -> float:
    """Seconds from the start of `denluot serve` on the demo centre to the first 201."""
    with data_folder() as data:
        environment = {**os.environ, "DENLUOT_DATA": str(data), "DENLUOT_DATABASE_URL": ""}
        command = [sys.executable, "-m", "server.cli"]
        subprocess.run([*command, "demo"], cwd=ROOT, env=environment, check=True)
        token = json.loads((data / "demo.json").read_text())["kiosk"]
        port = free_port()
        began = time.monotonic()
        process = subprocess.Popen(
            [*command, "serve", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_until_listening(process, port)
            load = Clients(port, 1)
            window = load.send([post("/sites/demo/tickets", token, '{"service":"ho-tich"}')])
            took = time.monotonic() - began
            load.close()
        finally:
            process.terminate()
            process.wait(10)
        if set(window.statuses) != {201}:
            raise RuntimeError(f"the first ticket: answers {dict(window.statuses)}")
        return took
