"""Routes cannot be lost: each module that declares some is listed, and the site serves them all."""

from __future__ import annotations

import ast

from flask import Flask

from consultazione.features import ROUTES
from tests.support.source import Module, called, modules

DECORATORS = {"route", "get", "post"}
OFFERS = {"offer_create", "offer_follow", "offer_post", "offer_put"}
LISTED = {
    f"consultazione.{feature}.{name}" for feature, listed in ROUTES.items() for name in listed
}


def declared(module: Module) -> int:
    """How many addresses a module declares, by decorators and by offers."""
    return sum(_routes(node) for node in ast.walk(module.tree))


def _routes(node: ast.AST) -> int:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        calls = (decorator for decorator in node.decorator_list if isinstance(decorator, ast.Call))
        return sum(called(decorator) in DECORATORS for decorator in calls)
    return isinstance(node, ast.Call) and called(node) in OFFERS


def test_the_modules_with_routes_are_the_listed_ones() -> None:
    assert {m.name for m in modules().values() if declared(m)} == LISTED


def test_every_declared_route_is_served(app: Flask) -> None:
    ours = [rule for rule in app.url_map.iter_rules() if rule.endpoint.split(".")[0] in _ours(app)]
    assert len(ours) == sum(declared(module) for module in modules().values())


def test_every_feature_has_one_file_of_blueprints() -> None:
    made = {m.name for m in modules().values() for _ in _blueprints(m)}
    assert made == {f"consultazione.{feature}.blueprint" for feature in ROUTES}


def _ours(app: Flask) -> set[str]:
    """The names of our blueprints; what the libraries serve, such as the REST document, is not."""
    return {name for name in app.blueprints if not name.startswith("api-")}


def _blueprints(module: Module) -> list[ast.Call]:
    calls = (node for node in ast.walk(module.tree) if isinstance(node, ast.Call))
    return [call for call in calls if getattr(call.func, "id", "") in {"Blueprint", "resource"}]
