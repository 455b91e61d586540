"""A printer that is not there: for tests, for the demo, for trying faults without paper."""

from printers.simulator.base import PrinterSimulator
from printers.simulator.pty import PtyPrinterSimulator
from printers.simulator.tcp import TcpPrinterSimulator

__all__ = ["PrinterSimulator", "PtyPrinterSimulator", "TcpPrinterSimulator"]
