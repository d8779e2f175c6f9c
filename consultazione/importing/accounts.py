"""The accounts of a demonstration, and the notice that tells a newcomer how to sign in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from consultazione.importing.items import AccountItem


@dataclass(frozen=True)
class Account:
    """An account of a file, with the password that everybody knows."""

    name: str
    email: str
    password: str

    @classmethod
    def of(cls, item: AccountItem) -> Account:
        """The account of an item of a file."""
        return cls(item["display_name"], item["email"], item["password"])


def accounts_notice(accounts: Iterable[tuple[str, Account]]) -> str:
    """How to sign in: each account of the first place in a line, each other place in one.

    accounts: each with the place in which it has its roles, such as the name of a zone.
    """
    by_place: dict[str, dict[str, Account]] = {}
    for place, account in accounts:
        by_place.setdefault(place, {})[account.email] = account
    every = {account for known in by_place.values() for account in known.values()}
    passwords = {account.password for account in every}
    common = passwords.pop() if len(passwords) == 1 else None
    heading = "Demo accounts (invented persons)"
    return "\n".join(
        [
            f"{heading}, each with the password {common}:" if common else f"{heading}:",
            *_lines(by_place, with_password=common is None),
            "",
        ]
    )


def _lines(by_place: Mapping[str, Mapping[str, Account]], *, with_password: bool) -> Iterable[str]:
    for number, (place, known) in enumerate(by_place.items()):
        if number and not with_password:
            yield f"  {place}: {', '.join(known)}"
            continue
        yield f"  {place}"
        for account in known.values():
            password = account.password if with_password else ""
            yield f"    {account.name:<24}{account.email:<32}{password}".rstrip()
