"""The translation catalogues: what the code and the templates say, in Italian and in English.

Run as `python -m consultazione.web.catalogues` (`make messages`). Sentences are written in
English in the source and gathered from there; a catalogue keeps its translations, loses
what nobody says any more, and is sorted by sentence, without dates and places, so that a
change of one sentence is a change of one entry. Drafts in `translations/parts/*.po` are
taken in where there are any; delete them afterwards.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from consultazione.config import ROOT

TRANSLATIONS = ROOT / "consultazione" / "translations"
SOURCES = ("consultazione", "workers", "templates")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
}
_HEADER = """\
# {name} sentences of consultazione. `make messages` keeps the list, people the translations.
msgid ""
msgstr ""
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def main() -> None:
    """Bring both catalogues up to date; say which sentences have no Italian, or two."""
    sentences = extracted()
    italian, faults = translated(sentences, read(path_of("it")), list(_parts()))
    write(path_of("it"), italian, "it", "Italian")
    write(path_of("en"), in_english(sentences), "en", "English")
    missing = [str(m.id) for m in italian if m.id and not _is_whole(m.string)]
    for line in [*faults, *(f"no Italian: {sentence}" for sentence in missing)]:
        sys.stderr.write(f"{line}\n")
    sys.stdout.write(f"{len(italian)} sentences, {len(missing)} without Italian\n")


def path_of(code: str) -> Path:
    """Where the catalogue of a language lies."""
    return TRANSLATIONS / code / "LC_MESSAGES" / "messages.po"


def extracted() -> Catalog:
    """Every sentence of the source, without translation."""
    with (ROOT / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    found = extract_from_dir(ROOT, methods, options, keywords=KEYWORDS, directory_filter=_is_source)
    catalogue = Catalog()
    for _file, _line, sentence, _comments, context in found:
        catalogue.add(sentence, context=context)
    return catalogue


def translated(
    sentences: Catalog, known: Catalog, drafts: list[tuple[str, Catalog]]
) -> tuple[Catalog, list[str]]:
    """The sentences with their translations, a draft's before the known one.

    drafts: by name. Also returns what is wrong with the drafts: sentences that two of them
    translate differently (the first one counts), or that nobody says.
    """
    result, faults = Catalog(locale="it"), []
    for message in sentences:
        if message.id:
            translations = list(_translations(message, drafts))
            faults += [
                f"two translations ({a} | {b}): {message.id}" for a, b in _differing(translations)
            ]
            old = known.get(message.id, message.context)
            string = translations[0][1] if translations else old.string if old else None
            result.add(message.id, string, context=message.context)
    for name, draft in drafts:
        unused = (m.id for m in draft if m.id and sentences.get(m.id, m.context) is None)
        faults += [f"nobody says ({name}): {sentence}" for sentence in unused]
    return result, faults


def in_english(sentences: Catalog) -> Catalog:
    """The sentences as they stand in the source."""
    result = Catalog(locale="en")
    for message in sentences:
        result.add(message.id, message.id, context=message.context)
    return result


def read(path: Path) -> Catalog:
    """A catalogue; an empty one if there is no such file."""
    if not path.exists():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file)


def write(path: Path, catalogue: Catalog, code: str, name: str) -> None:
    """Write a catalogue so that equal catalogues are equal files."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(_HEADER.format(code=code, name=name).encode())
        write_po(file, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)


def _parts() -> Iterator[tuple[str, Catalog]]:
    for path in sorted((TRANSLATIONS / "parts").glob("*.po")):
        yield path.stem, read(path)


def _is_source(directory: str) -> bool:
    """True for the directories in which sentences stand."""
    relative = Path(directory).relative_to(ROOT)
    return relative == Path() or relative.parts[0] in SOURCES


def _translations(
    sentence: Message, drafts: list[tuple[str, Catalog]]
) -> Iterator[tuple[str, Any]]:
    for name, draft in drafts:
        message = draft.get(sentence.id, sentence.context)
        if message is not None and _is_whole(message.string):
            yield name, message.string


def _differing(found: list[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    return ((found[0][0], name) for name, string in found[1:] if string != found[0][1])


def _is_whole(string: Any) -> bool:
    """True if a translation, or each of its plural forms, is there."""
    return bool(string) and all(string)


if __name__ == "__main__":
    main()
