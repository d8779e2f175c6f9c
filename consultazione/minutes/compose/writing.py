"""Who wrote the minutes of a sitting (*verbalizzante*), and since when if it changed."""

from __future__ import annotations

from consultazione.minutes.compose import wording
from consultazione.minutes.compose.facts import SittingFacts
from consultazione.minutes.compose.types import Writer, Writing
from consultazione.sittings.events import SecretaryNamed


def writers(facts: SittingFacts) -> Writing:
    """Those who wrote while the sitting went on, in order; nothing if nobody was named.

    Who was named and replaced before the opening did not write. A moment stands beside each but
    the first.
    """
    opened_at = facts.opened_at
    rows: list[Writer] = []
    for entry, event in facts.each(SecretaryNamed):
        if entry.at <= opened_at:
            rows.clear()
        if event.person_id is None:
            continue
        row: Writer = {"person": facts.names.person(event.person_id)}
        if rows:
            row["since"] = wording.moment(entry.at)
        rows.append(row)
    return {"writers": rows} if rows else {}
