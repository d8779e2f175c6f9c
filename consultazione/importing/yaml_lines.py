"""Reads YAML together with the line of each value, so that errors can name it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

# A zone's file has six levels.
DEEPEST = 40
Path = tuple[str | int, ...]


class Unreadable(ValueError):
    """The file is not YAML; the message names the line."""


def read(text: str) -> list[tuple[Any, dict[Path, int]]]:
    """The file's documents: of each its data, and the line (from 1) of each value, by its path.

    Documents of one file are divided by a line `---`.
    """
    try:
        _refuse_bombs(text)
        documents = list(_documents(text))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Unreadable(f"line {line}: this is not YAML: {error.problem}") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise Unreadable(f"line {line}: this is not YAML: {error.reason}") from error
    return [(data, {(): 1, **dict(_lines(root, ()))}) for root, data in documents]


class _Loader(yaml.CSafeLoader):
    """PyYAML's safe loader, which also names the line of a value that is none: 2018-13-45.

    That of libyaml, which PyYAML's wheels contain: a long file takes a tenth of the time.
    """

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep=deep)
        except ValueError as error:
            raise yaml.constructor.ConstructorError(
                problem=str(error), problem_mark=node.start_mark
            ) from error


def _documents(text: str) -> Iterator[tuple[yaml.Node | None, Any]]:
    """The root of each document, with its data."""
    loader = _Loader(text)
    try:
        while loader.check_node():
            root = loader.get_node()
            yield root, loader.construct_document(root)
    finally:
        loader.dispose()


def _refuse_bombs(text: str) -> None:
    """Unreadable for an alias, or for what nests deeper than any zone's file.

    A few aliases of aliases stand for millions of values, and one may stand inside itself.
    """
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise Unreadable(f"line {line}: aliases are not read: write the value out")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise Unreadable(f"line {line}: nests deeper than {DEEPEST} levels")


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
