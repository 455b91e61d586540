"""The `denluot` command: serve, set up, pair, back up."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; answers with the exit status."""
    chosen = _parser().parse_args(arguments)
    # Databases, backups and keys are nobody else's to read.
    os.umask(0o077)
    if chosen.command == "serve":
        # Before anything else is imported: later, modules would keep blocking sockets.
        from gevent import monkey

        monkey.patch_all()
    from server import cli_commands
    from server.settings import BadSetting

    try:
        return cli_commands.run(chosen)
    except (BadSetting, cli_commands.CannotDo) as error:
        print(f"denluot: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="denluot",
        description="Đến Lượt: queue tickets, counters and displays for public service centres.",
    )
    data = argparse.ArgumentParser(add_help=False)
    data.add_argument("--data", type=Path, help="data folder (default: DENLUOT_DATA, or ./data)")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_running(commands, data)
    _add_setting_up(commands, data)
    _add_keeping(commands, data)
    return parser


def _add_running(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", data: argparse.ArgumentParser
) -> None:
    serve = commands.add_parser("serve", parents=[data], help="serve the centre")
    serve.add_argument("--host", default="127.0.0.1", help="0.0.0.0 for the whole network")
    serve.add_argument("--port", type=_port, default=8080)
    demo = commands.add_parser(
        "demo", parents=[data], help="create the demo centre in an empty data folder"
    )
    demo.add_argument(
        "--if-empty", action="store_true", help="succeed without a change where data is already"
    )


def _add_setting_up(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", data: argparse.ArgumentParser
) -> None:
    centre = commands.add_parser("centre", help="set up a centre from a file")
    actions = centre.add_subparsers(dest="action", required=True)
    apply = actions.add_parser(
        "apply", parents=[data], help="create the centre of the file, or bring it up to date"
    )
    apply.add_argument("file", type=Path, metavar="FILE.yaml")
    token = commands.add_parser("token", parents=[data], help="print one API token")
    token.add_argument("--site", required=True, metavar="CODE")
    token.add_argument(
        "--role",
        required=True,
        choices=("kiosk", "officer", "volunteer", "display", "printer", "manager", "admin"),
    )
    token.add_argument("--officer", metavar="LOGIN", help="whose token it is")
    password = commands.add_parser(
        "password", parents=[data], help="give somebody a new random password"
    )
    password.add_argument("login", metavar="LOGIN")
    printer = commands.add_parser("printer", help="printers")
    actions = printer.add_subparsers(dest="action", required=True)
    add = actions.add_parser("add", parents=[data], help="make a printer known")
    add.add_argument("name", metavar="NAME")
    add.add_argument("address", metavar="ADDRESS", help="for instance tcp://192.168.1.50:9100")
    add.add_argument("--site", required=True, metavar="CODE")
    add.add_argument("--paper", type=int, choices=(58, 80), default=80)


def _add_keeping(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", data: argparse.ArgumentParser
) -> None:
    backup = commands.add_parser("backup", parents=[data], help="copy the live database to a file")
    backup.add_argument("file", type=Path, metavar="FILE")
    restore = commands.add_parser(
        "restore", parents=[data], help="put a backup into an empty or stopped database"
    )
    restore.add_argument("file", type=Path, metavar="FILE")


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text} is not a port from 0 to 65535")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
