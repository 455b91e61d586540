"""Reading a YAML file key by key: each place knows its line, one reading finds all mistakes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import yaml

from server.domain.spelling import unknown_word

T = TypeVar("T")

_YES = ("true", "yes", "on")
_NO = ("false", "no", "off")
_WHOLE = re.compile(r"[0-9]{1,9}")
_QUOTED_LENGTH = 80


class UnreadableYaml(Exception):
    """A file that is no YAML at all; the text says where and why."""


def document(path: Path) -> yaml.Node:
    """The file's root node; raises UnreadableYaml.

    Nodes, not values: each place then reads its text as written, so that 1.001610 keeps its last
    zero, 07:30 is no number and `no` is a word. Nothing is constructed from tags.
    """
    try:
        node = yaml.compose(path.read_bytes().decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except OSError as error:
        raise UnreadableYaml(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        said = f"{path}: is not UTF-8 (byte {error.start}); save it again as UTF-8"
        raise UnreadableYaml(said) from error
    except yaml.MarkedYAMLError as error:
        raise UnreadableYaml(f"{path}: {_mistake(error)}") from error
    except yaml.reader.ReaderError as error:
        said = f"{path}: holds a character that no text has (character {error.position + 1})"
        raise UnreadableYaml(said) from error
    except RecursionError as error:
        raise UnreadableYaml(f"{path}: is nested too deep to be read") from error
    if node is None:
        raise UnreadableYaml(f"{path}: is empty")
    return node


def _mistake(error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark or error.context_mark
    where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "somewhere"
    problem = error.problem or error.context or "is no YAML"
    if "'\\t'" in problem:
        return f"{where}: a tab; YAML is indented with spaces only"
    if "mapping values are not allowed" in problem:
        return f"{where}: a second ':' in one line, or a wrong indent; put such a text in quotes"
    return f"{where}: {problem}"


class Report:
    """What is wrong, and the line on which each place of the file stands."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []
        self._lines: dict[str, int] = {"": 1}

    def stands(self, path: str, node: yaml.Node) -> None:
        self._lines[path] = node.start_mark.line + 1

    def add(self, path: str, text: str, node: yaml.Node | None = None) -> None:
        line = node.start_mark.line + 1 if node else self._line(path)
        self.found.append((line, f"{path or 'the file'}: {text} (line {line})"))

    def in_file_order(self) -> list[str]:
        return [text for _, text in sorted(self.found, key=lambda found: found[0])]

    def _line(self, path: str) -> int:
        # What is missing has no line of its own: the nearest thing around it has.
        while path not in self._lines:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self._lines[path]


