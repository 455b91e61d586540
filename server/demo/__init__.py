"""The centre to try things with, and a small commune's centre to copy, as centre files."""

from pathlib import Path
from typing import Final

CENTRE: Final = Path(__file__).with_name("centre.yaml")
COMMUNE: Final = Path(__file__).with_name("commune.yaml")
