"""The lines of a list of people to invite: whom each names, and what is wrong with it.

A line is judged by itself here; whether there is such an organisation, table or account is asked
of the database in `planning`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _

from consultazione.core.actor import Role
from consultazione.core.errors import Invalid, Sentence
from consultazione.core.incoming.email_address import fold_address
from consultazione.core.text import fault_of_name, has_control_characters
from consultazione.people.own_data.names import check_own_name, name_key

MOST = 10_000
_LONGEST_NAME, _LONGEST = 80, 200

# What a heading may be called, folded by `name_key`.
HEADINGS: Mapping[str, str] = {
    "nome": "display_name", "nome e cognome": "display_name", "name": "display_name",
    "indirizzo": "email", "e mail": "email", "email": "email", "mail": "email",
    "posta": "email", "address": "email",
    "organizzazione": "organisation", "ente": "organisation", "organisation": "organisation",
    "ruolo": "role", "role": "role",
    "tavolo": "table", "table": "table",
    "atto": "act", "atto di delega": "act", "act": "act",
}  # fmt: skip
ROLES: Mapping[str, Role | None] = {
    "": None, "partecipante": None, "participant": None, "delegato": None, "delegata": None,
    "facilitatore": Role.FACILITATOR, "facilitatrice": Role.FACILITATOR,
    "facilitator": Role.FACILITATOR,
    "coordinatore": Role.COORDINATOR, "coordinatrice": Role.COORDINATOR,
    "coordinator": Role.COORDINATOR,
    "ufficio di piano": Role.PLAN_OFFICE, "plan office": Role.PLAN_OFFICE,
    "amministratore": Role.ADMINISTRATOR, "amministratrice": Role.ADMINISTRATOR,
    "administrator": Role.ADMINISTRATOR,
}  # fmt: skip


@dataclass
class Invitee:
    """Somebody to invite. line: in the file, from 1; 0 from the form. faults: what is wrong."""

    line: int
    display_name: str = ""
    email: str = ""
    organisation: str = ""
    role: Role | None = None
    table: str = ""
    act: str = ""
    faults: list[Sentence] = field(default_factory=list)


def columns_of(first: Sequence[str | None]) -> dict[int, str]:
    """The columns by their index; Invalid on `file` if a heading is missing, twice or unknown."""
    columns: dict[int, str] = {}
    for index, cell in enumerate(first):
        if not (heading := (cell or "").strip()):
            continue
        column = HEADINGS.get(name_key(heading))
        if column is None:
            raise Invalid.at(
                "file",
                _(
                    "“%(heading)s” is no heading that is known here: write nome, indirizzo, "
                    "organizzazione, ruolo, tavolo or atto.",
                    heading=heading[:60],
                ),
            )
        if column in columns.values():
            raise Invalid.at(
                "file", _("The heading “%(heading)s” stands there twice.", heading=heading[:60])
            )
        columns[index] = column
    for column, heading in (("display_name", "nome"), ("email", "indirizzo")):
        if column not in columns.values():
            raise Invalid.at(
                "file", _("The column “%(heading)s” is missing: add it.", heading=heading)
            )
    return columns


def invitees(
    columns: Mapping[int, str], rows: Iterable[tuple[int, Sequence[str | None]]]
) -> list[Invitee]:
    """Whom the lines name; a cell that is None holds no text, such as a formula."""
    found = [invitee(line, _named(columns, cells)) for line, cells in rows]
    _find_doubles(found)
    return found


def invitee(line: int, said: Mapping[str, str | None]) -> Invitee:
    """Whom a line names, with what is wrong with it."""
    one = Invitee(line)
    for name, text in said.items():
        if text is None:
            one.faults.append(
                _("There is a formula or an error in a cell: write what it shows in its place.")
            )
        elif has_control_characters(text) or len(text) > _LONGEST:
            one.faults.append(
                _("“%(text)s” is too long, or holds signs that cannot be stored.", text=text[:40])
            )
        elif name != "role":
            setattr(one, name, text.strip())
    _check_role(one, said.get("role") or "")
    _check_name(one)
    _check_address(one)
    return one


def _check_role(one: Invitee, said: str) -> None:
    key = name_key(said)
    if key not in ROLES:
        one.faults.append(
            _(
                "“%(role)s” is no role: write facilitatore, coordinatore, ufficio di piano, "
                "amministratore, or leave it empty.",
                role=said[:60],
            )
        )
        return
    one.role = ROLES[key]
    if one.table and one.role not in (Role.FACILITATOR, Role.COORDINATOR):
        one.faults.append(
            _("Only a facilitator or a coordinator has a table: write the role, or empty it.")
        )


def _check_name(one: Invitee) -> None:
    one.display_name = re.sub(r"\s+", " ", one.display_name)
    if not 2 <= len(one.display_name) <= _LONGEST_NAME:
        one.faults.append(_("Write name and surname, in 80 characters at most."))
        return
    if (fault := fault_of_name(one.display_name)) is not None:
        one.faults.append(fault)
        return
    try:
        check_own_name(one.display_name)
    except Invalid as refusal:
        one.faults.append(refusal.detail)


def _check_address(one: Invitee) -> None:
    try:
        one.email = fold_address(one.email)
    except Invalid as refusal:
        one.faults.append(refusal.detail)


def _named(columns: Mapping[int, str], cells: Sequence[str | None]) -> dict[str, str | None]:
    return {name: cells[index] for index, name in columns.items() if index < len(cells)}


def _find_doubles(found: Iterable[Invitee]) -> None:
    lines: dict[str, int] = {}
    for one in found:
        if one.email and (before := lines.setdefault(one.email, one.line)) != one.line:
            one.faults.append(
                _("Line %(line)s has the same address: remove one of them.", line=before)
            )
