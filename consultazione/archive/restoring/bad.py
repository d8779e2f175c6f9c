"""What is wrong with an archive, in sentences; and which of the paths in it lead into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

_MOST_SHOWN = 20


class BadArchive(Exception):
    """The file is no archive that can be restored. lines: what is wrong, a sentence each."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def refuse_faulty(faults: Iterable[str]) -> None:
    """BadArchive with the first faults and how many more there are, if there are any."""
    told = list(faults)
    if told:
        more = len(told) - _MOST_SHOWN
        raise BadArchive(*told[:_MOST_SHOWN], *[f"and {more} faults more"] * (more > 0))


@contextmanager
def faults_told() -> Iterator[None]:
    """Let whatever goes wrong with content that anybody may have written be a BadArchive.

    What the machine does wrong, such as a full disk, stays an OSError.
    """
    try:
        yield
    except DBAPIError as error:
        why = str(error.orig).partition("\n")[0]
        raise BadArchive(f"the database does not take what it holds: {why}") from error
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        RecursionError,
        SQLAlchemyError,
        TypeError,
        ValueError,
    ) as error:
        raise BadArchive(
            f"a file of it has not the fields that it should: {type(error).__name__}, {error}"
        ) from error


def is_plain(name: str) -> bool:
    """True for a path that stays inside of the folder from which it leads."""
    path = PurePosixPath(name)
    return (
        not path.is_absolute()
        and ".." not in path.parts
        and name == str(path)
        and name.isprintable()
        and not set(name) & set("\\:")
    )


def inside(folder: Path, name: object) -> Path:
    """A file of an unpacked archive, by its path there; BadArchive if there is none."""
    if not isinstance(name, str) or not is_plain(name) or not (folder / name).is_file():
        raise BadArchive(f"{name!r}: is no file of the archive")
    return folder / name
