"""Runs the benchmarks and prints their figures as Markdown; see README.md beside this file."""

import argparse
import os
import platform
import re
import sqlite3
import statistics
from importlib.metadata import version
from pathlib import Path

import footprint
import pushes
import throughput
from hall import COUNTERS, busy_hall

CLIENTS = (1, 8, 32)
WATCHING = (1, 50, 200)
LIBRARIES = ("flask", "flask-socketio", "gevent", "simple-websocket", "sqlalchemy", "psycopg")


def main() -> None:
    """Run what was asked for, one after the other, each against a fresh server."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=["throughput", "pushes", "footprint"])
    parser.add_argument("--rounds", type=int, default=20, help="of each kind, interleaved")
    parser.add_argument("--number", type=int, default=COUNTERS, help="requests in a round")
    parser.add_argument("--clients", type=int, nargs="*", default=CLIENTS)
    parser.add_argument("--watching", type=int, nargs="*", default=WATCHING)
    parser.add_argument("--idle-seconds", type=float, default=20)
    parser.add_argument("--database-url", help="an empty database; default: SQLite in a new folder")
    chosen = parser.parse_args()
    kind = "SQLite" if chosen.database_url is None else chosen.database_url.partition(":")[0]
    for part in chosen.parts:
        print(f"\n## {part}, {kind}\n\n{PARTS[part](chosen)}", flush=True)
    print(f"\n## machine\n\n{machine()}")


def _throughput(chosen: argparse.Namespace) -> str:
    with busy_hall(chosen.database_url) as (hall, server):
        return throughput.table(
            {
                clients: throughput.measure(
                    hall, server, clients=clients, rounds=chosen.rounds, number=chosen.number
                )
                for clients in chosen.clients
            }
        )


def _pushes(chosen: argparse.Namespace) -> str:
    with busy_hall(chosen.database_url) as (hall, server):
        return pushes.table(
            {
                watching: pushes.measure(hall, server, watching=watching, rounds=chosen.rounds)
                for watching in chosen.watching
            }
        )


def _footprint(chosen: argparse.Namespace) -> str:
    with busy_hall(chosen.database_url) as (hall, server):
        quiet = footprint.measure(
            hall, server, watching=max(chosen.watching), seconds=chosen.idle_seconds
        )
    starts = [footprint.cold_start() for _ in range(3)]
    return "\n".join(
        [
            "| what | figure |",
            "|---|---:|",
            f"| memory before the first screen, resident | {quiet.rss_before:.0f} MB |",
            f"| memory with {quiet.watching} screens, resident | {quiet.rss:.0f} MB |",
            f"| the same, shared pages divided (PSS) | {quiet.pss:.0f} MB |",
            f"| processor with {quiet.watching} screens and a quiet hall "
            f"| {quiet.idle_percent:.1f} % of a core |",
            f"| `denluot serve` to the first ticket | {statistics.median(starts):.1f} s |",
        ]
    )


def machine() -> str:
    """What the figures were measured on: no names of hosts or folders."""
    model = re.search(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text())
    parts = [
        f"{os.cpu_count()} cores of {model[1] if model else platform.machine()}",
        f"Linux {platform.release().partition('-')[0]}",
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
        *(f"{name} {version(name)}" for name in LIBRARIES),
    ]
    return ", ".join(parts)


PARTS = {"throughput": _throughput, "pushes": _pushes, "footprint": _footprint}

if __name__ == "__main__":
    main()
