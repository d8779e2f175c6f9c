"""Runs commands at the same moment, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from consultazione.core.actor import Actor
from consultazione.core.errors import Refusal
from tests.support.factories import Factory
from tests.support.meeting import Meeting

Act = tuple[Callable[..., Any], Actor, dict[str, Any]]


def at_once(where: Meeting | Factory, *acts: Act) -> list[Any]:
    """Run several commands at the same moment; return the answer or the refusal of each.

    where: on a database whose commits are real (`final_commits`).
    """
    barrier = Barrier(len(acts))
    make = where.make if isinstance(where, Meeting) else where

    def run(act: Act) -> Any:
        command, actor, fields = act
        with make.database.transaction(actor) as tx:
            tx.session.connection()
            barrier.wait(10)
            return command(tx, **fields)

    def answer(act: Act) -> Any:
        try:
            return run(act)
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(answer, acts))
