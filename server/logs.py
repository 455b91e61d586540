"""Log lines: one fact each, with ids and no person."""

import json
import logging
import sys
from datetime import UTC, datetime

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class FactLine(logging.Formatter):
    """`time level name: message key=value …`: read by people, split by programs."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        facts = "".join(
            f" {key}={json.dumps(value, ensure_ascii=False, default=str)}"
            for key, value in vars(record).items()
            if key not in _STANDARD
        )
        line = f"{moment} {record.levelname} {record.name}: {record.getMessage()}{facts}"
        if record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        return line


def start_logging(level: int = logging.INFO) -> None:
    """Send the log to standard error, where systemd and people look for it."""
    output = logging.StreamHandler(sys.stderr)
    output.setFormatter(FactLine())
    logging.basicConfig(level=level, handlers=[output], force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)
