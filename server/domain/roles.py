"""Roles: who somebody or something is to the hall."""

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    KIOSK = "kiosk"
    OFFICER = "officer"
    VOLUNTEER = "volunteer"
    DISPLAY = "display"
    PRINTER = "printer"
    MANAGER = "manager"
    ADMIN = "admin"


EVERY_ROLE: Final = frozenset(Role)
STAFF: Final = frozenset({Role.OFFICER, Role.VOLUNTEER, Role.MANAGER, Role.ADMIN})
ISSUERS: Final = STAFF | {Role.KIOSK}
SERVERS: Final = frozenset({Role.OFFICER})
MANAGERS: Final = frozenset({Role.MANAGER, Role.ADMIN})
BOARD_READERS: Final = STAFF | {Role.DISPLAY}
DEVICE_ROLES: Final = frozenset({Role.KIOSK, Role.DISPLAY, Role.PRINTER})
