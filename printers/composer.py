"""python-escpos's composer of text jobs, imported late and without leaving traces."""

from __future__ import annotations

import logging
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Any


@cache
def composer_class() -> Any:
    """The class `Dummy`, whose methods append to its `output`."""
    with tempfile.TemporaryDirectory() as folder, _tidy_import(folder):
        return import_module("escpos.printer").Dummy


@contextmanager
def _tidy_import(folder: str) -> Iterator[None]:
    """Gives this thread's import a folder that is removed, and keeps the root logger as it is.

    python-escpos 3.1 makes a temporary folder at every import, writes 69 KB into it and never
    removes it; it also calls `logging.basicConfig`.
    """
    original, importer = tempfile.mkdtemp, threading.get_ident()

    def folder_for_import(*arguments: Any, **options: Any) -> Any:
        if threading.get_ident() == importer:
            return folder
        return original(*arguments, **options)

    handlers = logging.root.handlers[:]
    tempfile.mkdtemp = folder_for_import
    try:
        yield
    finally:
        tempfile.mkdtemp = original
        logging.root.handlers[:] = handlers
