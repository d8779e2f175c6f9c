"""What stands in one place: committing, emitting, enqueueing, the environment, the time."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.support.source import Module, called, calls, modules

# Families of kinds that grow by one class and one line of a registry.
FAMILIES = (
    "consultazione.sittings.polls.kinds",
    "consultazione.sittings.quorums",
    "consultazione.outcomes.methods",
)
ENVIRONMENT = {"environ", "environb", "getenv", "getenvb", "putenv"}
MOMENTS = {"now", "utcnow", "today", "fromtimestamp", "localtime", "gmtime", "time", "time_ns"}
PAGE = {"route", "get", "post", "put", "patch", "delete"}


@pytest.mark.parametrize(
    ("call", "place"),
    [
        ("commit", "consultazione.core.db"),
        ("emit", "consultazione.live.fanout"),
        ("enqueue", "workers.queue"),
    ],
)
def test_it_is_called_once_and_there(call: str, place: str) -> None:
    assert [m.name for m in modules().values() for _ in calls(m, call)] == [place]


@pytest.mark.parametrize("other", ["enqueue_at", "enqueue_in", "enqueue_call", "enqueue_many"])
def test_nothing_is_enqueued_by_another_name(other: str) -> None:
    assert [m.name for m in modules().values() for _ in calls(m, other)] == []


def test_environment_is_read_in_config_alone() -> None:
    readers = {
        module.name
        for module in modules().values()
        for node in ast.walk(module.tree)
        if _asks_the_environment(node)
    }
    assert readers == {"consultazione.config"}


def test_time_comes_from_the_clock_alone() -> None:
    readers = {
        module.name
        for module in modules().values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and _asks_the_time(node)
    }
    assert readers == {"consultazione.core.clock"}


def test_limits_of_messages_stand_in_the_schemas_of_the_parts() -> None:
    """Only a stream that somebody follows is known to the live schemas alone."""
    live = modules()["consultazione.live.schemas"]
    limited = {
        owner.name
        for owner in live.tree.body
        if isinstance(owner, ast.ClassDef)
        for node in ast.walk(owner)
        if isinstance(node, ast.keyword) and node.arg == "most"
    }
    assert limited == {"FollowSchema"}


def test_the_refusal_of_one_input_is_said_in_one_way() -> None:
    """`Invalid.at(field, sentence)`; `fields=` is for what a schema has found."""
    by_hand = {
        module.name
        for module in modules().values()
        for call in calls(module, "Invalid")
        if any(keyword.arg == "fields" for keyword in call.keywords)
    }
    assert by_hand == {"consultazione.live.gateway"}


def test_the_days_of_a_mandate_are_compared_by_the_mandate() -> None:
    """Elsewhere `Mandate.is_valid` says it, in Python and in SQL."""
    elsewhere = [
        f"{module.where}:{node.lineno}"
        for module in modules().values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Compare) and ast.unparse(node.left) == "Mandate.starts_on"
    ]
    assert elsewhere == []


def test_bytes_that_a_digest_covers_are_made_in_one_place() -> None:
    """Two writers of canonical JSON agree until one of them is changed, and digests do not heal.

    `core.idempotency` compares its digests with its own of the last day, and nothing else does.
    """
    writers = {
        module.name
        for module in modules().values()
        for call in (*calls(module, "dumps"), *calls(module, "JSONEncoder"))
        if any(keyword.arg == "sort_keys" for keyword in call.keywords)
    }
    alone = "consultazione.archive.verify"  # goes into archives without the rest of the product
    assert writers == {"consultazione.core.canonical", "consultazione.core.idempotency", alone}


def test_a_kind_is_told_apart_in_its_family_alone() -> None:
    """An `if kind == "..."` elsewhere means that the family's protocol lacks a method.

    The members of a closed list (`TableKind.THEMATIC`) may be compared anywhere.
    """
    wrong = [
        f"{module.where}:{node.lineno}"
        for module in modules().values()
        if not module.name.startswith(FAMILIES)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Compare) and _is_kind(node.left) and _has_text(node.comparators)
    ]
    assert wrong == []


def test_a_page_parses_calls_and_replies() -> None:
    """A view has ten statements at most; what is more is a rule or a query."""
    long = {
        f"{module.where}:{view.lineno} {view.name}": count
        for module in modules().values()
        for view in _views(module)
        if (count := _statements(view)) > 10
    }
    assert long == {}


def _asks_the_environment(node: ast.AST) -> bool:
    """True for `os.environ`, `os.getenv`, and for an import of either."""
    if isinstance(node, ast.ImportFrom):
        return node.module == "os" and not ENVIRONMENT.isdisjoint(a.name for a in node.names)
    return (
        isinstance(node, ast.Attribute)
        and node.attr in ENVIRONMENT
        and getattr(node.value, "id", "") == "os"
    )


def _asks_the_time(call: ast.Call) -> bool:
    """True for `datetime.now()`, `date.today()`, `time.time()` and the like."""
    asked = call.func
    return (
        isinstance(asked, ast.Attribute)
        and asked.attr in MOMENTS
        and getattr(asked.value, "attr", getattr(asked.value, "id", ""))
        in {"datetime", "date", "time"}
    )


def _is_kind(compared: ast.expr) -> bool:
    """True for `kind`, `poll.kind`, `poll_kind`; not for a model's column in a query."""
    if isinstance(compared, ast.Attribute):
        of_model = isinstance(compared.value, ast.Name) and compared.value.id[:1].isupper()
        return compared.attr.split("_")[-1] == "kind" and not of_model
    return isinstance(compared, ast.Name) and compared.id.split("_")[-1] == "kind"


def _has_text(compared: list[ast.expr]) -> bool:
    """True if one of the values is a literal text, alone or in a tuple or a set."""
    found = (node for value in compared for node in ast.walk(value))
    return any(isinstance(node, ast.Constant) and isinstance(node.value, str) for node in found)


def _views(module: Module) -> Iterator[ast.FunctionDef]:
    """The functions that answer requests: routes of pages, methods of REST resources."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef) and any(
            isinstance(d, ast.Call) and called(d) in PAGE for d in node.decorator_list
        ):
            yield node
        elif isinstance(node, ast.ClassDef) and any(called(b) == "MethodView" for b in node.bases):
            yield from (method for method in node.body if isinstance(method, ast.FunctionDef))


def _statements(function: ast.FunctionDef) -> int:
    """How many statements a function has below its docstring, however they are wrapped."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return sum(isinstance(node, ast.stmt) for part in body for node in ast.walk(part))
