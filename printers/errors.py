"""What can go wrong with a printer, told apart by what may be done next."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """Stable codes of a printer's failures."""

    OFFLINE = "offline"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    TIMEOUT = "timeout"
    ERROR = "error"
    BAD_ADDRESS = "bad_address"


class PrinterError(Exception):
    """A printer that cannot be reached or refuses to print.

    `code` is one of `Fault`, `detail` is a sentence for a technician, and `bytes_sent` counts
    the job's bytes that may have reached the printer. With one of them sent, a second try could
    print the slip twice, so only a person may ask for it.
    """

    def __init__(self, code: Fault, detail: str = "", *, bytes_sent: int = 0) -> None:
        super().__init__(f"{code}: {detail}" if detail else str(code))
        self.code = code
        self.detail = detail
        self.bytes_sent = bytes_sent

    @property
    def retryable(self) -> bool:
        """Whether a machine may try the same job again later without asking anybody."""
        return self.bytes_sent == 0 and self.code is not Fault.BAD_ADDRESS