class Group:
    """One group of `key: value` lines, read key by key.

    A wrong value is reported and read as an empty one, so that one reading finds all problems.
    Texts come cleaned: composed letters, single blanks, nothing invisible. Limits count characters.
    """

    def __init__(self, report: Report, path: str, node: yaml.Node | None) -> None:
        self._report = report
        self._path = path
        self._asked: set[str] = set()
        self._nodes: dict[str, yaml.Node] = {}
        self._sound = isinstance(node, yaml.MappingNode)
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                self._keep(key, value)
        elif node is not None:
            report.add(path, f"must be a group of 'key: value' lines, not {_what(node)}", node)

    def text(self, key: str, limit: int) -> str:
        node = self._required(key)
        return self._text(self._path_of(key), node, limit) if node else ""

    def optional_text(self, key: str, limit: int) -> str | None:
        """The text, or None when the key is absent or has no value."""
        node = self._given(key)
        return self._text(self._path_of(key), node, limit) if node else None

    def texts(self, key: str, limit: int, required: bool = False) -> tuple[str, ...]:
        """A list of texts; one that is `required` must name at least one."""
        path = self._path_of(key)
        return tuple(
            self._text(f"{path}[{index}]", item, limit)
            for index, item in enumerate(self._items(key, required))
        )

    def flag(self, key: str, default: bool) -> bool:
        node = self._given(key)
        if node is None:
            return default
        word = node.value.lower() if isinstance(node, yaml.ScalarNode) else ""
        if word not in _YES + _NO:
            self._report.add(self._path_of(key), f"must be true or false, not {_what(node)}", node)
        return word in _YES

    def optional_whole(self, key: str, low: int, high: int) -> int | None:
        """The number within these bounds; None when it is absent or wrong."""
        node = self._given(key)
        return self._whole(self._path_of(key), node, low, high) if node else None

    def whole(self, key: str, low: int, high: int) -> int:
        node = self._required(key)
        number = self._whole(self._path_of(key), node, low, high) if node else None
        return low if number is None else number

    def group(self, key: str, read: Callable[[Group], T]) -> T:
        node = self._required(key)
        return Group(self._report, self._path_of(key), node).whole_by(read)

    def optional_group(self, key: str, read: Callable[[Group], T]) -> T | None:
        """The group as `read` makes it, or None when the key is absent or has no value."""
        node = self._given(key)
        if node is None:
            return None
        group = Group(self._report, self._path_of(key), node)
        return group.whole_by(read) if group._sound else None

    def groups(self, key: str, read: Callable[[Group], T], required: bool = False) -> tuple[T, ...]:
        """A list of groups, each as `read` makes it."""
        path = self._path_of(key)
        return tuple(
            Group(self._report, f"{path}[{index}]", item).whole_by(read)
            for index, item in enumerate(self._items(key, required))
        )

    def whole_by(self, read: Callable[[Group], T]) -> T:
        """What `read` makes of this group; keys it never asked for are reported."""
        made = read(self)
        known = sorted(self._asked)
        for key in self._nodes if self._sound else ():
            if key not in self._asked:
                self._report.add(self._path_of(key), unknown_word("key", key, known))
        return made

    def _keep(self, key_node: yaml.Node, value: yaml.Node) -> None:
        if not isinstance(key_node, yaml.ScalarNode):
            self._report.add(self._path, f"a key must be a word, not {_what(key_node)}", key_node)
            return
        key = _clean(key_node.value)
        path = self._path_of(key)
        if key in self._nodes:
            self._report.add(path, "stands here twice; keep one", key_node)
        self._nodes[key] = value
        self._report.stands(path, key_node)

    def _path_of(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def _given(self, key: str) -> yaml.Node | None:
        self._asked.add(key)
        node = self._nodes.get(key)
        return None if node is None or _is_nothing(node) else node

    def _required(self, key: str) -> yaml.Node | None:
        node = self._given(key)
        if node is None and self._sound:
            said = "has no value" if key in self._nodes else "is missing"
            self._report.add(self._path_of(key), said)
        return node

    def _items(self, key: str, required: bool) -> list[yaml.Node]:
        node = self._required(key) if required else self._given(key)
        path = self._path_of(key)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self._report.add(path, f"must be a list, not {_what(node)}", node)
            return []
        if required and not node.value:
            self._report.add(path, "is empty; name at least one", node)
        for index, item in enumerate(node.value):
            self._report.stands(f"{path}[{index}]", item)
        return list(node.value)

    def _text(self, path: str, node: yaml.Node, limit: int) -> str:
        if not isinstance(node, yaml.ScalarNode):
            self._report.add(path, f"must be a text, not {_what(node)}", node)
            return ""
        text = _clean(node.value)
        if not text:
            self._report.add(path, "is an empty text", node)
        elif len(text) > limit:
            self._report.add(path, f"has {len(text)} characters; at most {limit} fit", node)
        return text

    def _whole(self, path: str, node: yaml.Node, low: int, high: int) -> int | None:
        text = _clean(node.value) if isinstance(node, yaml.ScalarNode) else ""
        if _WHOLE.fullmatch(text) and low <= int(text) <= high:
            return int(text)
        said = f"must be a whole number from {low} to {high}, not {_what(node)}"
        self._report.add(path, said, node)
        return None


def _is_nothing(node: yaml.Node) -> bool:
    return (
        isinstance(node, yaml.ScalarNode)
        and node.style is None
        and node.value in ("", "~", "null", "Null", "NULL")
    )


def _what(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return f"'{_clean(node.value)[:_QUOTED_LENGTH]}'"
    return "a list" if isinstance(node, yaml.SequenceNode) else "a group of 'key: value' lines"


def _clean(text: str) -> str:
    # Copied names bring decomposed letters, hard blanks and invisible marks; two texts that look
    # the same on a screen must be the same.
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf"))
