"""Passwords: argon2id with the parameters that OWASP names for small servers."""

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

UNKNOWN = _HASHER.hash("nobody has this password")
"""Compared with when the login is unknown, so that it takes as long as a wrong password."""


def hash_password(password: str) -> str:
    """What is kept of a password; takes some 20 ms of a processor."""
    return _HASHER.hash(password)


def matches(password_hash: str, password: str) -> bool:
    """True when the password is the one that was hashed."""
    try:
        return _HASHER.verify(password_hash, password)
    except (Argon2Error, InvalidHashError):
        return False
