"""What the answers of a step are held against, beside their shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from consultazione.core.errors import Invalid
from consultazione.core.incoming.lists import lines_of, pairs_of
from consultazione.people.queries import find_person
from consultazione.setup.presets import ChapterPreset, TablePreset
from consultazione.zones.models import BodyKind
from consultazione.zones.queries import find_zone
from consultazione.zones.slugs import check_slug, slug_of

BODY_FIELDS = {
    "municipalities": BodyKind.MUNICIPALITY,
    "unions": BodyKind.UNION_OF_MUNICIPALITIES,
    "health_authorities": BodyKind.HEALTH_AUTHORITY,
    "regions": BodyKind.REGION,
    "private_bodies": BodyKind.PRIVATE,
}
ROLE_FIELDS = ("administrators", "plan_office", "facilitators")
LONGEST_SLUG = 60


def zone_slug(answers: Mapping[str, Any]) -> str:
    """The zone's name in addresses: the one that was chosen, else made from its name."""
    return str(answers["slug"] or slug_of(answers["name"], "ambito")[:LONGEST_SLUG].strip("-"))


def check_step(session: Session, step: str, answers: Mapping[str, Any], *, person_id: int) -> None:
    """Invalid, naming the field, if something stands against a person's answers to a step."""
    check = _CHECKS.get(step)
    if check is not None:
        check(session, answers, person_id)


def _check_place(session: Session, answers: Mapping[str, Any], _person_id: int) -> None:
    slug = zone_slug(answers)
    check_slug(slug)
    if find_zone(session, slug) is not None:
        raise Invalid.at(
            "slug", _("The address “%(slug)s” is taken by another zone: choose another.", slug=slug)
        )


def _check_bodies(_session: Session, answers: Mapping[str, Any], _person_id: int) -> None:
    seen: dict[str, str] = {}
    for field in BODY_FIELDS:
        for name in lines_of(answers.get(field, ""), field):
            if name in seen:
                raise Invalid.at(field, _("“%(name)s” is in two lists: keep one.", name=name))
            seen[name] = field


def _check_chapters(_session: Session, answers: Mapping[str, Any], _person_id: int) -> None:
    if answers["chapters"] == ChapterPreset.OWN:
        _require_some(pairs_of(answers["own_chapters"], "own_chapters"), "own_chapters")


def _check_tables(_session: Session, answers: Mapping[str, Any], _person_id: int) -> None:
    if answers["tables"] == TablePreset.OWN:
        _require_some(pairs_of(answers["own_tables"], "own_tables"), "own_tables")


def _require_some(pairs: Iterable[tuple[str, str]], field: str) -> None:
    names = [slug_of(name, "tavolo") for name, _text in pairs]
    if not names:
        raise Invalid.at(field, _("Write at least one, each on a line of its own."))
    if len(set(names)) < len(names):
        raise Invalid.at(field, _("Two lines have the same name: change one of them."))


def _check_roles(session: Session, answers: Mapping[str, Any], person_id: int) -> None:
    for field in ROLE_FIELDS:
        for email in lines_of(answers.get(field, ""), field):
            person = find_person(session, email)
            if person is not None and person.id == person_id:
                raise Invalid.at(
                    field,
                    _(
                        "You become administrator of the zone; a further role has to be given to"
                        " you by another administrator. Leave your own address out."
                    ),
                )
            if person is None:
                raise Invalid.at(
                    field,
                    _(
                        "Nobody has an account with the address %(email)s: ask them to register"
                        " first, or leave it out and give the role later.",
                        email=email,
                    ),
                )


_CHECKS: dict[str, Callable[[Session, Mapping[str, Any], int], None]] = {
    "zona": _check_place,
    "enti": _check_bodies,
    "capitoli": _check_chapters,
    "tavoli": _check_tables,
    "regole": _check_roles,
}
