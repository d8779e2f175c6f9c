"""What travels has types: `dict[str, Any]` says nothing, and becomes rarer."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.source import Module, modules

# How often a signature, or an alias that signatures use, says `dict[str, Any]`. What is left
# are bodies that marshmallow has loaded, and what libraries hand over. Only ever lower it.
MOST = 56


def test_signatures_say_what_a_dict_holds() -> None:
    """If this fails: a TypedDict, a dataclass, or `Mapping[str, object]` for a page's context."""
    found = [f"{module.where}:{line}" for module in modules().values() for line in _untyped(module)]
    assert len(found) <= MOST, "\n".join(found)


def _untyped(module: Module) -> Iterator[int]:
    """The line of each `dict[str, Any]` in a signature or an alias."""
    for node in ast.walk(module.tree):
        for said in _said(node):
            yield from (part.lineno for part in ast.walk(said) if _says_nothing(part))
    for node in module.tree.body:
        if isinstance(node, ast.Assign):
            yield from (part.lineno for part in ast.walk(node.value) if _says_nothing(part))


def _said(node: ast.AST) -> Iterator[ast.expr]:
    """The annotations of a function's parameters, and of what it returns."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return
    given = node.args
    parameters = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    yield from (one.annotation for one in parameters if one and one.annotation)
    if node.returns:
        yield node.returns


def _says_nothing(part: ast.AST) -> bool:
    return isinstance(part, ast.Subscript) and ast.unparse(part) == "dict[str, Any]"
