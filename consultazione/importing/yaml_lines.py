"""Reads YAML together with the line of each value, so that errors can name it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

Path = tuple[str | int, ...]


class Unreadable(ValueError):
    """The file is not YAML; the message names the line."""


def read(text: str) -> tuple[Any, dict[Path, int]]:
    """The file's data, and the line (from 1) where each value begins, by its path."""
    try:
        data = yaml.safe_load(text)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Unreadable(f"line {line}: this is not YAML: {error.problem}") from error
    return data, {(): 1, **dict(_lines(root, ()))}


def line_of(lines: dict[Path, int], path: Path) -> int:
    """The line of a value, or of the closest enclosing one if it is missing."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


def _lines(node: yaml.Node | None, path: Path) -> Iterator[tuple[Path, int]]:
    if node is None:
        return
    yield path, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _lines(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _lines(value, (*path, index))
